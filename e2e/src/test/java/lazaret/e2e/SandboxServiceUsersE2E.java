package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateSettings;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.Programs;
import lazaret.e2e.harness.SandboxScene;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.ScriptedUpstream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Gate and sandbox service as two users, with the folders, rights and variables of the units of
/// systemd. A parent of root passes the socket as standard input, as systemd does.
@Tag("all")
class SandboxServiceUsersE2E {
  /// Two users that each Debian has.
  private static final String GATE = "daemon";

  private static final String SANDBOX = "games";

  private static final String PYTHON = "/usr/bin/python3";

  private static final String SAYS = "fn main() { println!(\"cargo:rustc-link-lib=evil\"); }";

  /// Listens on a path of a user alone, and becomes another program with the socket as its standard
  /// input.
  private static final String PASS =
      """
      import os, pwd, socket, sys
      s = socket.socket(socket.AF_UNIX)
      s.bind(sys.argv[1])
      os.chmod(sys.argv[1], 0o600)
      os.chown(sys.argv[1], pwd.getpwnam(sys.argv[2]).pw_uid, -1)
      s.listen(8)
      os.dup2(s.fileno(), 0)
      os.execvp(sys.argv[3], sys.argv[3:])
      """;

  private final Path top = WorkFolder.folder("users");

  @BeforeEach
  void requires() throws IOException {
    SandboxScene.sandbox();
    assumeTrue(System.getProperty("user.name").equals("root"), "only root becomes other users");
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), "no python3 on this machine");
    assumeTrue(
        Programs.run(Duration.ofMinutes(1), "unshare", "--mount", "true").exit() == 0,
        "root may make no mount namespaces on this machine");
    // Both users enter the folder.
    open(top);
    open(top.resolve(".."));
  }

  private static void open(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path folder(String name, String user, String mode) throws IOException {
    Path made = Files.createDirectory(top.resolve(name));
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(mode));
    Files.setOwner(
        made, FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(user));
    return made;
  }

  @Test
  void evidenceOfABuildOfAnotherUserIsRecorded() throws Exception {
    Path data = folder("state", GATE, "rwx------").resolve("data");
    Path desk = folder("run", GATE, "rwxr-xr-x").resolve("desk.sock");
    Path orders = folder("run-sandbox", "root", "rwxr-xr-x").resolve("socket");
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start(
                Crates.aged(CrateBuilder.crate("alpha", "1.0.0"))
                    .publish(
                        CrateBuilder.crate("beta", "1.0.0")
                            .dependency("alpha", "^1")
                            .buildScript(SAYS),
                        line -> line.pubtime(yesterday)));
        GateProcess gate =
            GateProcess.start(
                GateSettings.over(data, upstream)
                    .set("server.socket", desk.toString())
                    .set("detonation.socket", orders.toString())
                    // Reads the class path of the test wherever it is.
                    .under(
                        "setpriv",
                        "--reuid=" + GATE,
                        "--regid=" + GATE,
                        "--clear-groups",
                        "--inh-caps=+dac_read_search",
                        "--ambient-caps=+dac_read_search"))) {
      Process service = service(data, desk, orders);
      try {
        CliProcess beside = CliProcess.beside(gate).env("LAZARET_SERVER_SOCKET", desk.toString());

        String out = beside.run("detonate", "beta@1.0.0", "--at-gate").ok().out();

        assertThat(out).contains("built alone   built; by", "said rustc-link-lib=evil");
        assertThat(beside.run("log").out()).contains("evidence-filed");
      } finally {
        service.destroy();
        assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private Process service(Path data, Path desk, Path orders) throws IOException {
    Path home = folder("cache", SANDBOX, "rwx------");
    Path rust = folder("rust", "root", "rwxr-xr-x");
    List<String> command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c"));
    command.add("mount --bind \"$1\" \"$2\" && shift 2 && exec \"$@\"");
    command.add("sh");
    Path bin = Machine.rust().orElseThrow();
    command.addAll(List.of(bin.resolve("..").toString(), rust.toString()));
    command.addAll(List.of(PYTHON, "-c", PASS, orders.toString(), GATE));
    command.addAll(List.of("setpriv", "--reuid=" + SANDBOX, "--regid=" + SANDBOX));
    command.addAll(List.of("--groups=" + GATE, "--bounding-set=-all", "--inh-caps=-all"));
    command.add("--no-new-privs");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath()));
    command.addAll(List.of("lazaret.cli.Main", "sandbox", "serve", "--user", GATE));
    command.addAll(List.of("--cache", home.resolve("packages").toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(top.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "LAZARET_DATA_DIR", data.toString(),
                "LAZARET_SERVER_SOCKET", desk.toString(),
                "HOME", home.toString(),
                "LANG", "C.UTF-8",
                "PATH", rust.resolve("bin") + ":/usr/sbin:/usr/bin:/sbin:/bin"));
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(top.resolve("log").toFile())
        .start();
  }

  /// Copies the class path, which may be below a folder that only root enters.
  private String classPath() throws IOException {
    Path folder = folder("lib", "root", "rwxr-xr-x");
    List<Path> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (entry.endsWith(".jar")) {
        Path copy = folder.resolve(copies.size() + ".jar");
        Files.copy(Path.of(entry), copy);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
        copies.add(copy);
      }
    }
    return copies.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
