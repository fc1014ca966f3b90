package lazaret.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.SandboxPolicy;
import lazaret.sandbox.SandboxPolicy.Access;
import lazaret.sandbox.SandboxPolicy.Folders;
import lazaret.sandbox.bubblewrap.BuildFolder.Run;
import lazaret.sandbox.kernel.SpecialFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files through which a build could reach processes outside of the sandbox: sockets, FIFOs, and
/// the memory of processes.
class SpecialFilesTest {
  /// A script that connects to a socket file, and prints the error or the received text.
  private static final String CONNECT =
      """
      perl -MSocket -e '
        socket(S, PF_UNIX, SOCK_STREAM, 0) or print "socket: $!\\n" and exit;
        connect(S, pack_sockaddr_un("%s")) or print "connect: $!\\n" and exit;
        print "reached\\n";'
      """;

  @TempDir Path folder;
  private BuildFolder yard;

  @BeforeEach
  void lay() throws IOException {
    yard = BuildFolder.in(folder);
    Files.createDirectories(cache().resolve("registry/src"));
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, true", "true, false", "false, false"})
  void aSocketInProjectOrCacheLeadsNowhere(boolean loopback, boolean report) throws Exception {
    Path inProject = yard.project().resolve("deep/out.sock");
    Path inCache = cache().resolve("registry/src/cache.sock");
    Files.createDirectories(inProject.getParent());
    try (Listener one = Listener.at(inProject);
        Listener other = Listener.at(inCache)) {
      String script =
          CONNECT.formatted("/project/deep/out.sock")
              + CONNECT.formatted("/cargo/registry/src/cache.sock");

      Run run = yard.run(policy(script, loopback, report));

      assertThat(run.out()).doesNotContain("reached").isNotEmpty();
      assertThat(one.visitors().get() + other.visitors().get()).isZero();
    }
  }

  /// Checks that the script can reach a socket that exists.
  @Test
  void aSocketOfTheBuildItselfIsReachedWithLoopback() {
    String own =
        """
        perl -MSocket -e '
          socket(L, PF_UNIX, SOCK_STREAM, 0) or die; bind(L, pack_sockaddr_un("/tmp/own")) or die $!;
          listen(L, 1) or die; open(F, ">", "/tmp/ready"); sleep 20' &
        while [ ! -e /tmp/ready ]; do sleep 0.1; done
        """
            + CONNECT.formatted("/tmp/own")
            + CONNECT.formatted("/tmp/../tmp/own")
            + "kill %1";

    Run run = yard.run(policy(own, true, true));

    assertThat(run.out()).isEqualTo("reached\nconnect: Permission denied\n");
  }

  /// A datagram names its address behind a pointer, which a filter cannot read.
  @ParameterizedTest
  @CsvSource({"false, true", "true, true", "true, false", "false, false"})
  void aDatagramSocketCannotBeMade(boolean loopback, boolean report) {
    String script =
        """
        perl -MSocket -e '
          for my $type (SOCK_DGRAM, SOCK_RAW) {
            print socketpair(A, B, PF_UNIX, $type, 0) ? "pair\\n" : "no pair: $!\\n";
          }
          print socketpair(A, B, PF_UNIX, SOCK_STREAM, 0) ? "stream pair\\n" : "no stream: $!\\n";'
        """;

    Run run = yard.run(policy(script, loopback, report));

    assertThat(run.out())
        .isEqualTo("no pair: Permission denied\nno pair: Permission denied\nstream pair\n");
    if (report) {
      assertThat(run.report().violations())
          .anyMatch(violation -> violation.resource().contains("AF_UNIX datagram"));
    }
  }

  @Test
  void aFifoOfTheProjectIsAnEmptyFile() throws Exception {
    for (String name : new String[] {"Cargo.lock", "pipe"}) {
      String path = yard.project().resolve(name).toString();
      assertThat(new ProcessBuilder("mkfifo", path).start().waitFor()).isZero();
    }

    Run run = yard.run("wc -c <pipe; wc -c <Cargo.lock; [ -p pipe ] || echo no fifo");

    assertThat(run.out()).isEqualTo("0\n0\nno fifo\n");
  }

  @Test
  void memoryOfOtherProcessesCannotBeWritten() {
    Run run =
        yard.run(
            """
            sleep 20 & p=$!
            for file in /proc/$p/mem /proc/self/mem /proc/1/mem; do
              perl -e 'print open(F, "+<", $ARGV[0]) ? "writable\\n" : "denied\\n"' $file
            done
            kill $p
            """);

    assertThat(run.out()).isEqualTo("denied\ndenied\ndenied\n");
  }

  @Test
  void dataOfTheKernelIsHiddenAndWhatCompilersAskForStays() {
    Run run =
        yard.run(
            """
            for name in $(ls /proc | grep -v '^[0-9]'); do
              if [ -d /proc/$name ]; then ls /proc/$name; else cat /proc/$name; fi >/tmp/read 2>/dev/null
              [ ! -s /tmp/read ] || echo $name
            done
            head -n 1 /proc/cpuinfo | cut -c 1-9
            """);

    assertThat(run.out().lines())
        .containsOnlyOnce("cpuinfo", "meminfo", "stat", "version", "processor")
        .doesNotContain(
            "cmdline", "config.gz", "iomem", "interrupts", "partitions", "bus", "modules")
        .allMatch(
            name ->
                "cpuinfo filesystems loadavg meminfo mounts net self stat sys thread-self uptime version processor"
                    .contains(name));
  }

  @Test
  void tooManySpecialFilesAreRefused() throws IOException {
    Path many = Files.createDirectory(yard.project().resolve("many"));
    String script = "cd \"$0\" && for i in $(seq 1001); do echo p$i; done | xargs mkfifo";
    new ProcessBuilder("sh", "-c", script, many.toString()).inheritIO().start().onExit().join();

    assertThatThrownBy(() -> yard.run("true"))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("expected at most 1,000 sockets, FIFOs and devices");
  }

  @Test
  void specialFilesAreFoundAtAnyDepthAndLinksAreNotFollowed() throws Exception {
    Path deep = Files.createDirectories(folder.resolve("tree/a/b/.c"));
    Files.writeString(deep.resolve("file"), "");
    Path outside = Files.createDirectory(folder.resolve("outside"));
    assertThat(new ProcessBuilder("mkfifo", outside.resolve("p").toString()).start().waitFor())
        .isZero();
    Files.createSymbolicLink(deep.resolve("link"), outside);
    for (int i = 0; i < 3_000; i++) {
      Files.createFile(deep.resolve("many" + i));
    }
    Path fifo = deep.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    try (Listener socket = Listener.at(deep.resolve("socket"))) {
      assertThat(SpecialFiles.below(folder.resolve("tree"), 10))
          .containsExactlyInAnyOrder(fifo, socket.path());
    }
  }

  private SandboxPolicy policy(String script, boolean loopback, boolean report) {
    SandboxPolicy usual = yard.policy(script);
    Folders folders = usual.folders();
    return new SandboxPolicy(
        usual.command(),
        new Access(SandboxMode.SEALED, loopback, report),
        new Folders(
            folders.project(),
            folders.target(),
            folders.toolchain(),
            Optional.of(cache()),
            folders.registry(),
            folders.gate(),
            folders.offLimits()),
        usual.environment(),
        usual.limits());
  }

  /// A process outside of the sandbox that answers at a socket file.
  private record Listener(Path path, ServerSocketChannel server, AtomicInteger visitors)
      implements AutoCloseable {
    static Listener at(Path path) throws IOException {
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(path));
      Listener listener = new Listener(path, server, new AtomicInteger());
      Thread.ofVirtual().start(listener::answer);
      return listener;
    }

    private void answer() {
      try {
        while (true) {
          try (SocketChannel _ = server.accept()) {
            visitors.incrementAndGet();
          }
        }
      } catch (IOException _) {
        // The test has ended.
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
