package lazaret.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrossJvmLockTest {
  @TempDir Path folder;

  /// A JVM that holds the lock until its standard input ends.
  static final class Holder {
    private Holder() {}

    static void main(String[] args) {
      boolean _ =
          CrossJvmLock.hold(
              Path.of(args[0]),
              () -> {
                System.out.println("held");
                try {
                  return System.in.read() < 0;
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
    }
  }

  @Test
  void anotherJvmWaits() throws Exception {
    Path file = folder.resolve("new").resolve("lock");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var said = other.inputReader()) {
      assertThat(said.readLine()).isEqualTo("held");
      CompletableFuture<String> here =
          CompletableFuture.supplyAsync(() -> CrossJvmLock.hold(file, () -> "done"));
      assertThatThrownBy(() -> here.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);

      other.getOutputStream().close();

      assertThat(here.get(30, TimeUnit.SECONDS)).isEqualTo("done");
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void resultAndFailureOfTheWorkAreThoseOfTheCaller() {
    Path file = folder.resolve("lock");

    assertThat(CrossJvmLock.hold(file, () -> CrossJvmLock.hold(folder.resolve("other"), () -> 7)))
        .isEqualTo(7);
    assertThatThrownBy(
            () ->
                CrossJvmLock.hold(
                    file,
                    () -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(CrossJvmLock.hold(file, () -> 8)).isEqualTo(8);
  }
}
