package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import lazaret.e2e.tufclient.FolderTrustStore;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// File names of a trust store in a folder.
class FolderTrustStoreTest {
  @Test
  void keepsForeignRoleNamesWithinItsFolder(@TempDir Path folder) {
    var files = new FolderTrustStore(folder.resolve("trust"));
    assertThat(folder.resolve("trust").toFile().mkdir()).isTrue();
    for (String name : List.of("../x", "/x", "?", "#", "*", ".")) {
      files.write(name, Bytes.utf8(name));

      assertThat(files.read(name)).contains(Bytes.utf8(name));
    }
    assertThat(folder.toFile().list()).containsExactly("trust");
  }
}
