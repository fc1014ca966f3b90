package lazaret.e2e.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One way of using the sandbox.
///
/// @param root whether root builds, or a user who shares nothing with root
/// @param mode as `--mode` takes it
/// @param report whether denied accesses are watched
public record SandboxCell(boolean root, String mode, boolean report) {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String USER = "7012";

  /// Puts a key where the kernel keeps those of a session, as a login does, then becomes a program.
  private static final String WITH_KEY =
      "my ($k, $n, $v) = ('user', 'lazaret-probe-key', shift);"
          + " syscall(250, 1, 0) >= 0 or die; syscall(248, $k, $n, $v, length $v, -3) > 0 or die; exec @ARGV";

  /// Becomes the user where the checkout, the toolchain and the JDK can be read by all.
  private static final String AS_USER =
      "mount -t tmpfs tmpfs /mnt; chmod 755 /mnt; mkdir /mnt/checkout /mnt/rust /mnt/jdk;"
          + " mount --bind \"$1\" /mnt/checkout; mount --bind \"$2\" /mnt/rust; mount --bind \"$3\" /mnt/jdk;"
          + " shift 3; exec setpriv --reuid="
          + USER
          + " --regid="
          + USER
          + " --clear-groups --inh-caps=-all -- \"$@\"";

  /// Runs the command line in the yard's project.
  public Ran build(ProbeYard yard, GateProcess gate, String... command) {
    Path rust = Machine.rust().map(Path::getParent).orElseThrow();
    Path checkout = Machine.root();
    Path jdk = Path.of(System.getProperty("java.home"));
    List<String> words = new ArrayList<>();
    if (!root) {
      Programs.run(PATIENCE, "chown", "-R", USER + ":" + USER, yard.folder().toString()).ok();
      words.addAll(List.of("unshare", "--mount", "sh", "-euc", AS_USER, "sh"));
      words.addAll(List.of(checkout.toString(), rust.toString(), jdk.toString()));
      checkout = Path.of("/mnt/checkout");
      rust = Path.of("/mnt/rust");
      jdk = Path.of("/mnt/jdk");
    }
    words.addAll(List.of("perl", "-e", WITH_KEY, yard.canary()));
    words.add(checkout.resolve("bin/vetting-cli").toString());
    words.addAll(List.of("sandbox", "--json", "--mode", mode));
    words.addAll(List.of("--project", yard.project().toString()));
    words.addAll(List.of("--target-dir", yard.target().toString()));
    words.addAll(List.of("--cache", yard.folder().resolve("cache").toString()));
    if (!report) {
      words.add("--no-report");
    }
    if (!mode.equals("fetch")) {
      words.add("--");
      words.addAll(List.of(command));
    }
    var builder = new ProcessBuilder(words);
    Machine.clean(builder.environment());
    builder.environment().put("HOME", yard.home().toString());
    builder.environment().put("PATH", rust.resolve("bin") + ":/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("LAZARET_SERVER", gate.url());
    builder.environment().put("LAZARET_TOKEN", gate.token());
    builder.environment().put("AWS_SECRET_ACCESS_KEY", yard.canary());
    builder.environment().put("CARGO_REGISTRIES_GATE_TOKEN", yard.canary());
    builder.environment().put("SSH_AUTH_SOCK", yard.folder().resolve("agent.sock").toString());
    return Ran.of(builder, PATIENCE);
  }

  @Override
  public String toString() {
    return "%s, %s, %s".formatted(root ? "root" : "user", mode, report ? "watched" : "not watched");
  }
}
