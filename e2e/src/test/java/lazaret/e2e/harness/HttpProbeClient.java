package lazaret.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexPath;

/// An HTTP client of the gate other than cargo. Thread-safe.
public final class HttpProbeClient {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String url;
  private final String token;

  /// Creates a client.
  ///
  /// @param url the address of the gate, or of a proxy before it, without a slash at its end
  /// @param token the token for requests to the desk
  public HttpProbeClient(String url, String token) {
    this.url = url;
    this.token = token;
  }

  /// A reply.
  ///
  /// @param status the HTTP status
  /// @param body the complete body
  /// @param response the response with the headers
  public record Answer(int status, Bytes body, HttpResponse<byte[]> response) {
    /// Returns the body as text.
    public String text() {
      return body.text();
    }

    /// Returns whether an index file offers a version to new builds. A withheld version has a line
    /// too, which is marked as yanked.
    public boolean offers(String version) {
      return text()
          .lines()
          .anyMatch(
              line ->
                  line.contains("\"vers\":\"" + version + "\"")
                      && line.contains("\"yanked\":false"));
    }

    /// Returns a header, or an empty text.
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    @Override
    public String toString() {
      return status + " " + text();
    }
  }

  /// Requests a path with headers (name, value, name, value).
  public Answer get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  /// Requests an index file.
  public Answer index(String crate) {
    return get("/index/" + IndexPath.of(CrateName.parse(crate)));
  }

  /// Requests an artifact.
  public Answer artifact(CrateId id) {
    return get("/dl/%s/%s/%s".formatted(id.name().published(), id.version(), id.cksum().hex()));
  }

  /// Sends a GET request to the desk with the token of the administrator.
  public Answer desk(String path) {
    return get("/desk/v1" + path, "Authorization", "Bearer " + token);
  }

  /// Sends a POST request to the desk with the token of the administrator.
  ///
  /// @param json the document
  public Answer order(String path, String json) {
    return send(
        HttpRequest.newBuilder(URI.create(url + "/desk/v1" + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  /// Records a decision.
  ///
  /// @param kind `approve`, `deny` or `revoke`
  /// @param specs the versions in the form `alpha@1.2.0`
  public Answer decide(String kind, String reason, String... specs) {
    String list =
        Stream.of(specs).map(s -> "\"" + s + "\"").collect(Collectors.joining(",", "[", "]"));
    return order(
        "/decisions",
        "{\"kind\":\"%s\",\"specs\":%s,\"reason\":\"%s\"}".formatted(kind, list, reason));
  }

  private static Answer send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), Bytes.of(response.body()), response);
    } catch (IOException e) {
      throw new UncheckedIOException("no answer to " + request, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// Makes the same call many times at once and returns all results.
  public static <T> List<T> herd(int clients, Callable<T> call) {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        futures.add(pool.submit(call));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client of the herd failed", e);
    }
  }
}
