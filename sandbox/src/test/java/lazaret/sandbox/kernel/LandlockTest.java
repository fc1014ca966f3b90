package lazaret.sandbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import lazaret.sandbox.Bwrap;
import org.junit.jupiter.api.Test;

/// The restrictions of Landlock, tested by perl in a temporary namespace.
class LandlockTest {
  private static final String LISTEN =
      """
      use Socket;
      socket(S, PF_INET, SOCK_STREAM, 0) or die;
      print bind(S, pack_sockaddr_in(0, INADDR_LOOPBACK)) ? 'bound' : $!;
      """;

  @Test
  void letsNoTcpThroughUnlessAsked() throws Exception {
    Bwrap.assumeUsable();
    assumeTrue(
        Landlock.version() >= Landlock.VERSION_WITH_SCOPES, "this kernel's Landlock is too old");

    assertThat(behind(false)).isEqualTo("Permission denied");
    assertThat(behind(true)).isEqualTo("bound");
  }

  @Test
  void refusesAVirtualThread() {
    FutureTask<Optional<String>> task = new FutureTask<>(() -> Landlock.restrict(false));
    Thread.ofVirtual().start(task);

    assertThatThrownBy(task::get)
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("a restriction binds a platform thread, this one is virtual");
  }

  private static String behind(boolean tcp) throws Exception {
    new ProcessBuilder("/bin/true").start().waitFor();
    Callable<String> run =
        () -> {
          assertThat(Landlock.restrict(tcp)).isEmpty();
          Process perl =
              new ProcessBuilder(Bwrap.line(List.of(), "/usr/bin/perl", "-e", LISTEN))
                  .redirectError(ProcessBuilder.Redirect.INHERIT)
                  .start();
          String said = new String(perl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
          perl.waitFor();
          return said;
        };
    FutureTask<String> task = new FutureTask<>(run);
    Thread.ofPlatform().start(task);
    return task.get();
  }
}
