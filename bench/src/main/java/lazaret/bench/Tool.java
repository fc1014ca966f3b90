package lazaret.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A runner of system programs.
final class Tool {
  private Tool() {}

  /// The result of a program.
  ///
  /// @param text standard output and standard error together
  /// @param nanos time from its start to its end, in nanoseconds
  record Result(String text, long nanos) {}

  /// Returns a program in `PATH`, or empty if there is none.
  static Optional<Path> find(String name) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      Path file = Path.of(folder, name);
      if (Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /// Runs a program to its end.
  ///
  /// @throws IllegalStateException if it fails or exceeds the time limit
  static Result run(Duration limit, List<String> command) {
    return run(limit, Path.of("."), Map.of(), command);
  }

  static Result run(
      Duration limit, Path folder, Map<String, String> environment, List<String> command) {
    try {
      Path out = Files.createTempFile("lazaret-bench", ".out");
      try {
        return run(limit, out, builder(folder, environment, command));
      } finally {
        Files.deleteIfExists(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command.getFirst(), e);
    }
  }

  /// Runs a program of this module in a separate JVM.
  ///
  /// @param heap maximum heap size, as an option of the JVM
  /// @return the lines that it printed
  /// @throws IllegalStateException if it fails
  static List<String> java(String heap, Class<?> program, String... arguments) {
    return java(flags(heap), System.getProperty("java.class.path"), program, arguments);
  }

  /// Runs a program of this module in a separate JVM, with the plug-ins of a server.
  ///
  /// @param plugins a folder of jars
  /// @param heap maximum heap size, as an option of the JVM
  /// @return the lines that it printed
  /// @throws IllegalStateException if it fails
  static List<String> javaWith(Path plugins, String heap, Class<?> program, String... arguments) {
    List<String> jars = new ArrayList<>(List.of(System.getProperty("java.class.path")));
    try (Stream<Path> files = Files.list(plugins)) {
      files.map(Path::toString).filter(file -> file.endsWith(".jar")).sorted().forEach(jars::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + plugins, e);
    }
    return java(flags(heap), String.join(File.pathSeparator, jars), program, arguments);
  }

  private static List<String> flags(String heap) {
    return List.of(
        heap,
        "-XX:+UseSerialGC",
        "-XX:+UseCompactObjectHeaders",
        "-Djava.library.path=" + System.getProperty("java.library.path"),
        "--enable-native-access=ALL-UNNAMED");
  }

  /// Runs a program of this module as the start script runs the bundle verbs. Jars, flags and AOT
  /// cache are the same; `bin/bench` passes them on.
  ///
  /// @param heap maximum heap size, as an option of the JVM
  /// @return the lines that it printed
  /// @throws IllegalStateException if it fails
  static List<String> bundleVerb(String heap, Class<?> program, String... arguments) {
    List<String> flags =
        new ArrayList<>(System.getProperty("lazaret.bundle.flags").lines().toList());
    flags.add(heap);
    // An AOT cache permits more jars after its own. Only the required ones are added: the JVM
    // searches all of them for services, which would count as work of the verb.
    List<String> jars = new ArrayList<>(List.of(System.getProperty("lazaret.bundle.jars")));
    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(jar -> Path.of(jar).getFileName().toString().matches("(bench|testkit)-.*"))
        .forEach(jars::add);
    return java(flags, String.join(File.pathSeparator, jars), program, arguments);
  }

  private static List<String> java(
      List<String> flags, String classPath, Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, program.getName()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0 || out.isBlank()) {
        throw new IllegalStateException(
            program.getSimpleName() + " ended with " + process.exitValue());
      }
      return out.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + program.getSimpleName(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting for " + program.getSimpleName(), e);
    }
  }

  private static ProcessBuilder builder(
      Path folder, Map<String, String> environment, List<String> command) {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    withoutProxies(builder.environment());
    return builder;
  }

  /// Removes the proxy settings. All measured connections are on loopback.
  static void withoutProxies(Map<String, String> environment) {
    environment
        .keySet()
        .removeIf(name -> name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
  }

  private static Result run(Duration limit, Path out, ProcessBuilder builder) throws IOException {
    builder.redirectOutput(out.toFile()).redirectInput(new File("/dev/null"));
    long start = System.nanoTime();
    Process process = builder.start();
    boolean ended = waitFor(process, limit);
    long nanos = System.nanoTime() - start;
    if (!ended) {
      process.destroyForcibly();
    }
    String text = Files.readString(out, StandardCharsets.UTF_8);
    if (!ended || process.exitValue() != 0) {
      throw new IllegalStateException(
          "'"
              + String.join(" ", builder.command())
              + "' "
              + (ended ? "ended with " + process.exitValue() : "took longer than " + limit)
              + ":\n"
              + text);
    }
    return new Result(text, nanos);
  }

  static boolean waitFor(Process process, Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      return false;
    }
  }
}
