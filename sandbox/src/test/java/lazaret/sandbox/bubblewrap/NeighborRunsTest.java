package lazaret.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.SandboxPolicy;
import lazaret.sandbox.SandboxPolicy.Access;
import lazaret.sandbox.bubblewrap.BuildFolder.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two concurrent sandboxes, and one whose launcher is suspended.
class NeighborRunsTest {
  /// A script that leaves data where two processes of a machine can meet: in files, in shared
  /// memory, and at sockets without a file.
  private static final String LEAVES =
      """
      echo mine >/tmp/neighbor; echo mine >/dev/shm/neighbor; echo mine >/out/neighbor
      exec perl -MSocket -e '
        shmget(0x4c5a5254, 64, 01666) // die "no segment: $!";
        socket(S, PF_UNIX, SOCK_STREAM, 0) or die $!;
        bind(S, pack_sockaddr_un("\\0neighbor")) or die $!; listen(S, 9) or die $!;
        open(F, ">", "/out/ready"); close F;
        sleep 1 until -e "/out/go";' neighbor-of-mine
      """;

  private static final String LOOKS =
      """
      ls /tmp /dev/shm /out
      cat /proc/[0-9]*/cmdline | tr '\\0' ' ' | grep -c neighbor-of-min[e]
      perl -MSocket -e '
        print "segment\\n" if defined shmget(0x4c5a5254, 64, 0);
        socket(S, PF_UNIX, SOCK_STREAM, 0) or die $!;
        print "socket\\n" if connect(S, pack_sockaddr_un("\\0neighbor"))'
      """;

  @TempDir Path folder;
  private BuildFolder one;
  private BuildFolder other;

  @BeforeEach
  void lay() throws IOException {
    one = BuildFolder.in(Files.createDirectory(folder.resolve("one")));
    other = BuildFolder.in(Files.createDirectory(folder.resolve("other")));
  }

  @Test
  void doNotSeeOneAnother() throws Exception {
    CompletableFuture<Run> first =
        CompletableFuture.supplyAsync(() -> one.run(loopback(one, LEAVES)));
    try {
      await(one.target().resolve("ready"), first);

      assertThat(other.run(loopback(other, LOOKS)).out())
          .isEqualTo("/dev/shm:\n\n/out:\n\n/tmp:\n0\n");
    } finally {
      go();
    }
    assertThat(first.get(1, TimeUnit.MINUTES).out()).isEmpty();
  }

  /// Checks that the search finds the data of the first script in the same sandbox.
  @Test
  void wouldSeeThemselves() {
    String both =
        """
        leaves() {
        %s
        }
        leaves &
        while [ ! -e /out/ready ]; do sleep 0.1; done
        %s
        echo >/out/go; wait
        """
            .formatted(LEAVES, LOOKS);
    Run run = one.run(loopback(one, both));

    assertThat(run.out()).contains("neighbor\n", "segment\n", "socket\n").doesNotContain("\n0\n");
  }

  @Test
  void endsWithWhoeverStartedIt() throws Exception {
    CompletableFuture<String> ended = new CompletableFuture<>();
    Thread launcher =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    ended.complete(one.run(loopback(one, LEAVES)).toString());
                  } catch (SandboxException e) {
                    ended.complete(String.valueOf(e.getMessage()));
                  }
                });
    await(one.target().resolve("ready"), ended);
    var inside = ProcessHandle.current().descendants().toList();
    assertThat(inside).isNotEmpty();

    launcher.interrupt();

    assertThat(ended.get(1, TimeUnit.MINUTES)).isEqualTo("interrupted: the command was ended");
    for (ProcessHandle process : inside) {
      process.onExit().get(1, TimeUnit.MINUTES);
    }
  }

  private static SandboxPolicy loopback(BuildFolder yard, String script) {
    SandboxPolicy usual = yard.policy(script);
    return new SandboxPolicy(
        usual.command(),
        new Access(SandboxMode.SEALED, true, true),
        usual.folders(),
        usual.environment(),
        usual.limits());
  }

  private void go() throws IOException {
    Files.writeString(one.target().resolve("go"), "");
  }

  private static void await(Path file, CompletableFuture<?> run) throws InterruptedException {
    while (!Files.exists(file)) {
      assertThat(run).isNotDone();
      Thread.sleep(20);
    }
  }
}
