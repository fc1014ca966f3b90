package lazaret.conformance.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import lazaret.conformance.archive.UploadBuilder;
import org.jspecify.annotations.Nullable;

/// A client of one registry with one token. Thread-safe; blocks.
///
/// Sources: Cargo reference, *Registry Index*, *Registry Web API*.
public final class RegistryClient {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /// The hosts of the registry from which a crate is never removed.
  private static final Set<String> PUBLIC =
      Set.of("crates.io", "index.crates.io", "static.crates.io");

  /// The number of times that a body without its length is sent if no answer arrives.
  private static final int ATTEMPTS = 5;

  private final HttpClient http;
  private final String index;
  private final @Nullable String token;
  private final RegistryJson config;

  private RegistryClient(
      HttpClient http, String index, @Nullable String token, RegistryJson config) {
    this.http = http;
    this.index = index;
    this.token = token;
    this.config = config;
  }

  /// Creates a client, and reads the configuration of the index.
  ///
  /// @param index the address of a sparse index, with or without `sparse+`
  /// @param token the token
  /// @throws IllegalStateException if the registry has no configuration with a web API, or is
  ///   crates.io
  public static RegistryClient open(HttpClient http, String index, String token) {
    String bare = index.startsWith("sparse+") ? index.substring("sparse+".length()) : index;
    String root = bare.endsWith("/") ? bare : bare + "/";
    requireForTests(root);
    RegistryClient first = new RegistryClient(http, root, token, new RegistryJson(Map.of()));
    RegistryResponse answer = first.indexFile("config.json");
    RegistryJson config = answer.json();
    if (config.text("dl").isEmpty() || config.text("api").isEmpty()) {
      throw new IllegalStateException(
          "cannot use the registry: expected config.json with 'dl' and 'api', found " + answer);
    }
    requireForTests(config.text("api"));
    return new RegistryClient(http, root, token, config);
  }

  private static void requireForTests(String address) {
    String host = URI.create(address).getHost();
    if (host != null && PUBLIC.contains(host.toLowerCase(Locale.ROOT))) {
      throw new IllegalStateException(
          "cannot use the registry: expected one for tests, found %s, from which no crate is removed; name another one"
              .formatted(host));
    }
  }

  /// Returns a client of the same registry with another token.
  public RegistryClient as(String other) {
    return new RegistryClient(http, index, other, config);
  }

  /// Returns a client of the same registry without a token.
  public RegistryClient anonymous() {
    return new RegistryClient(http, index, null, config);
  }

  /// Returns the configuration of the index.
  public RegistryJson config() {
    return config;
  }

  /// Returns the address of the index, with `sparse+`, as a manifest names it.
  public String registry() {
    return "sparse+" + index;
  }

  /// Returns the token; empty if there is none.
  public String secret() {
    return token == null ? "" : token;
  }

  /// Returns the answer for a path of the index.
  public RegistryResponse indexFile(String path, String... headers) {
    return send(request(index + path, headers).GET());
  }

  /// Returns the answer for the index file of a crate.
  public RegistryResponse index(String name, String... headers) {
    return indexFile(path(name), headers);
  }

  /// Returns the lines of a crate; none if it is not there.
  public List<RegistryJson> lines(String name) {
    RegistryResponse answer = index(name);
    return answer.status() != 200
        ? List.of()
        : answer
            .text()
            .lines()
            .filter(line -> !line.isBlank())
            .flatMap(line -> RegistryJson.parse(line).stream())
            .toList();
  }

  /// Returns the line of a version.
  public Optional<RegistryJson> line(String name, String version) {
    return lines(name).stream().filter(line -> line.text("vers").equals(version)).findFirst();
  }

  /// Returns the path of the index file of a crate.
  public static String path(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return switch (lower.length()) {
      case 0 -> "";
      case 1 -> "1/" + lower;
      case 2 -> "2/" + lower;
      case 3 -> "3/" + lower.charAt(0) + "/" + lower;
      default -> lower.substring(0, 2) + "/" + lower.substring(2, 4) + "/" + lower;
    };
  }

