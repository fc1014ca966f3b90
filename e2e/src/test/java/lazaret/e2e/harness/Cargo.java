package lazaret.e2e.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The cargo of the machine with its own home folder. Not thread-safe.
///
/// Source of the isolation: an empty `CARGO_HOME` per case; nothing else is shared.
public final class Cargo {
  /// The name of the registry in the configuration.
  public static final String REGISTRY = "lazaret";

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path home;
  private final Map<String, String> environment = new HashMap<>();

  private Cargo(Path home) {
    this.home = home;
  }

  /// Returns a cargo with a new home folder that uses the gate.
  public static Cargo fresh(GateProcess gate) {
    return fresh(config(gate.url()));
  }

  /// Returns a cargo that uses the gate, with an empty home folder at a path that others used
  /// before. Cargo compiles a package again if its source has another path. With the same path it
  /// uses the result for this source in the target folder.
  ///
  /// @param home the home folder, which is emptied
  public static Cargo emptied(Path home, GateProcess gate) {
    WorkFolder.delete(home);
    return at(home, config(gate.url()));
  }

  /// Returns a cargo with a new home folder and a configuration.
  ///
  /// @param config the text of its `config.toml`
  public static Cargo fresh(String config) {
    return at(WorkFolder.folder("cargo-home"), config);
  }

  private static Cargo at(Path home, String config) {
    try {
      Files.createDirectories(home);
      Files.writeString(home.resolve("config.toml"), config);
      return new Cargo(home);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a cargo home", e);
    }
  }

  /// Returns the configuration that the command line prints for an open gate.
  public static String config(String url) {
    return """
        [source.crates-io]
        replace-with = "lazaret"

        [registries.lazaret]
        index = "sparse+%s/index/"
        """
        .formatted(url);
  }

  /// Returns the home folder.
  public Path home() {
    return home;
  }

  /// Sets a variable of the following runs.
  public Cargo env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /// Runs cargo in a folder.
  public ProgramResult run(Path folder, String... arguments) {
    return ProgramResult.of(program(folder, arguments), PATIENCE);
  }

  /// Runs cargo in a folder with a text as its standard input.
  public ProgramResult runWith(String input, Path folder, String... arguments) {
    try {
      Path file = WorkFolder.folder("input").resolve("text");
      Files.writeString(file, input);
      return ProgramResult.of(program(folder, arguments).redirectInput(file.toFile()), PATIENCE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the input of cargo", e);
    }
  }

  private ProcessBuilder program(Path folder, String... arguments) {
    Optional<Path> rust = Machine.rust();
    assumeTrue(rust.isPresent(), "there is no cargo in the search path");
    Path bin = rust.orElseThrow();
    List<String> command = new ArrayList<>();
    command.add(bin.resolve("cargo").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Machine.clean(builder.environment());
    Map<String, String> all = builder.environment();
    all.put("PATH", bin + ":" + all.getOrDefault("PATH", "/usr/bin:/bin"));
    all.put("CARGO_HOME", home.toString());
    all.put("CARGO_TERM_COLOR", "never");
    all.putAll(environment);
    return builder;
  }
}
