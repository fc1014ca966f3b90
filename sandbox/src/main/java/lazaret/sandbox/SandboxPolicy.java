package lazaret.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What to run, with what inside, and what is denied.
///
/// @param command the program and its arguments: `cargo` is the toolchain's own, whatever PATH says
/// @param mode what it can reach
/// @param loopback whether a sealed command may listen and connect to itself: for tests of servers
/// @param reporting whether denied calls are reported, which one supervisor thread does
/// @param folders what it finds inside
/// @param environment variables that it gets beside those of the sandbox
/// @param projectWrites what becomes of writes into the project
/// @param limits what it may use up
public record SandboxPolicy(
    List<String> command,
    SandboxMode mode,
    boolean loopback,
    boolean reporting,
    Folders folders,
    Map<String, String> environment,
    ProjectWrites projectWrites,
    SandboxLimits limits) {
  /// Copies command and environment, and refuses what contradicts itself.
  public SandboxPolicy {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty()) {
      throw new SandboxException(
          SandboxException.Kind.REFUSED, "no command was named: say what to run after --");
    }
    if (loopback && mode != SandboxMode.SEALED) {
      throw new SandboxException(
          SandboxException.Kind.REFUSED, "loopback is for sealed builds: leave one of both out");
    }
    if (mode.reachesGate() && folders.gate().isEmpty()) {
      throw new IllegalArgumentException(mode + " without a session at the gate");
    }
  }

  /// What becomes of writes into the project.
  public enum ProjectWrites {
    /// They fail.
    REFUSE,
    /// They succeed inside, are listed, and are thrown away.
    DISCARD
  }

  /// The folders of the machine that a command finds inside.
  ///
  /// @param project the project, at `/project`, read-only
  /// @param target where the build writes, at `/out`; made where it is missing
  /// @param toolchain the sysroot of a Rust toolchain, at `/opt/rust`, read-only
  /// @param cargoHome the package cache at `/cargo`: written by a fetch, read-only for a build;
  ///   empty for a command that needs no crates
  /// @param gate a folder with the socket of a session at the gate, at `/gate`, read-only; empty in
  ///   sealed mode
  /// @param offLimits folders that no folder above may overlap: the gate's data, secrets of a home
  public record Folders(
      Path project,
      Path target,
      Path toolchain,
      Optional<Path> cargoHome,
      Optional<Path> gate,
      List<Path> offLimits) {
    /// Copies the list.
    public Folders {
      offLimits = List.copyOf(offLimits);
    }
  }
}
