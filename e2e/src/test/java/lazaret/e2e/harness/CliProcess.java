package lazaret.e2e.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The command line in its own process.
///
/// @param environment the additional environment variables
/// @param program the script that starts it, like by a user; null for the classes of this build
/// @param folder the working folder
/// @param options further options of the JVM
public record CliProcess(
    Map<String, String> environment, @Nullable Path program, Path folder, List<String> options) {
  /// The timeout, which allows for verbs that build projects of two hundred crates.
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private static final boolean BUILT =
      CliProcess.class.getClassLoader().getResource("lazaret/cli/Main.class") != null;

  /// Copies the map and the list.
  public CliProcess {
    environment = Map.copyOf(environment);
    options = List.copyOf(options);
  }

  /// Returns a command line on the machine of the gate, which finds address and token by itself.
  public static CliProcess beside(GateProcess gate) {
    return new CliProcess(
        Map.of("LAZARET_DATA_DIR", gate.data().toString()),
        null,
        Path.of("").toAbsolutePath(),
        List.of());
  }

  /// Returns a command line on a machine without a gate.
  public static CliProcess alone() {
    return new CliProcess(Map.of(), null, Path.of("").toAbsolutePath(), List.of());
  }

  /// Returns a command line without a gate for the store of a data folder.
  public static CliProcess onStore(Path data) {
    return new CliProcess(
        SharedStore.variables(data), null, Path.of("").toAbsolutePath(), List.of());
  }

  /// Returns the command line of a user with a home folder, started through the script.
  public static CliProcess atHome(Path home) {
    return new CliProcess(
        Map.of("XDG_DATA_HOME", home.resolve(".local/share").toString()),
        Machine.root().resolve("bin/vetting-cli"),
        home,
        List.of());
  }

  /// Returns the command line of an unpacked release for a data folder.
  ///
  /// @param home the folder that contains `bin/vetting-cli`
  public static CliProcess ofRelease(Path home, Path data) {
    return new CliProcess(
        Map.of("LAZARET_DATA_DIR", data.toString()),
        home.resolve("bin/vetting-cli"),
        Path.of("").toAbsolutePath(),
        List.of());
  }

  /// Returns this command line with another working folder.
  public CliProcess in(Path other) {
    return new CliProcess(environment, program, other, options);
  }

  /// Returns this command line with a clock that begins at a given time.
  public CliProcess at(Instant moment) {
    return option("-Dlazaret.clock=" + moment).option("-Dlazaret.database-clock=" + moment);
  }

  /// Returns this command line with an option of its JVM.
  public CliProcess option(String option) {
    List<String> all = new ArrayList<>(options);
    all.add(option);
    return new CliProcess(environment, program, folder, all);
  }

  /// Returns this command line with a variable.
  public CliProcess env(String name, String value) {
    Map<String, String> all = new HashMap<>(environment);
    all.put(name, value);
    return new CliProcess(all, program, folder, options);
  }

  /// Runs a verb.
  public ProgramResult run(String... arguments) {
    return ProgramResult.of(builder(arguments), PATIENCE);
  }

  /// Starts a verb whose output is read while it runs.
  public Process start(String... arguments) throws IOException {
    return builder(arguments).start();
  }

  private ProcessBuilder builder(String... arguments) {
    assumeTrue(BUILT, "the command line is not part of this build");
    List<String> command = new ArrayList<>();
    if (program != null) {
      command.add(program.toString());
    } else {
      command.addAll(Machine.java("256m", FastStart.CLI.options()));
      command.addAll(options);
      command.add("lazaret.cli.Main");
    }
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Machine.clean(builder.environment());
    if (program != null) {
      builder.environment().put("LAZARET_JAVA_OPTS", String.join(" ", options));
    }
    builder.environment().putAll(environment);
    return builder;
  }
}
