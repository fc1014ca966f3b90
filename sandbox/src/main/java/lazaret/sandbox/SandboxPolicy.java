package lazaret.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.sandbox.SandboxException.Kind;

/// The specification of a sandbox run: the command, its access, folders, environment and limits.
///
/// @param command the program and its arguments; a name without a slash is searched in the
///   toolchain and then in `/usr/bin`
/// @param access the access beyond files
/// @param folders the visible folders
/// @param environment the variables in addition to those of the sandbox, which they cannot override
/// @param limits the resource limits
/// @param locked the versions in the lockfile of the project, for the names of crates in violations
public record SandboxPolicy(
    List<String> command,
    Access access,
    Folders folders,
    Map<String, String> environment,
    SandboxLimits limits,
    List<LockedVersion> locked) {
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

  /// A version in a lockfile.
  ///
  /// @param name the name of the crate
  /// @param version the version
  public record LockedVersion(String name, String version) {}

  /// Creates the specification of a run without a lockfile.
  public SandboxPolicy(
      List<String> command,
      Access access,
      Folders folders,
      Map<String, String> environment,
      SandboxLimits limits) {
    this(command, access, folders, environment, limits, List.of());
  }

  /// Copies the collections, and checks command and environment.
  ///
  /// @throws SandboxException if the command is empty or contains a NUL, or the name of a variable
  ///   is not valid in a shell
  public SandboxPolicy {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    locked = List.copyOf(locked);
    if (command.isEmpty()) {
      throw refused("cannot run the sandbox: expected a command, found none; name one after --");
    }
    if (command.stream().anyMatch(w -> w.indexOf('\0') >= 0)) {
      throw refused("cannot run the command: an argument contains a NUL character");
    }
    environment.forEach(
        (name, value) -> {
          if (!name.matches(NAME) || value.indexOf('\0') >= 0) {
            throw refused(
                "cannot pass the variable '"
                    + name
                    + "': expected a name and a value that a shell can set");
          }
        });
    if (access.mode().reachesGate() && folders.gate().isEmpty()) {
      throw new IllegalArgumentException(access.mode() + " without a session at the gate");
    }
  }

  private static SandboxException refused(String reason) {
    return new SandboxException(Kind.REFUSED, reason);
  }

  /// The access of a command beyond files.
  ///
  /// @param mode the network access
  /// @param loopback whether a sealed command may use its own loopback interface, for tests of
  ///   servers
  /// @param reporting whether denied system calls and opened decoys are reported
  public record Access(SandboxMode mode, boolean loopback, boolean reporting) {
    /// The default: sealed, with reports.
    public static final Access USUAL = new Access(SandboxMode.SEALED, false, true);

    /// Checks the combination.
    ///
    /// @throws SandboxException if loopback is requested in another mode than sealed
    public Access {
      if (loopback && mode != SandboxMode.SEALED) {
        throw refused(
            "cannot use loopback outside of a sealed build: remove one of the two options");
      }
    }
  }

  /// The project of a build.
  ///
  /// @param folder the folder, mounted read-only at `/project`; its `.git`, `.env*` files and build
  ///   output are hidden
  /// @param within the working folder relative to it; empty for the folder itself
  /// @param writes the treatment of writes into the project
  /// @param ownConfiguration whether its `.cargo` folder is visible. It is hidden otherwise,
  ///   because it can replace compiler, linker and sources.
  public record Project(Path folder, Path within, Writes writes, boolean ownConfiguration) {
    /// Returns a project that is built as a whole, read-only and with a hidden cargo configuration.
    public static Project of(Path folder) {
      return new Project(folder, Path.of(""), Writes.REFUSE, false);
    }
  }

  /// The treatment of writes into the project.
  public enum Writes {
    /// Writes fail.
    REFUSE("refuse"),
    /// Writes succeed in the sandbox, are reported, and are discarded.
    DISCARD("discard");

    private final String code;

    Writes(String code) {
      this.code = code;
    }

    /// Returns the word for the command line, for example `refuse`.
    @Override
    public String toString() {
      return code;
    }
  }

  /// The folders of the machine that a command can see.
  ///
  /// @param project the project of the build
  /// @param target the folder for the output of the build, at `/out`; created if missing
  /// @param toolchain the sysroot of a Rust toolchain, at `/opt/rust`, read-only
  /// @param cargoHome the package cache, at `/cargo`, writable in fetch mode only; if empty, the
  ///   build gets a temporary cache
  /// @param registry a local registry, at `/vendor`, read-only
  /// @param gate the socket of a gate session, whose folder is mounted at `/gate`, read-only; empty
  ///   in sealed mode
  /// @param offLimits the folders that must not be visible
  public record Folders(
      Project project,
      Path target,
      Path toolchain,
      Optional<Path> cargoHome,
      Optional<Path> registry,
      Optional<RelaySocket> gate,
      OffLimits offLimits) {}

  /// The folders that must not be visible in a sandbox.
  ///
  /// @param paths the folders that no folder of a policy may overlap, such as the data of the gate
  ///   and the secrets of a home folder
  /// @param marker the name of the file in the data folder of each gate, by which such a folder is
  ///   refused wherever it is
  public record OffLimits(List<Path> paths, String marker) {
    /// Copies the list.
    public OffLimits {
      paths = List.copyOf(paths);
    }
  }
}
