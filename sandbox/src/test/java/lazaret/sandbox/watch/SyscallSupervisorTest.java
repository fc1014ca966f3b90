package lazaret.sandbox.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import lazaret.sandbox.Bwrap;
import lazaret.sandbox.CpuArchitecture;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.Violation;
import lazaret.sandbox.Violation.Kind;
import lazaret.sandbox.filter.SeccompFilter;
import lazaret.sandbox.watch.SyscallSupervisor.Reach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A supervisor of perl in a temporary namespace, with the environment that cargo gives to a build
/// script.
class SyscallSupervisorTest {
  private static final CpuArchitecture HERE =
      CpuArchitecture.of(System.getProperty("os.arch")).orElseThrow();
  private static final Reach SEALED = new Reach(SandboxMode.SEALED, false, Optional.empty());

  @TempDir static Path dir;

  /// The result of a run.
  private record Outcome(int code, String output, List<Violation> violations) {}

  @BeforeAll
  static void needNamespaces() {
    Bwrap.assumeUsable();
  }

  @Test
  void namesTheAddressThatASealedBuildWantsToReach() throws Exception {
    Outcome outcome =
        perl(
            SEALED,
            "use Socket;",
            "socket(S, PF_INET, SOCK_STREAM, 0) or die \"socket: $!\";",
            "print connect(S, pack_sockaddr_in(443, inet_aton('203.0.113.7'))) ? 'open' : \"$!\";");

    assertThat(outcome.output()).isEqualTo("Address family not supported by protocol");
    assertThat(outcome.violations())
        .containsExactly(
            new Violation(
                Kind.SOCKET,
                "AF_INET stream",
                spike(),
                1,
                "a sealed build has no network",
                "--loopback, if it talks to itself"),
            new Violation(
                Kind.CONNECT,
                "203.0.113.7:443",
                spike(),
                1,
                "a sealed build has no network",
                "nothing allows it"));
  }

  @Test
  void givesASealedBuildNoSocketThatWorks() throws Exception {
    Outcome outcome =
        perl(
            SEALED,
            "use Socket;",
            "socket(S, PF_INET, SOCK_STREAM, 0) or die \"socket: $!\";",
            "print listen(S, 1) ? 'listens' : 'no', ' ';",
            "print bind(S, pack_sockaddr_in(8080, INADDR_LOOPBACK)) ? 'bound' : 'no', ' ';",
            "socket(U, PF_INET, SOCK_DGRAM, 0) or die \"socket: $!\";",
            "print defined(send(U, 'x', 0, pack_sockaddr_in(53, inet_aton('8.8.8.8')))) ? 'sent' :"
                + " 'no', ' ';",
            "$SIG{PIPE} = 'IGNORE'; print defined(send(U, 'x', 0)) ? 'sent' : 'no';");

    assertThat(outcome.output()).isEqualTo("no no no no");
    assertThat(outcome.violations())
        .extracting(Violation::resource)
        .containsExactly(
            "AF_INET stream",
            "listen at 127.0.0.1:8080",
            "AF_INET datagram",
            "datagram to 8.8.8.8:53");
    assertThat(outcome.violations().get(1).allow()).startsWith("--loopback");
  }

  /// The address 0.0.0.0 of a server that listens on all interfaces reaches the machine itself.
  @Test
  void letsABuildWithLoopbackReachItselfByTheAddressOfAnyInterface() throws Exception {
    Outcome outcome =
        perl(
            new Reach(SandboxMode.SEALED, true, Optional.empty()),
            "use Socket;",
            "socket(L, PF_INET, SOCK_STREAM, 0) or die \"socket: $!\";",
            "bind(L, pack_sockaddr_in(0, INADDR_ANY)) and listen(L, 1) or die \"listen: $!\";",
            "socket(S, PF_INET, SOCK_STREAM, 0) or die \"socket: $!\";",
            "print connect(S, getsockname(L)) ? 'open' : \"$!\";");

    assertThat(outcome.output()).isEqualTo("open");
    assertThat(outcome.violations()).isEmpty();
  }

  @Test
  void saysNothingOfTheNamesOfUsers() throws Exception {
    Outcome outcome = perl(SEALED, "print getpwuid(1000) ? 'named' : 'nobody';");

    assertThat(outcome.output()).isEqualTo("nobody");
    assertThat(outcome.violations()).isEmpty();
  }

