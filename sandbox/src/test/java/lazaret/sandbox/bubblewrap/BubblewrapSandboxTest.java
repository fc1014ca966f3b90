package lazaret.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxLimits;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.SandboxPolicy;
import lazaret.sandbox.SandboxPolicy.Access;
import lazaret.sandbox.SandboxReport.Ending;
import lazaret.sandbox.Violation;
import lazaret.sandbox.bubblewrap.BuildFolder.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BubblewrapSandboxTest {
  @TempDir Path folder;
  private BuildFolder yard;

  @BeforeEach
  void lay() throws IOException {
    yard = BuildFolder.in(folder);
  }

  @Test
  void passesOutputAndExitCode() {
    Run run = yard.run("echo out; echo err >&2; exit 7");

    assertThat(run.report().ending()).isEqualTo(new Ending.Exited(7));
    assertThat(run.out()).isEqualTo("out\n");
    assertThat(run.err()).isEqualTo("err\n");
    assertThat(run.report().violations()).isEmpty();
  }

  @Test
  void reportsWhoWasDeniedWhatAndNeutralisesWhatTheyPrint() {
    Run run =
        yard.run(
            """
            CARGO_PKG_NAME=spike CARGO_PKG_VERSION=0.1.0 perl -MSocket -e '
              socket(S, PF_INET, SOCK_STREAM, 0);
              connect(S, pack_sockaddr_in(443, inet_aton("203.0.113.7"))) or print "\\e]52;denied";'
            """);

    assertThat(run.out()).isEqualTo("\u241b]52;denied");
    assertThat(run.report().violations())
        .extracting(v -> v.resource() + " by " + v.origin().crate().orElse("nobody"))
        .containsExactly("AF_INET stream by spike", "203.0.113.7:443 by spike");
  }

  @Test
  void deniesTheSameWithoutReports() {
    SandboxPolicy usual =
        yard.policy("perl -MSocket -e 'socket(S, PF_INET, SOCK_STREAM, 0) or print \"$!\"'");
    Run run =
        yard.run(
            new SandboxPolicy(
                usual.command(),
                new Access(SandboxMode.SEALED, false, false),
                usual.folders(),
                Map.of(),
                usual.limits()));

    assertThat(run.out()).isEqualTo("Address family not supported by protocol");
    assertThat(run.report().violations()).isEmpty();
  }

  @Test
  void letsASealedTestTalkToItselfWhereThatIsAskedFor() {
    SandboxPolicy usual =
        yard.policy(
            """
            perl -MIO::Socket -e '
              my $l = IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1") or die;
              my $c = IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => $l->sockport);
              print $c ? "talks" : "no: $!"'
            """);
    Run run =
        yard.run(
            new SandboxPolicy(
                usual.command(),
                new Access(SandboxMode.SEALED, true, true),
                usual.folders(),
                Map.of(),
                usual.limits()));

    assertThat(run.out()).isEqualTo("talks");
    assertThat(run.report().violations()).isEmpty();
  }

  @Test
  void tellsTheSignalThatEndedTheCommand() {
    assertThat(yard.run("kill -9 $$").report().ending()).isEqualTo(new Ending.Exited(137));
  }

  @Test
  void writesTheTargetFolderAndNothingElse() throws IOException {
    Files.writeString(yard.project().resolve("Cargo.toml"), "[package]");

    Run run =
        yard.run(
            """
            for f in /project/new /project/Cargo.toml /new /usr/bin/new /etc/new $HOME/new \
                /opt/rust/new /dev/new; do
              if (echo x >$f) 2>/dev/null; then echo $f; fi
            done
            echo built >/out/built; echo x >/tmp/x; echo x >/dev/shm/x
            """);

    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEmpty();
    assertThat(yard.target().resolve("built")).hasContent("built");
    assertThat(yard.project().resolve("Cargo.toml")).hasContent("[package]");
  }

  @Test
  void readsAProjectThatIsItsOwnersAlone() throws IOException {
    Path file = yard.project().resolve("main.rs");
    Files.writeString(file, "fn main() {}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(yard.project(), PosixFilePermissions.fromString("rwx------"));

    assertThat(yard.run("cat /project/main.rs").out()).isEqualTo("fn main() {}");
  }

  @Test
  void hidesTheMachine() {
    Run run = yard.run("ls -d /root /home/* /var /etc/passwd /etc/shadow /run /srv " + folder);

    assertThat(run.out()).isEqualTo("/home/b\n");
  }

  @Test
  void hidesWhatAProjectKeepsToItself() throws IOException {
    for (String secret : List.of(".git/config", ".cargo/config.toml", "member/.cargo/x", ".hg/y")) {
      Path file = yard.project().resolve(secret);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "secret-" + secret);
    }
    Files.writeString(yard.project().resolve(".env"), "secret-env");
    Files.writeString(yard.project().resolve(".git/.env"), "secret-in-git");
    Files.writeString(yard.project().resolve("prod.settings"), "secret-linked");
    Files.createSymbolicLink(yard.project().resolve(".env.prod"), Path.of("prod.settings"));
    Files.createDirectories(yard.project().resolve("target/debug"));
    Files.writeString(yard.project().resolve("target/CACHEDIR.TAG"), "secret-tag");
    Files.writeString(yard.project().resolve("member/lib.rs"), "source");

    assertThat(yard.run("find /project -type f -exec grep -l secret {} +").out()).isEmpty();
    assertThat(yard.run("cat /project/member/lib.rs").out()).isEqualTo("source");
  }

  @Test
  void showsTheProjectsConfigurationWhereThatIsAskedFor() throws IOException {
    Files.createDirectories(yard.project().resolve(".cargo"));
    Files.writeString(yard.project().resolve(".cargo/config.toml"), "[build]");
    SandboxPolicy.Folders usual = yard.folders();
    SandboxPolicy.Project own =
        new SandboxPolicy.Project(yard.project(), Path.of(""), SandboxPolicy.Writes.REFUSE, true);
    SandboxPolicy policy =
        new SandboxPolicy(
            List.of("cat", ".cargo/config.toml"),
            Access.USUAL,
            new SandboxPolicy.Folders(
                own,
                usual.target(),
                usual.toolchain(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new SandboxPolicy.OffLimits(List.of(), "lazaret-store")),
            Map.of(),
            SandboxLimits.USUAL);

    assertThat(yard.run(policy).out()).isEqualTo("[build]");
  }

  @Test
  void givesTheVariablesThatWereNamedAndNoOthers() {
    SandboxPolicy usual = yard.policy("env -u PWD | sort; tr '\\0' '\\n' </proc/1/environ");
    Run run =
        yard.run(
            new SandboxPolicy(
                usual.command(),
                usual.access(),
                usual.folders(),
                Map.of("NAMED", "value", "RUSTC_WRAPPER", "/evil"),
                usual.limits()));

    assertThat(run.out())
        .isEqualTo(
            """
            CARGO_HOME=/tmp/cargo
            CARGO_NET_OFFLINE=true
            CARGO_TARGET_DIR=/out
            HOME=/home/b
            LANG=C.UTF-8
            NAMED=value
            PATH=/opt/rust/bin:/usr/bin
            RUSTC_WRAPPER=
            TERM=dumb
            TMPDIR=/tmp
            PATH=/usr/bin:/bin:/usr/sbin:/sbin
            PWD=/
            """);
  }

  @Test
  void holdsNoPrivileges() {
    Run run =
        yard.run(
            """
            grep -E 'CapEff|CapBnd|NoNewPrivs|Seccomp:' /proc/self/status | tr -d '\\t'
            id -u; unshare -Ur true 2>/dev/null || echo no namespaces
            touch /out/f; chmod u+s /out/f 2>/dev/null || echo no setuid
            ls /proc/self/fd | wc -l; cat /proc/keys
            find /proc/sys -type f
            (echo 0 >/proc/sys/vm/overcommit_memory) 2>/dev/null || echo read-only
            """);

    assertThat(run.out())
        .isEqualTo(
            """
            CapEff:0000000000000000
            CapBnd:0000000000000000
            NoNewPrivs:1
            Seccomp:2
            1000
            no namespaces
            no setuid
            4
            /proc/sys/vm/overcommit_memory
            read-only
            """);
  }

  @Test
  void leavesNothingOfRootsBehind() throws IOException {
    yard.run("echo x >/out/file");

    int writer = BwrapLauncher.owner(yard.target().resolve("file"));
    assertThat(writer).isEqualTo(BwrapLauncher.owner(yard.target()));
    assertThat(writer).isNotZero();
  }

  @Test
  void buildsAgainInTheSameTargetFolder() {
    yard.run("echo first >/out/file");

    assertThat(yard.run("cat /out/file").out()).isEqualTo("first\n");
  }

  @Test
  void stopsWhatTakesTooLongWithAllItsChildren() {
    SandboxPolicy policy =
        limited(
            "trap '' TERM INT HUP; setsid sleep 1000 & (sleep 1000 &) ; echo started; sleep 1000",
            512,
            Duration.ofSeconds(1),
            SandboxLimits.USUAL.silence());

    Run run = yard.run(policy);

    assertThat(run.report().ending()).isEqualTo(new Ending.Stopped("it took longer than 1s"));
    assertThat(run.out()).isEqualTo("started\n");
    assertThat(run.report().violations())
        .extracting(Violation::kind)
        .containsExactly(Violation.Kind.LIMIT);
  }

  @Test
  void stopsWhatSaysNothing() {
    Run run = yard.run(limited("sleep 1000", 512, Duration.ofMinutes(5), Duration.ofSeconds(1)));

    assertThat(run.report().ending()).isEqualTo(new Ending.Stopped("it printed nothing for 1s"));
  }

  @Test
  void endsWithTheCommandWhateverItLeftRunning() {
    Run run = yard.run("setsid sleep 1000 & (sleep 1000 &); echo done");

    assertThat(run.report().ending()).isEqualTo(new Ending.Exited(0));
    assertThat(run.out()).isEqualTo("done\n");
  }

  @Test
  void boundsTheNumberOfProcesses() {
    Run run =
        yard.run(
            limited(
                "for i in $(seq 100); do sleep 30 & done; echo never",
                40,
                Duration.ofMinutes(5),
                Duration.ofMinutes(5)));

    assertThat(run.out()).isEmpty();
    assertThat(run.err()).containsIgnoringCase("fork");
  }

  private SandboxPolicy limited(String script, int processes, Duration wall, Duration silence) {
    SandboxPolicy usual = yard.policy(script);
    SandboxLimits limits = SandboxLimits.USUAL;
    return new SandboxPolicy(
        usual.command(),
        usual.access(),
        usual.folders(),
        usual.environment(),
        new SandboxLimits(
            processes,
            limits.files(),
            limits.fileBytes(),
            limits.processBytes(),
            limits.processCpu(),
            limits.memoryBytes(),
            limits.targetBytes(),
            limits.temporaryBytes(),
            limits.outputBytes(),
            wall,
            silence));
  }

  @Test
  void refusesFoldersThatMustNotBeInside() throws IOException {
    Files.createSymbolicLink(folder.resolve("alias"), folder.resolve("secret"));
    for (String project : List.of("secret", "alias", ".", "/", "/etc")) {
      assertThatThrownBy(() -> yard.run(withProject(folder.resolve(project))))
          .isInstanceOf(SandboxException.class)
          .hasMessageContaining("overlap");
    }
    assertThatThrownBy(() -> yard.run(withProject(folder)))
        .hasMessageContaining("because it overlaps " + folder.toRealPath().resolve("secret"));
  }

  @Test
  void refusesATargetFolderInTheProject() throws IOException {
    Files.createDirectories(folder.resolve("out/project"));

    assertThatThrownBy(() -> yard.run(withProject(folder.resolve("out/project"))))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("overlap");
  }

  @Test
  void makesNoFolderThatItRefuses() {
    Path among = folder.resolve("secret/out");

    assertThatThrownBy(() -> yard.run(withFolders(yard.project(), among)))
        .hasMessageContaining("because it overlaps");
    assertThat(among).doesNotExist();
  }

  @Test
  void refusesTheDataOfAnyGate() throws IOException {
    Path project = Files.createDirectories(folder.resolve("work"));
    Path store = Files.createDirectories(project.resolve("services/gate"));
    Files.createDirectory(store.resolve("inner"));
    Files.writeString(store.resolve("lazaret-store"), "lazaret");

    for (Path refused : List.of(project, store, store.resolve("inner"))) {
      assertThatThrownBy(() -> yard.run(withFolders(refused, yard.target())))
          .isInstanceOf(SandboxException.class)
          .hasMessageContaining("is the data folder of a gate");
    }
    assertThatThrownBy(() -> yard.run(withFolders(yard.project(), store.resolve("out"))))
        .hasMessageContaining("is the data folder of a gate");
  }

  private SandboxPolicy withProject(Path project) {
    return withFolders(project, yard.target());
  }

  private SandboxPolicy withFolders(Path project, Path target) {
    SandboxPolicy usual = yard.policy("true");
    SandboxPolicy.Folders folders = usual.folders();
    return new SandboxPolicy(
        usual.command(),
        usual.access(),
        new SandboxPolicy.Folders(
            SandboxPolicy.Project.of(project),
            target,
            folders.toolchain(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            folders.offLimits()),
        Map.of(),
        usual.limits());
  }

  @Test
  void wantsASessionWhereTheGateIsReached() {
    assertThatThrownBy(
            () ->
                new SandboxPolicy(
                    List.of("true"),
                    new Access(SandboxMode.GATE, false, true),
                    yard.folders(),
                    Map.of(),
                    SandboxLimits.USUAL))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
