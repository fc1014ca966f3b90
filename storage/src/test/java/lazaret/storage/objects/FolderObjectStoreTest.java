package lazaret.storage.objects;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderObjectStoreTest implements ObjectStoreContract {
  @TempDir Path folder;

  @Override
  public FolderObjectStore open() {
    return new FolderObjectStore(folder);
  }

  @Test
  void failsOnDemand() throws Exception {
    try (FolderObjectStore store = open()) {
      store.fail("out of service");

      assertThatThrownBy(() -> store.list("", ""))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining("out of service");

      store.fail(null);
      store.list("", "");
    }
  }
}
