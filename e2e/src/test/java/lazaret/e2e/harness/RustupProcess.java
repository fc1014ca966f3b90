package lazaret.e2e.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The real rustup with folders of its own, which reaches no server but the named one.
///
/// @param program the program
/// @param home the home folder of its user, and its working folder
public record RustupProcess(Path program, Path home) {
  private static final Path DISTRIBUTED = Path.of("/usr/bin/rustup");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String TARGET = "x86_64-unknown-linux-gnu";

  /// Returns rustup with a new home folder: that of the distribution, else that of the search path.
  /// It is empty without rustup, and on machines for which the synthetic programs are not made.
  public static Optional<RustupProcess> find() {
    if (!System.getProperty("os.arch").equals("amd64")) {
      return Optional.empty();
    }
    Optional<Path> found =
        Files.isExecutable(DISTRIBUTED) ? Optional.of(DISTRIBUTED) : Machine.program("rustup");
    return found.map(program -> new RustupProcess(program, WorkFolder.folder("rustup-home")));
  }

  /// Runs rustup.
  ///
  /// @param server the address of the toolchains
  public ProgramResult run(String server, String... words) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(words));
    return start(server, command);
  }

  /// Runs a program in the environment of rustup.
  ///
  /// @param server the address of the toolchains
  public ProgramResult start(String server, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH",
                "/usr/bin:/bin",
                "HOME",
                home.toString(),
                "RUSTUP_HOME",
                home.resolve("rustup").toString(),
                "CARGO_HOME",
                home.resolve("cargo").toString(),
                "RUSTUP_DIST_SERVER",
                server,
                "RUSTUP_UPDATE_ROOT",
                "http://127.0.0.1:1"));
    return ProgramResult.of(builder, PATIENCE);
  }

  /// Installs the minimal profile of a version.
  ///
  /// @param more further arguments
  public ProgramResult install(String server, String version, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("toolchain", "install", version, "--profile", "minimal", "--no-self-update"));
    words.addAll(List.of(more));
    return run(server, words.toArray(String[]::new));
  }

  /// Returns the folder of an installed version.
  public Path installed(String version) {
    return home.resolve("rustup/toolchains/" + version + "-" + TARGET);
  }
}
