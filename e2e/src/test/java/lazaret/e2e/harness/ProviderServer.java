package lazaret.e2e.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import lazaret.testkit.JwtSigner;
import org.jspecify.annotations.Nullable;

/// An identity provider on loopback that asks for no password: each sign-in is that of the person
/// whom the test named last.
///
/// Source: OpenID Connect Core 1.0 section 3.1, OpenID Connect Discovery 1.0.
public final class ProviderServer implements AutoCloseable {
  /// The id under which the desk is registered.
  public static final String CLIENT = "desk";

  private final JwtSigner signer = new JwtSigner("one");

  /// The claims of begun sign-ins by their codes.
  private final Map<String, Map<String, Object>> begun = new ConcurrentHashMap<>();

  private final HttpServer server;
  private volatile Person next = new Person("nobody", List.of());

  /// A person at the provider.
  private record Person(String name, List<String> groups) {}

  /// Starts the server.
  public ProviderServer() {
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot serve an identity provider", e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /// Returns the address of the issuer.
  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Names the person who signs in next.
  public void person(String name, String... groups) {
    next = new Person(name, List.of(groups));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/.well-known/openid-configuration" ->
            send(
                exchange,
                200,
                """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize",
                 "token_endpoint":"%1$s/token","jwks_uri":"%1$s/keys",
                 "end_session_endpoint":"%1$s/logout"}
                """
                    .formatted(issuer()));
        case "/keys" -> send(exchange, 200, signer.keySet());
        case "/authorize" -> authorize(exchange);
        case "/token" -> token(exchange);
        default -> send(exchange, 404, "{}");
      }
    }
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> fields = fields(exchange.getRequestURI().getRawQuery());
    Person person = next;
    Instant now = Instant.now();
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", issuer());
    claims.put("aud", CLIENT);
    claims.put("sub", "id-" + person.name());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(Duration.ofMinutes(5)).getEpochSecond());
    claims.put("nonce", fields.getOrDefault("nonce", ""));
    claims.put("preferred_username", person.name());
    claims.put("groups", person.groups());
    String code = "code-" + begun.size();
    begun.put(code, claims);
    exchange
        .getResponseHeaders()
        .add(
            "Location",
            "%s?code=%s&state=%s"
                .formatted(
                    fields.getOrDefault("redirect_uri", ""),
                    code,
                    URLEncoder.encode(fields.getOrDefault("state", ""), StandardCharsets.UTF_8)));
    exchange.sendResponseHeaders(302, -1);
  }

  private void token(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, Object> claims = begun.get(fields(body).getOrDefault("code", ""));
    if (claims == null) {
      send(exchange, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    send(
        exchange,
        200,
        "{\"id_token\":\"%s\",\"access_token\":\"a\",\"token_type\":\"Bearer\"}"
            .formatted(signer.sign(claims)));
  }

  private static Map<String, String> fields(@Nullable String form) {
    return Arrays.stream((form == null ? "" : form).split("&", -1))
        .map(part -> part.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(
            Collectors.toMap(
                pair -> pair[0],
                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                (first, _) -> first));
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
