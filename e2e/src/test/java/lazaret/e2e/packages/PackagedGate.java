package lazaret.e2e.packages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import lazaret.e2e.harness.WorkFolder;

/// A gate that was started from a package.
final class PackagedGate implements AutoCloseable {
  /// An emulator takes a minute and more.
  private static final Duration START = Duration.ofMinutes(5);

  private static final Duration STOP = Duration.ofSeconds(60);

  /// The exit codes after SIGTERM.
  private static final Set<Integer> ORDERLY = Set.of(0, 143);

  private final Process process;
  private final Path out;
  private final Path log;

  private PackagedGate(Process process, Path out, Path log) {
    this.process = process;
    this.out = out;
    this.log = log;
  }

  /// Starts a gate and waits until it listens.
  ///
  /// @throws AssertionError if it ends before, or takes too long; with its log
  static PackagedGate start(Map<String, String> environment, List<String> command) {
    PackagedGate gate = launch(environment, command);
    try {
      Instant end = Instant.now().plus(START);
      while (gate.url().isEmpty() && gate.process.isAlive() && Instant.now().isBefore(end)) {
        Thread.sleep(Duration.ofMillis(20));
      }
    } catch (InterruptedException e) {
      gate.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    if (gate.url().isEmpty()) {
      gate.close();
      throw new AssertionError("the gate does not listen: " + gate.log());
    }
    return gate;
  }

  private static PackagedGate launch(Map<String, String> environment, List<String> command) {
    try {
      Path folder = WorkFolder.folder("packaged-gate");
      Path out = folder.resolve("out");
      Path log = folder.resolve("log");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().keySet().removeIf(name -> name.startsWith("LAZARET"));
      builder.environment().putAll(environment);
      builder.redirectOutput(out.toFile()).redirectError(log.toFile());
      Process process = builder.start();
      process.getOutputStream().close();
      return new PackagedGate(process, out, log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  /// Returns the address with a slash at its end, or an empty text before the gate listens.
  String url() {
    return read(out)
        .lines()
        .filter(line -> line.startsWith("listening on "))
        .map(line -> line.substring("listening on ".length()))
        .findFirst()
        .orElse("");
  }

  /// Returns the standard error.
  String log() {
    return read(log);
  }

  /// Returns the files that the JVM has in its memory.
  String maps() {
    return read(Path.of("/proc/" + process.pid() + "/maps"));
  }

  /// Returns the body of a response with status 200.
  String get(String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path)).build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException("no answer to " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// Stops the gate as a service manager does, and returns whether it ended in time and without a
  /// failure.
  boolean stop() {
    process.destroy();
    return hasEnded() && ORDERLY.contains(process.exitValue());
  }

  private boolean hasEnded() {
    try {
      return process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// Kills the gate, like a power failure.
  void kill() {
    process.destroyForcibly();
    hasEnded();
  }

  @Override
  public void close() {
    if (process.isAlive() && !stop()) {
      process.destroyForcibly();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