  /// Returns the answer for an artifact, after redirects. As with cargo, only a registry that
  /// requires tokens gets one, and no other host does.
  public RegistryResponse download(String name, String version, String cksum) {
    String template = config.text("dl");
    String path = path(name);
    String prefix = path.substring(0, Math.max(0, path.lastIndexOf('/')));
    String address =
        template.contains("{crate}") || template.contains("{sha256-checksum}")
            ? template
                .replace("{crate}", name)
                .replace("{version}", version)
                .replace("{prefix}", prefix)
                .replace("{lowerprefix}", prefix)
                .replace("{sha256-checksum}", cksum)
            : template + "/" + name + "/" + version + "/download";
    boolean secret = config.text("auth-required").equals("true");
    RegistryResponse answer = (secret ? this : anonymous()).get(address);
    for (int i = 0; i < MOST_REDIRECTS && REDIRECTS.contains(answer.status()); i++) {
      address = URI.create(address).resolve(answer.header("location").orElse("")).toString();
      answer = anonymous().get(address);
    }
    return answer;
  }

  private RegistryResponse get(String address) {
    return send(request(address).GET());
  }

  /// Uploads a version.
  public RegistryResponse publish(UploadBuilder crate) {
    return upload(crate.body());
  }

  /// Uploads a body.
  public RegistryResponse upload(byte[] body) {
    return api("PUT", "/api/v1/crates/new", BodyPublishers.ofByteArray(body));
  }

  /// Uploads a body without its length. A registry may answer and close the connection before it
  /// has read the body. The answer can be lost then (RFC 9112 section 9.6), and the body is sent
  /// again.
  public RegistryResponse uploadInPieces(byte[] body) {
    for (int left = ATTEMPTS - 1; ; left--) {
      try {
        return api(
            "PUT",
            "/api/v1/crates/new",
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
      } catch (UncheckedIOException e) {
        if (left == 0 || e.getCause() instanceof HttpTimeoutException) {
          throw e;
        }
      }
    }
  }

  /// Yanks a version, or undoes it.
  public RegistryResponse yank(String name, String version, boolean yanked) {
    return api(
        yanked ? "DELETE" : "PUT",
        "/api/v1/crates/%s/%s/%s".formatted(name, version, yanked ? "yank" : "unyank"),
        BodyPublishers.noBody());
  }

  /// Returns the owners of a crate.
  public RegistryResponse owners(String name) {
    return api("GET", "/api/v1/crates/" + name + "/owners", BodyPublishers.noBody());
  }

  /// Adds or removes owners.
  public RegistryResponse changeOwners(String name, boolean adds, String... logins) {
    StringBuilder users = new StringBuilder();
    for (String login : logins) {
      users.append(users.isEmpty() ? "" : ",").append('"').append(login).append('"');
    }
    return api(
        adds ? "PUT" : "DELETE",
        "/api/v1/crates/" + name + "/owners",
        BodyPublishers.ofString("{\"users\":[" + users + "]}"));
  }

  /// Searches.
  ///
  /// @param query the parameters, such as `q=acme&per_page=10`
  public RegistryResponse search(String query) {
    return api(
        "GET", "/api/v1/crates" + (query.isEmpty() ? "" : "?" + query), BodyPublishers.noBody());
  }

  /// Sends a request to the web API.
  ///
  /// @param path the path after the address of the web API
  public RegistryResponse api(String method, String path, BodyPublisher body) {
    return send(
        request(config.text("api") + path, "Accept", "application/json").method(method, body));
  }

  /// Exchanges a token of a CI system.
  ///
  /// @param path the path after the address of the web API
  public RegistryResponse exchange(String path, BodyPublisher body) {
    return send(
        request(config.text("api") + path, "Content-Type", "application/json").method("PUT", body));
  }

  /// Sends a request to remove something.
  ///
  /// @param address the whole address
  public RegistryResponse delete(String address) {
    return send(request(address).DELETE());
  }

  private HttpRequest.Builder request(String address, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE);
    if (token != null) {
      request.header("Authorization", token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.header("User-Agent", "registry-conformance");
  }

  private RegistryResponse send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response =
          http.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
      Map<String, List<String>> fields = new TreeMap<>();
      response
          .headers()
          .map()
          .forEach((name, values) -> fields.put(name.toLowerCase(Locale.ROOT), values));
      return new RegistryResponse(response.statusCode(), new HashMap<>(fields), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reach the registry: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// Returns whether two answers have the same status and body.
  public static boolean isSame(RegistryResponse one, RegistryResponse other) {
    return one.status() == other.status() && Arrays.equals(one.body(), other.body());
  }
}
