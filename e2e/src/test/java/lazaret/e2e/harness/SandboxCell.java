package lazaret.e2e.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One way of using the sandbox.
///
/// @param root whether root builds, or else a user who shares nothing with root
/// @param mode the value of `--mode`
/// @param report whether denied accesses are watched
/// @param before the words of a command that becomes the launcher
public record SandboxCell(boolean root, String mode, boolean report, List<String> before) {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /// A program that puts a key into the session keyring of the kernel, like a login, and then
  /// becomes another program.
  private static final String WITH_KEY =
      "my ($k, $n, $v) = ('user', 'lazaret-probe-key', shift);"
          + " syscall(250, 1, 0) >= 0 or die; syscall(248, $k, $n, $v, length $v, -3) > 0 or die; exec @ARGV";

  /// Copies the list.
  public SandboxCell {
    before = List.copyOf(before);
  }

  public SandboxCell(boolean root, String mode, boolean report) {
    this(root, mode, report, List.of());
  }

  /// Returns this cell, started through a command that becomes the launcher.
  public SandboxCell behind(String... command) {
    return new SandboxCell(root, mode, report, List.of(command));
  }

  /// Runs the command line in the yard's project.
  public ProgramResult build(ProbeYard yard, GateProcess gate, String... command) {
    return ProgramResult.of(launcher(yard, gate, command), PATIENCE);
  }

  /// Returns the command line in the yard's project without starting it. The process becomes the
  /// JVM itself.
  public ProcessBuilder launcher(ProbeYard yard, GateProcess gate, String... command) {
    DeskCaller caller = root ? DeskCaller.ROOT : DeskCaller.USER;
    caller.own(yard.folder());
    List<String> words = new ArrayList<>(List.of("sandbox", "--json", "--mode", mode));
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
    List<String> first = new ArrayList<>(before);
    first.addAll(List.of("perl", "-e", WITH_KEY, yard.canary()));
    ProcessBuilder builder = caller.cli(first, yard.home(), gate, words);
    builder.environment().put("AWS_SECRET_ACCESS_KEY", yard.canary());
    builder.environment().put("CARGO_REGISTRIES_GATE_TOKEN", yard.canary());
    builder.environment().put("SSH_AUTH_SOCK", yard.folder().resolve("agent.sock").toString());
    return builder;
  }

  @Override
  public String toString() {
    return "%s, %s, %s".formatted(root ? "root" : "user", mode, report ? "watched" : "not watched");
  }
}
