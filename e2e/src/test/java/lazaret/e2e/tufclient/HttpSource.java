package lazaret.e2e.tufclient;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import lazaret.bundle.tuf.MetadataSource;
import lazaret.vetting.Bytes;

/// A metadata source at an HTTP address. Redirects are not followed. Thread-safe.
public final class HttpSource implements MetadataSource, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int NOT_FOUND = 404;
  private static final int FORBIDDEN = 403;
  private static final int OK = 200;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String base;

  /// Creates a source.
  ///
  /// @param base the address of the folder, with or without a slash at its end
  public HttpSource(String base) {
    this.base = base.endsWith("/") ? base : base + "/";
  }

  /// Fetches a metadata file. The name is encoded as one segment of the path, whatever characters
  /// it has.
  @Override
  public Optional<Bytes> fetch(String name, long most) throws IOException {
    return get(encode(name), most);
  }

  /// Fetches a target. Slashes in the path are kept.
  ///
  /// @param place a path of [Target#paths]
  /// @param most the largest length in bytes
  /// @return at most one byte more than `most`, or empty if the server answers 404 or 403
  /// @throws IOException if the server cannot be reached or answers with another status
  public Optional<Bytes> fetchTarget(String place, long most) throws IOException {
    String path =
        Arrays.stream(place.split("/", -1))
            .map(HttpSource::encode)
            .collect(Collectors.joining("/"));
    return get(path, most);
  }

  private Optional<Bytes> get(String path, long most) throws IOException {
    var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE).build();
    HttpResponse<InputStream> answer;
    try {
      answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while fetching " + base + path, e);
    }
    try (InputStream body = answer.body()) {
      return switch (answer.statusCode()) {
        case OK -> Optional.of(Bytes.of(body.readNBytes((int) Math.min(most + 1, 1 << 30))));
        // Storage services answer 403 for a missing file.
        case NOT_FOUND, FORBIDDEN -> Optional.empty();
        default ->
            throw new IOException(
                "cannot fetch %s%s: HTTP status %d".formatted(base, path, answer.statusCode()));
      };
    }
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  @Override
  public void close() {
    client.close();
  }
}
