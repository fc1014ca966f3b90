package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import lazaret.mirror.config.MirrorConfig;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFolderLockTest {
  @TempDir Path folder;

  @Test
  void oneServerAtATimeHasAFolder() throws IOException {
    Path data = folder.resolve("data");
    try (ServerFolderLock _ = ServerFolderLock.take(data)) {
      assertThatThrownBy(() -> ServerFolderLock.take(data))
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "cannot start in the folder '%s': expected no other server in it, found one; give each server a 'data-dir' of its own"
                  .formatted(data))
          .extracting(e -> ((StoreException) e).code())
          .isEqualTo(ErrorCode.STORE_UNUSABLE);
      assertThat(Files.readString(data.resolve("lazaret-lock")))
          .isEqualTo("process %d\n".formatted(ProcessHandle.current().pid()));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
          .isEqualTo("rwx------");
    }

    ServerFolderLock.take(data).close();
  }

  @Test
  void aStoreInTheFolderLocksItItself() {
    Path data = folder.resolve("data");
    MirrorConfig config =
        MirrorConfig.read(
            List.of("--data-dir", data.toString(), "--offline"), Map.of("HOME", folder.toString()));

    ServerFolderLock.take(config).close();

    assertThat(data).doesNotExist();
  }
}