  @Test
  void namesUnixSocketsAndOddFamilies() throws Exception {
    Outcome outcome =
        perl(
            SEALED,
            "use Socket;",
            "for my $to ('/run/docker.sock', \"\\0hidden\") {",
            "  socket(S, PF_UNIX, SOCK_STREAM, 0) or die; connect(S, pack('S a*', 1, $to));",
            "}",
            "print socket(V, 40, SOCK_STREAM, 0) ? 'open' : \"$!\";");

    assertThat(outcome.output()).isEqualTo("Address family not supported by protocol");
    assertThat(outcome.violations())
        .extracting(v -> v.kind() + " " + v.resource() + " " + v.count())
        .containsExactly(
            "CONNECT /run/docker.sock 1", "CONNECT @hidden 1", "SOCKET AF_VSOCK stream 1");
  }

  @Test
  void reportsTheKeyringTracesAndTheKernel() throws Exception {
    Outcome outcome =
        perl(
            SEALED,
            // keyctl(search), ptrace(attach, 1), bpf, unshare(user), chmod 04755, TIOCSTI.
            "for my $c ([250,10,-3,0,0], [101,16,1,0,0], [321,0,0,0,0], [272,0x10000000,0,0,0]) {",
            "  print syscall($c->[0], $c->[1], $c->[2], $c->[3], $c->[4]) < 0 ? 0 + $! : 'done', '"
                + " ';",
            "}",
            "open(F, '>', '/tmp/f'); print chmod(04755, '/tmp/f') ? 'done' : 0 + $!, ' ';",
            "my $b = 'x'; print defined(ioctl(F, 0x5412, $b)) ? 'done' : 0 + $!;");

    assertThat(outcome.output()).isEqualTo("1 1 1 1 1 1");
    assertThat(outcome.violations())
        .extracting(v -> v.kind() + " " + v.resource())
        .containsExactly(
            "KEYRING keyctl search",
            "TRACE ptrace of process 1",
            "KERNEL bpf",
            "KERNEL unshare",
            "KERNEL setuid file (fchmodat, mode 4755)".replace("fchmodat", "chmod"),
            "KERNEL TIOCSTI");
  }

  @Test
  void letsAGateBuildReachTheGateAlone() throws Exception {
    Reach gate = new Reach(SandboxMode.GATE, false, Optional.of("/tmp/gate.sock"));

    Outcome outcome =
        perl(
            gate,
            "use Socket;",
            "socket(L, PF_UNIX, SOCK_STREAM, 0);",
            "print bind(L, pack_sockaddr_un('/tmp/door.sock')) ? 'open' : $!, '; ';",
            "print listen(L, 1) ? 'open' : $!, '; ';",
            "sub try { socket(S, $_[0], SOCK_STREAM, 0) or die;",
            "  print connect(S, $_[1]) ? 'open' : $!, '; ' }",
            "try(PF_UNIX, pack_sockaddr_un('/tmp/gate.sock'));",
            "try(PF_UNIX, pack_sockaddr_un('/run/dbus'));",
            "try(PF_INET, pack_sockaddr_in(80, inet_aton('203.0.113.7')));",
            "try(PF_INET, pack_sockaddr_in(80, INADDR_LOOPBACK));");

    assertThat(outcome.output())
        .isEqualTo(
            // No process listens at the address of the gate, and the kernel itself reports that.
            "Permission denied; Permission denied; No such file or directory; "
                + "Permission denied; Permission denied; Permission denied; ");
    assertThat(outcome.violations())
        .extracting(Violation::resource)
        .containsExactly("listen at /tmp/door.sock", "/run/dbus", "203.0.113.7:80", "127.0.0.1:80");
  }

  @Test
  void letsAServerTestTalkToItself() throws Exception {
    Reach loopback = new Reach(SandboxMode.SEALED, true, Optional.empty());

    Outcome outcome =
        perl(
            loopback,
            "use Socket;",
            "socket(L, PF_INET, SOCK_STREAM, 0); bind(L, pack_sockaddr_in(0, INADDR_LOOPBACK)) or"
                + " die;",
            "listen(L, 1) or die;",
            "socket(S, PF_INET, SOCK_STREAM, 0);",
            "print connect(S, getsockname(L)) ? 'open' : $!, '; ';",
            "socket(S, PF_INET, SOCK_STREAM, 0);",
            "print connect(S, pack_sockaddr_in(80, inet_aton('192.0.2.1'))) ? 'open' : $!;");

    assertThat(outcome.output()).isEqualTo("open; Permission denied");
    assertThat(outcome.violations())
        .extracting(Violation::resource)
        .containsExactly("192.0.2.1:80");
  }

