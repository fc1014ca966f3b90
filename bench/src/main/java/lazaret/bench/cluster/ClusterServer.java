package lazaret.bench.cluster;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// A server in a process of its own, started by `bin/mirror-server`, with a client of it.
final class ClusterServer implements AutoCloseable {
  private static final String LISTENING = "listening on ";
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final int MOST_REPETITIONS = 100;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  private final Process process;
  private final String url;
  private final String token;
  private final LongAdder unavailable = new LongAdder();

  private ClusterServer(Process process, String url, String token) {
    this.process = process;
    this.url = url;
    this.token = token;
  }

  /// The files of a server.
  ///
  /// @param config the configuration file, beside which the log is written
  /// @param data the data folder that the configuration names
  /// @param upstream the folder that is the registry
  record Place(Path config, Path data, Path upstream) {}

  /// Starts a server, and waits until it replies.
  ///
  /// @param repository the root of the repository
  static ClusterServer start(Path repository, Place place) throws IOException {
    Path config = place.config();
    Path log = config.resolveSibling(config.getFileName() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                repository.resolve("bin/mirror-server").toString(),
                "--config=" + config,
                "--upstream=" + place.upstream(),
                "--listen=127.0.0.1:0")
            .redirectInput(new File("/dev/null"))
            .redirectError(log.toFile());
    builder
        .environment()
        .put("LAZARET_PLUGINS", repository.resolve("target/dist/current/cluster").toString());
    Process process = builder.start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(LISTENING)) {
        String url = line.substring(LISTENING.length()).strip().replaceFirst("/$", "");
        String token = Files.readString(place.data().resolve("admin-token")).strip();
        return new ClusterServer(process, url, token);
      }
    }
    throw new IllegalStateException("a server did not start:\n" + Files.readString(log));
  }

  /// Requests a path, and returns the status.
  int get(String path) {
    return send(HttpRequest.newBuilder(URI.create(url + path)).build()).statusCode();
  }

  /// Requests a path until the response is 200: again after 100 ms if it is 503, as a server
  /// responds that could not read the decisions in time.
  ///
  /// @throws IllegalStateException if the response is another one, or still 503 after ten seconds
  void require(String path) {
    int status = get(path);
    for (int i = 0; status == UNAVAILABLE && i < MOST_REPETITIONS; i++) {
      unavailable.increment();
      ClusterRun.pause(PAUSE.toMillis());
      status = get(path);
    }
    if (status != OK) {
      throw new IllegalStateException(path + " answered " + status);
    }
  }

  /// Returns the number of responses with 503.
  long unavailable() {
    return unavailable.sum();
  }

  /// Records a decision, and returns the status.
  ///
  /// @param version the version in the form `alpha@1.0.0`
  int decide(String kind, String version, String reason) {
    String json =
        "{\"kind\":\"%s\",\"specs\":[\"%s\"],\"reason\":\"%s\"}".formatted(kind, version, reason);
    return send(HttpRequest.newBuilder(URI.create(url + "/desk/v1/decisions"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build())
        .statusCode();
  }

  /// Returns the value of a metric without labels; 0 if it is absent.
  double metric(String name) {
    return send(HttpRequest.newBuilder(URI.create(url + "/metrics")).build())
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException("no answer to " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// Returns the processor time of the process so far, in nanoseconds.
  long cpuNanos() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  /// Kills the server, and waits for its end.
  void kill() {
    process.destroyForcibly();
    await();
  }

  private void await() {
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  /// Stops the server.
  @Override
  public void close() {
    process.destroy();
    await();
  }
}
