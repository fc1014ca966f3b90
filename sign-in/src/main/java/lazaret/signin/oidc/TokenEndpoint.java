package lazaret.signin.oidc;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.signin.ForeignJson;
import lazaret.signin.IssuerMetadata;
import lazaret.signin.IssuerUnavailableException;
import lazaret.signin.ProviderRequest;
import lazaret.signin.ProviderResponse;
import lazaret.signin.ProviderTransport;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// The exchange of a code for tokens (RFC 6749 section 4.1.3, RFC 7636 section 4.5). The client
/// authenticates by `client_secret_basic`, or by `client_secret_post` if the provider supports only
/// that. A public client sends its id alone. Thread-safe; blocks.
final class TokenEndpoint {
  private static final int MAX_BYTES = 256 << 10;
  private static final String BASIC = "client_secret_basic";
  private static final String POST = "client_secret_post";

  private final OidcSettings settings;
  private final ProviderTransport transport;

  TokenEndpoint(OidcSettings settings, ProviderTransport transport) {
    this.settings = settings;
    this.transport = transport;
  }

  /// Exchanges a code.
  ///
  /// @param metadata names the endpoint and the ways to authenticate
  /// @param verifier the code verifier of PKCE
  /// @throws SignInRefusedException if the provider refuses the code or the client
  /// @throws IssuerUnavailableException if it does not answer, or its answer cannot be used
  TokenReply exchange(IssuerMetadata metadata, String code, Secret verifier) {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", settings.redirectAddress().toString());
    form.put("code_verifier", verifier.text());
    Secret authorization = authenticated(form, metadata);
    ProviderRequest request =
        new ProviderRequest.Post(
            metadata.required("token_endpoint"), form, authorization, MAX_BYTES);
    return switch (transport.fetch(request)) {
      case ProviderResponse.Received(int status, Bytes body) when status == 200 -> tokens(body);
      case ProviderResponse.Received(int status, Bytes body) when status / 100 == 4 ->
          throw refused(status, body);
      case ProviderResponse.Received(int status, Bytes _) -> throw unavailable("status " + status);
      case ProviderResponse.Failed(String why) -> throw unavailable(why);
    };
  }

  /// Adds the credentials of the client to a form, or returns those for the header.
  private @Nullable Secret authenticated(Map<String, String> form, IssuerMetadata metadata) {
    Secret secret = settings.clientSecret();
    if (secret == null) {
      form.put("client_id", settings.clientId());
      return null;
    }
    List<String> methods =
        metadata.texts("token_endpoint_auth_methods_supported").orElse(List.of(BASIC));
    if (methods.contains(BASIC)) {
      return basic(secret);
    }
    if (!methods.contains(POST)) {
      throw new IssuerUnavailableException(
          "cannot authenticate at the token endpoint of %s: expected client_secret_basic or client_secret_post, found '%s'; permit one of them at the provider"
              .formatted(settings.issuer(), Excerpt.of(String.join(" ", methods))));
    }
    form.put("client_id", settings.clientId());
    form.put("client_secret", secret.text());
    return null;
  }

  private Secret basic(Secret secret) {
    String pair = QueryText.encoded(settings.clientId()) + ":" + QueryText.encoded(secret.text());
    return new Secret(
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
  }

  private TokenReply tokens(Bytes body) {
    Map<String, Object> fields;
    try {
      fields = ForeignJson.object(body.text(), MAX_BYTES);
    } catch (ParseException _) {
      throw unavailable("another text than a JSON object");
    }
    if (!(fields.get("id_token") instanceof String idToken)) {
      throw unavailable("no 'id_token'");
    }
    boolean bearer =
        fields.get("token_type") instanceof String type && type.equalsIgnoreCase("Bearer");
    return new TokenReply(
        new Secret(idToken),
        bearer && fields.get("access_token") instanceof String token ? new Secret(token) : null);
  }

  private SignInRefusedException refused(int status, Bytes body) {
    String error = error(body);
    SignInRefusalCode code =
        switch (error) {
          case "invalid_grant" -> SignInRefusalCode.CODE_REFUSED;
          case "invalid_client", "unauthorized_client" -> SignInRefusalCode.CLIENT_REFUSED;
          default -> SignInRefusalCode.PROVIDER_ERROR;
        };
    return new SignInRefusedException(
        code,
        "cannot get tokens from %s: expected status 200, found %d with the error '%s'; compare the client id, secret and redirect address with those at the provider"
            .formatted(settings.issuer(), status, Excerpt.of(error)));
  }

  /// Returns the error of a response (RFC 6749 section 5.2), or a text without one.
  private static String error(Bytes body) {
    try {
      return ForeignJson.object(body.text(), MAX_BYTES).get("error") instanceof String error
          ? error
          : "(none)";
    } catch (ParseException _) {
      return "(none)";
    }
  }

  private IssuerUnavailableException unavailable(String found) {
    return new IssuerUnavailableException(
        "cannot get tokens from %s: expected status 200 with an ID token, found %s; check the provider and the connection to it"
            .formatted(settings.issuer(), found));
  }
}
