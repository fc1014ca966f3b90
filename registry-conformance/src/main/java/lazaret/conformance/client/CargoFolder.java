package lazaret.conformance.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A folder for the program cargo, with an empty home that knows the registry by the name `suite`.
/// It is removed at the end. Not thread-safe.
public final class CargoFolder implements AutoCloseable {
  /// The name of the registry in the configuration.
  public static final String REGISTRY = "suite";

  private static final long PATIENCE_SECONDS = 180;

  private final String cargo;
  private final Path root;
  private final RegistryClient registry;
  private final Thread end;

  private CargoFolder(String cargo, Path root, RegistryClient registry) {
    this.cargo = cargo;
    this.root = root;
    this.registry = registry;
    // The folder has a token, which must not stay if a person ends the suite.
    this.end = Thread.ofPlatform().unstarted(this::removeQuietly);
    Runtime.getRuntime().addShutdownHook(end);
  }

  /// Creates a program with a token.
  ///
  /// @param cargo the path of the program
  /// @param registry a client with the token
  public static CargoFolder of(String cargo, RegistryClient registry) {
    return of(
        cargo,
        registry,
        "credential-provider = \"cargo:token\"\ntoken = \"%s\"\n"
            .formatted(registry.secret().replace("\\", "\\\\").replace("\"", "\\\"")));
  }

  /// Creates a program.
  ///
  /// @param credentials lines of the table of the registry in the configuration
  public static CargoFolder of(String cargo, RegistryClient registry, String credentials) {
    try {
      CargoFolder program =
          new CargoFolder(cargo, Files.createTempDirectory("registry-conformance"), registry);
      program.write(
          "home/config.toml",
          "[registries.suite]\nindex = \"%s\"\n%s".formatted(registry.registry(), credentials));
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder for cargo", e);
    }
  }

  /// The end of a run.
  ///
  /// @param code the exit code
  /// @param output standard output and standard error
  public record Ended(int code, String output) {
    /// Returns the end for a report.
    @Override
    public String toString() {
      int from = Math.max(0, output.length() - 600);
      return "exit code " + code + ": " + output.substring(from);
    }
  }

  /// Returns a folder or file below the folder of the program.
  public Path path(String path) {
    return root.resolve(path);
  }

  /// Writes a file below the folder of the program.
  public CargoFolder write(String path, String text) {
    try {
      Path file = root.resolve(path);
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  /// Writes a package into a folder.
  ///
  /// @param sections the lines of the manifest after `[package]`
  public CargoFolder pack(String folder, String name, String version, String sections) {
    write(
        folder + "/Cargo.toml",
        """
        [package]
        name = "%s"
        version = "%s"
        edition = "2021"
        description = "A crate of a test suite"
        license = "MIT"

        %s
        """
            .formatted(name, version, sections));
    return write(folder + "/src/lib.rs", "pub fn suite() {}\n");
  }

  /// Runs cargo in a folder.
  public Ended run(String folder, String... arguments) {
    return run(folder, "", arguments);
  }

  /// Runs cargo in a folder with a standard input.
  public Ended run(String folder, String input, String[] arguments) {
    List<String> command = new ArrayList<>(List.of(cargo));
    command.addAll(List.of(arguments));
    try {
      Path output = root.resolve("output");
      Path in = root.resolve("input");
      Files.writeString(in, input);
      Files.createDirectories(root.resolve(folder));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(root.resolve(folder).toFile())
              .redirectErrorStream(true)
              .redirectInput(in.toFile())
              .redirectOutput(output.toFile());
      Map<String, String> environment = builder.environment();
      environment.keySet().removeIf(name -> name.startsWith("CARGO"));
      environment.put("CARGO_HOME", root.resolve("home").toString());
      environment.put("CARGO_TERM_COLOR", "never");
      environment.put("SUITE_TOKEN", registry.secret());
      Process process = builder.start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        int _ = process.destroyForcibly().waitFor();
        return new Ended(-1, "no end within " + PATIENCE_SECONDS + " s");
      }
      return new Ended(
          process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run cargo", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void remove() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  private void removeQuietly() {
    try {
      Files.deleteIfExists(root.resolve("home/config.toml"));
      Files.deleteIfExists(root.resolve("home/credentials.toml"));
      Files.deleteIfExists(root.resolve("input"));
      remove();
    } catch (IOException | UncheckedIOException _) {
      // Cargo may still write there. The files with the token are removed before.
    }
  }

  @Override
  public void close() {
    try {
      remove();
      boolean _ = Runtime.getRuntime().removeShutdownHook(end);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + root, e);
    } catch (IllegalStateException _) {
      // The process ends, and its hook removes the folder.
    }
  }
}
