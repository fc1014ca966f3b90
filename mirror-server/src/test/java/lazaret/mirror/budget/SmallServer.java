package lazaret.mirror.budget;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.ScriptedUpstream;
import lazaret.testkit.http2.Http2Target;
import lazaret.vetting.crates.CrateId;

/// A server process with a small heap that ends at the first OutOfMemoryError, as the packaged one
/// does. Its upstream has crates of random bytes.
final class SmallServer implements AutoCloseable {
  private final FixtureRegistry registry = new FixtureRegistry();
  private final ScriptedUpstream upstream = ScriptedUpstream.start(registry);
  private final Path folder;
  private final Process process;
  private final int port;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// Starts a server.
  ///
  /// @param heap the option of its heap's size
  /// @param variables more of its configuration, as environment variables
  SmallServer(Path folder, String heap, Map<String, String> variables) {
    this.folder = folder;
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.library.path=" + System.getProperty("java.library.path"),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                heap,
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("lazaret.small.cp", System.getProperty("java.class.path")),
                "lazaret.mirror.Main"));
    command.addAll(List.of("--data-dir", folder.resolve("data").toString()));
    command.addAll(List.of("--listen", "127.0.0.1:0", "--upstream", upstream.indexUrl()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("LAZARET_"));
    builder.environment().putAll(variables);
    builder.environment().put("HOME", folder.toString());
    builder.redirectError(folder.resolve("stderr").toFile());
    try {
      this.process = builder.start();
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = out.readLine();
      if (line == null) {
        throw new AssertionError("no start:\n" + said());
      }
      this.port = URI.create(line.replace("listening on ", "").strip()).getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Publishes a crate of random bytes upstream, old enough to be served.
  ///
  /// @return the path of its download
  String publish(String name, int bytes) {
    byte[] filling = new byte[bytes];
    new Random(name.hashCode()).nextBytes(filling);
    CrateBuilder crate = CrateBuilder.crate(name, "1.0.0").file("data", filling);
    registry.publish(crate, line -> line.pubtime(Instant.now().minus(Duration.ofDays(100))));
    CrateId id = crate.id();
    return "/dl/%s/1.0.0/%s".formatted(name, id.cksum().hex());
  }

  /// Publishes crates and has the server store them.
  List<String> held(String prefix, int count, int bytes) throws InterruptedException, IOException {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String path = publish(prefix + i, bytes);
      HttpResponse<byte[]> answer = get(path);
      if (answer.statusCode() != 200) {
        throw new AssertionError(path + " was answered with " + answer.statusCode());
      }
      paths.add(path);
    }
    return paths;
  }

  FixtureRegistry registry() {
    return registry;
  }

  Http2Target target(String path) {
    return new Http2Target("127.0.0.1", port, null, path);
  }

  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30));
  }

  /// Creates a token with the scope `read`.
  String readToken(String name) throws IOException, InterruptedException {
    String admin = Files.readString(folder.resolve("data/admin-token")).strip();
    HttpResponse<String> answer =
        client.send(
            request("/desk/v1/tokens")
                .header("authorization", "Bearer " + admin)
                .header("content-type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"name\":\"" + name + "\",\"scopes\":[\"read\"]}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return answer.body().replaceAll("(?s).*\"(lzr_[^\"]+)\".*", "$1");
  }

  /// Returns the amount of a budget that requests hold.
  long used(String budget) throws IOException, InterruptedException {
    return metric("lazaret_http_budget_used{budget=\"" + budget + "\"}");
  }

  /// Returns a sample of the metrics.
  long metric(String name) throws IOException, InterruptedException {
    String text = new String(get("/metrics").body(), StandardCharsets.UTF_8);
    return text.lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(-1L);
  }

  boolean alive() {
    return process.isAlive();
  }

  /// Returns the standard error of the server.
  String said() {
    try {
      return Files.readString(folder.resolve("stderr"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    process.destroyForcibly();
    upstream.close();
  }
}
