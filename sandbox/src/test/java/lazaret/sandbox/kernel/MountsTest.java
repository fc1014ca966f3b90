package lazaret.sandbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mounts over a temporary folder, on a thread that ends with the test.
class MountsTest {
  private static final int SOMEBODY = 1_900_000_001;

  @TempDir Path folder;

  @Test
  void showsAFolderWithAnotherOwnerToOneThreadAlone() throws Exception {
    assumeTrue(owner(folder) == 0, "only root makes mounts of its own");
    Path given = Files.createDirectory(folder.resolve("given"));
    Files.writeString(given.resolve("file"), "text");
    Path stage = Files.createDirectory(folder.resolve("stage"));

    String seen =
        onAThread(
            () -> {
              Mounts.separate();
              Mounts.memory(stage, "mode=0755,size=1m");
              Path plain = Files.createDirectory(stage.resolve("plain"));
              Mounts.bind(given, plain);
              Path mapped = Files.createDirectory(stage.resolve("mapped"));
              try (IdMapping map =
                  IdMapping.begin(
                      owner(given), (Integer) Files.getAttribute(given, "unix:gid"), SOMEBODY)) {
                int users = map.open();
                Mounts.bind(given, mapped, users);
                IdMapping.giveBack(users);
              }
              return "%s %d, %s %d"
                  .formatted(
                      Files.readString(plain.resolve("file")),
                      owner(plain.resolve("file")),
                      Files.readString(mapped.resolve("file")),
                      owner(mapped.resolve("file")));
            });

    assertThat(seen).isEqualTo("text 0, text " + SOMEBODY);
    assertThat(stage).isEmptyDirectory();
  }

  @Test
  void refusesAVirtualThread() {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              Mounts.separate();
              return true;
            });
    Thread.ofVirtual().start(task);

    assertThatThrownBy(task::get)
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("a restriction binds a platform thread, this one is virtual");
  }

  private static int owner(Path path) throws Exception {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }

  private static String onAThread(Callable<String> run) throws Exception {
    FutureTask<String> task = new FutureTask<>(run);
    Thread.ofPlatform().start(task);
    return task.get();
  }
}
