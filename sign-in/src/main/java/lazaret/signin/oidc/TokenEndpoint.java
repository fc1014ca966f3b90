package lazaret.signin.oidc;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.util.MultivaluedMapUtils;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import java.net.URI;
import java.util.List;
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
  TokenReply exchange(IssuerMetadata metadata, AuthorizationCode code, CodeVerifier verifier) {
    AuthorizationGrant grant =
        new AuthorizationCodeGrant(code, settings.redirectAddress(), verifier);
    return switch (transport.fetch(post(metadata, grant))) {
      case ProviderResponse.Received(int status, Bytes body)
          when status == 200 || status / 100 == 4 ->
          reply(status, body);
      case ProviderResponse.Received(int status, Bytes _) -> throw unavailable("status " + status);
      case ProviderResponse.Failed(String why) -> throw unavailable(why);
    };
  }

  private ProviderRequest post(IssuerMetadata metadata, AuthorizationGrant grant) {
    URI endpoint = metadata.required("token_endpoint");
    ClientID client = new ClientID(settings.clientId());
    Secret secret = settings.clientSecret();
    TokenRequest.Builder request =
        secret == null
            ? new TokenRequest.Builder(endpoint, client, grant)
            : new TokenRequest.Builder(endpoint, authentication(client, secret, metadata), grant);
    HTTPRequest http = request.build().toHTTPRequest();
    String header = http.getAuthorization();
    return new ProviderRequest.Post(
        endpoint,
        MultivaluedMapUtils.toSingleValuedMap(URLUtils.parseParameters(http.getBody())),
        header == null ? null : new Secret(header),
        MAX_BYTES);
  }

  private ClientAuthentication authentication(
      ClientID client, Secret secret, IssuerMetadata metadata) {
    var value = new com.nimbusds.oauth2.sdk.auth.Secret(secret.text());
    List<String> methods =
        metadata.texts("token_endpoint_auth_methods_supported").orElse(List.of(BASIC));
    if (methods.contains(BASIC)) {
      return new ClientSecretBasic(client, value);
    }
    if (methods.contains(POST)) {
      return new ClientSecretPost(client, value);
    }
    throw new IssuerUnavailableException(
        "cannot authenticate at the token endpoint of %s: expected client_secret_basic or client_secret_post, found '%s'; permit one of them at the provider"
            .formatted(settings.issuer(), Excerpt.of(String.join(" ", methods))));
  }

  private TokenReply reply(int status, Bytes body) {
    return switch (parsed(status, body)) {
      case TokenErrorResponse failed -> throw refused(status, failed.getErrorObject().getCode());
      case AccessTokenResponse found
          when found.getCustomParameters().get("id_token") instanceof String idToken ->
          new TokenReply(new Secret(idToken), secret(found.getTokens().getBearerAccessToken()));
      default -> throw unavailable("no 'id_token'");
    };
  }

  /// Parses a response. The ID token remains a text, since its verifier has limits of its own.
  private TokenResponse parsed(int status, Bytes body) {
    HTTPResponse response = new HTTPResponse(status);
    try {
      response.setContentType("application/json");
      response.setBody(body.text());
      return TokenResponse.parse(response);
    } catch (ParseException | IllegalArgumentException _) {
      throw unavailable("another text than a JSON object with tokens");
    }
  }

  private static @Nullable Secret secret(@Nullable BearerAccessToken token) {
    return token == null ? null : new Secret(token.getValue());
  }

  /// Returns the refusal that an error of the provider causes.
  ///
  /// @param found the error of the response (RFC 6749 section 5.2); null if it has none
  private SignInRefusedException refused(int status, @Nullable String found) {
    String error = found == null ? "(none)" : found;
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

  private IssuerUnavailableException unavailable(String found) {
    return new IssuerUnavailableException(
        "cannot get tokens from %s: expected status 200 with an ID token, found %s; check the provider and the connection to it"
            .formatted(settings.issuer(), found));
  }
}
