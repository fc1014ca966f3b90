package lazaret.signin;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// An OpenID Connect provider in memory, which signs with real keys and can be made hostile. It
/// accepts each code once, with the code verifier and the redirect address of its request.
public final class FakeProvider implements ProviderTransport {
  /// The issuer.
  public static final String ISSUER = "https://id.example.org/tenant";

  /// The client that is registered, with its secret.
  public static final String CLIENT = "lazaret";

  /// The secret of the client.
  public static final String SECRET = "s3cret:/+";

  private static final SigningKey RSA = SigningKey.rsa("rsa-1");

  /// The requests in order, as `GET path` or `POST path`.
  public final List<String> requests = new ArrayList<>();

  /// The fields of the discovery document.
  public final Map<String, Object> metadata = new LinkedHashMap<>();

  /// Responses in place of the regular ones, by path.
  public final Map<String, ProviderResponse> replaced = new HashMap<>();

  /// The keys that the provider publishes.
  public final List<Map<String, Object>> keys = new ArrayList<>();

  /// The claims of the userinfo endpoint.
  public final Map<String, Object> userInfo = new HashMap<>(Map.of("sub", "1234"));

  /// The key that signs.
  public SigningKey signer = RSA;

  /// The algorithm that signs.
  public String algorithm = "RS256";

  /// Changes the claims of ID tokens.
  public UnaryOperator<Map<String, Object>> claims = UnaryOperator.identity();

  /// Changes signed ID tokens.
  public UnaryOperator<String> token = UnaryOperator.identity();

  private final Clock clock;
  private final Map<String, Map<String, String>> codes = new HashMap<>();
  private ProviderRequest.@Nullable Post tokenRequest;
  private int issued;

  /// Creates a provider that works.
  public FakeProvider(Clock clock) {
    this.clock = clock;
    metadata.put("issuer", ISSUER);
    metadata.put("authorization_endpoint", ISSUER + "/authorize?prompt=login");
    metadata.put("token_endpoint", ISSUER + "/token");
    metadata.put("userinfo_endpoint", ISSUER + "/userinfo");
    metadata.put("jwks_uri", ISSUER + "/keys");
    metadata.put("end_session_endpoint", ISSUER + "/logout");
    metadata.put("authorization_response_iss_parameter_supported", true);
    keys.add(RSA.jwk());
  }

  @Override
  public synchronized ProviderResponse fetch(ProviderRequest request) {
    String path = request.address().getPath().substring("/tenant".length());
    boolean post = request instanceof ProviderRequest.Post;
    requests.add((post ? "POST " : "GET ") + path);
    ProviderResponse other = replaced.get(path);
    if (other != null) {
      return other;
    }
    return switch (request) {
      case ProviderRequest.Get get -> limited(document(path, get), get.maxBytes());
      case ProviderRequest.Post form -> limited(tokens(form), form.maxBytes());
    };
  }

  private static ProviderResponse limited(ProviderResponse response, int maxBytes) {
    return response instanceof ProviderResponse.Received(int _, Bytes body)
            && body.length() > maxBytes
        ? new ProviderResponse.Failed("more than " + maxBytes + " bytes")
        : response;
  }

  private ProviderResponse document(String path, ProviderRequest.Get get) {
    return switch (path) {
      case "/.well-known/openid-configuration" -> json(200, metadata);
      case "/keys" -> json(200, Map.of("keys", keys));
      case "/userinfo" ->
          get.authorization() != null && get.authorization().text().equals("Bearer access")
              ? json(200, userInfo)
              : json(401, Map.of());
      default -> json(404, Map.of());
    };
  }

  /// Returns a JSON response.
  public static ProviderResponse json(int status, Map<String, ?> fields) {
    return new ProviderResponse.Received(status, Bytes.utf8(JSONObjectUtils.toJSONString(fields)));
  }

  /// Returns the last request to the token endpoint.
  public ProviderRequest.Post tokenRequest() {
    return Objects.requireNonNull(tokenRequest);
  }

  /// Signs a person in at an address to which a browser was sent.
  ///
  /// @return the query with which the browser returns
  public String authorize(URI address) {
    Map<String, String> asked = query(address);
    String code = "code-" + ++issued;
    codes.put(code, asked);
    return "code="
        + code
        + "&state="
        + encoded(asked.getOrDefault("state", ""))
        + "&iss="
        + encoded(ISSUER);
  }

  private ProviderResponse tokens(ProviderRequest.Post post) {
    tokenRequest = post;
    Map<String, String> form = post.form();
    Map<String, String> asked = codes.remove(form.get("code"));
    String challenge =
        SigningKey.base64(Sha256.of(Bytes.utf8(form.getOrDefault("code_verifier", ""))).bytes());
    if (asked == null
        || !"authorization_code".equals(form.get("grant_type"))
        || !challenge.equals(asked.get("code_challenge"))
        || !Objects.equals(asked.get("redirect_uri"), form.get("redirect_uri"))) {
      return json(400, Map.of("error", "invalid_grant"));
    }
    return json(
        200,
        Map.of(
            "access_token", "access",
            "token_type", "bearer",
            "id_token",
                token.apply(signer.signed(algorithm, idClaims(asked.getOrDefault("nonce", ""))))));
  }

  private Map<String, Object> idClaims(String nonce) {
    Map<String, Object> values = new LinkedHashMap<>();
    long now = clock.instant().getEpochSecond();
    values.put("iss", ISSUER);
    values.put("sub", "1234");
    values.put("aud", CLIENT);
    values.put("iat", now);
    values.put("exp", now + 300);
    values.put("nonce", nonce);
    values.put("name", "Ada Example");
    values.put("preferred_username", "ada");
    values.put("email", "ada@example.org");
    values.put("sid", "session-1");
    return claims.apply(values);
  }

  /// Returns the parameters of an address.
  public static Map<String, String> query(URI address) {
    return Arrays.stream(address.getRawQuery().split("&"))
        .map(part -> part.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  /// Returns a text as part of a query.
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
