package lazaret.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lazaret.sandbox.SandboxException.Kind;

/// What to run, with what inside, and what is denied.
///
/// @param command the program and its arguments; names without a slash are looked up in the
///   toolchain, then in `/usr/bin`
/// @param access what it can reach beyond files
/// @param folders what it finds inside
/// @param environment variables that it gets beside those of the sandbox, which they cannot
///   override
/// @param limits what it may use up
public record SandboxPolicy(
    List<String> command,
    Access access,
    Folders folders,
    Map<String, String> environment,
    SandboxLimits limits) {
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

  /// Copies command and environment, and refuses what cannot be meant.
  ///
  /// @throws SandboxException if there is no command, a word of it holds a NUL, or a variable has
  ///   no name that a shell could set
  public SandboxPolicy {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty()) {
      throw refused("no command was named: say what to run after --");
    }
    if (command.stream().anyMatch(w -> w.indexOf('\0') >= 0)) {
      throw refused("a word of the command holds a NUL");
    }
    environment.forEach(
        (name, value) -> {
          if (!name.matches(NAME) || value.indexOf('\0') >= 0) {
            throw refused("cannot pass the variable '" + name + "': no shell could set it");
          }
        });
    if (access.mode().reachesGate() && folders.gate().isEmpty()) {
      throw new IllegalArgumentException(access.mode() + " without a session at the gate");
    }
  }

  private static SandboxException refused(String reason) {
    return new SandboxException(Kind.REFUSED, reason);
  }

  /// What a command can reach beyond files.
  ///
  /// @param mode whom it can reach
  /// @param loopback whether a sealed command may listen and connect to itself: for tests of
  ///   servers
  /// @param reporting whether denied calls and opened decoys are reported
  public record Access(SandboxMode mode, boolean loopback, boolean reporting) {
    /// Sealed, with reports: what holds unless someone asks for less.
    public static final Access USUAL = new Access(SandboxMode.SEALED, false, true);

    /// Refuses what contradicts itself.
    ///
    /// @throws SandboxException if loopback is asked for in another mode than sealed
    public Access {
      if (loopback && mode != SandboxMode.SEALED) {
        throw refused("loopback is for sealed builds: leave one of both out");
      }
    }
  }

  /// The project of a build.
  ///
  /// @param folder at `/project`, read-only; its `.git`, `.env*` files and build output are hidden
  /// @param within the working folder, relative to it; empty for the folder itself
  /// @param writes what becomes of writes into it
  /// @param ownConfiguration whether its `.cargo` folder counts; hidden otherwise, since it can
  ///   exchange compiler, linker and sources
  public record Project(Path folder, Path within, Writes writes, boolean ownConfiguration) {
    /// Returns a project that is built as a whole, read-only, its cargo configuration hidden.
    public static Project of(Path folder) {
      return new Project(folder, Path.of(""), Writes.REFUSE, false);
    }
  }

  /// What becomes of writes into the project.
  public enum Writes {
    /// They fail.
    REFUSE,
    /// They succeed inside, are listed, and are thrown away.
    DISCARD;

    /// Returns the word of a command line: `refuse`.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The folders of the machine that a command finds inside.
  ///
  /// @param target where the build writes, at `/out`; made where it is missing
  /// @param toolchain the sysroot of a Rust toolchain, at `/opt/rust`, read-only
  /// @param cargoHome the package cache, at `/cargo`: written in fetch mode, read-only otherwise;
  ///   empty for one that begins empty and vanishes
  /// @param registry a local registry, at `/vendor`, read-only
  /// @param gate a folder with the socket of a session at the gate, at `/gate`, read-only; empty in
  ///   sealed mode
  /// @param offLimits folders that none of these may overlap: the gate's data, secrets of a home
  public record Folders(
      Project project,
      Path target,
      Path toolchain,
      Optional<Path> cargoHome,
      Optional<Path> registry,
      Optional<Path> gate,
      List<Path> offLimits) {
    /// Copies the list.
    public Folders {
      offLimits = List.copyOf(offLimits);
    }
  }
}