  @Test
  void knowsTheCrateBehindAChildThatClearedItsEnvironment() throws Exception {
    Outcome outcome =
        perl(
            SEALED,
            "%ENV = (); system('/usr/bin/perl', '-e', 'syscall(321, 0, 0, 0)');",
            "if (!fork) { exec('/usr/bin/env', '-i', 'CARGO_PKG_NAME=../../x\\33[2J',",
            "  '/usr/bin/perl', '-e', 'syscall(321, 0, 0, 0)') } wait;");

    assertThat(outcome.violations())
        .extracting(Violation::origin)
        .extracting(Violation.Origin::crate)
        .as("the second claims a name that no crate can have")
        .containsExactly(Optional.of("spike"), Optional.empty());
  }

  @Test
  void blamesNoCrateForWhatItsCompilerDid() throws Exception {
    Outcome outcome =
        perl(
            SEALED,
            "$ENV{CARGO_CRATE_NAME} = 'spike';",
            "system('/usr/bin/perl', '-e', 'syscall(321, 0, 0, 0)');");

    assertThat(outcome.violations())
        .extracting(Violation::origin)
        .containsExactly(
            new Violation.Origin(
                Optional.empty(),
                Optional.empty(),
                Optional.of("/usr/bin/perl"),
                List.of("a macro used by spike 0.1.0")));
  }

  @Test
  void countsAFloodInBoundedMemory() throws Exception {
    Outcome outcome =
        perl(
            SEALED,
            "use Socket; socket(S, PF_INET, SOCK_STREAM, 0);",
            "connect(S, pack_sockaddr_in($_, inet_aton('203.0.113.7'))) for 1..500;",
            "syscall(321, 0, 0, 0) for 1..100; print 'done';");

    assertThat(outcome.output()).isEqualTo("done");
    assertThat(outcome.violations())
        .hasSize(1 + ViolationCollector.MOST_OF_ONE_ORIGIN + 1 + 1)
        .extracting(v -> v.kind() + " " + v.resource() + " " + v.count())
        .contains(
            "CONNECT (more of them) " + (500 - ViolationCollector.MOST_OF_ONE_ORIGIN),
            "KERNEL bpf 100");
  }

  @Test
  void reportsNothingOfAnHonestProgram() throws Exception {
    Outcome outcome =
        perl(SEALED, "system('/usr/bin/ls / > /dev/null'); open(F, '>', '/tmp/x'); print 'well';");

    assertThat(outcome.output()).isEqualTo("well");
    assertThat(outcome.violations()).isEmpty();
  }

  @Test
  void refusesASecondListenerOnOneThread() throws Exception {
    Outcome outcome =
        onAThread(
            () -> {
              SyscallSupervisor first = SyscallSupervisor.start(SEALED, HERE);
              assertThatThrownBy(() -> SyscallSupervisor.start(SEALED, HERE))
                  .isInstanceOf(SandboxException.class)
                  .hasMessage(
                      "cannot report denied calls on this machine: seccomp: EBUSY; run with"
                          + " --no-report");
              return new Outcome(0, "", first.stop());
            });

    assertThat(outcome.violations()).isEmpty();
  }

  private static Violation.Origin spike() {
    return new Violation.Origin(
        Optional.of("spike"), Optional.of("0.1.0"), Optional.of("/usr/bin/perl"), List.of());
  }

  private static Outcome perl(Reach reach, String... lines) throws Exception {
    // A process is started before, so that the JDK's pool of reapers is not created under the
    // filter.
    new ProcessBuilder("/bin/true").start().waitFor();
    Path filter =
        Files.write(
            Files.createTempFile(dir, "filter", ""),
            SeccompFilter.forMode(reach.mode(), reach.loopback(), true, HERE));
    List<String> line =
        Bwrap.line(
            filter,
            List.of(
                "--setenv", "CARGO_PKG_NAME", "spike", "--setenv", "CARGO_PKG_VERSION", "0.1.0"),
            "/usr/bin/perl",
            "-e",
            String.join("\n", lines));
    return onAThread(
        () -> {
          SyscallSupervisor supervisor = SyscallSupervisor.start(reach, HERE);
          Process process =
              new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
          String output =
              new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
          return new Outcome(process.waitFor(), output, supervisor.stop());
        });
  }

  private static Outcome onAThread(Callable<Outcome> run) throws Exception {
    FutureTask<Outcome> task = new FutureTask<>(run);
    Thread.ofPlatform().start(task);
    return task.get();
  }
}
