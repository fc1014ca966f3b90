package lazaret.signin.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import lazaret.signin.IssuerMetadata;
import lazaret.signin.IssuerUnavailableException;
import lazaret.signin.ProviderRequest;
import lazaret.signin.ProviderResponse;
import lazaret.signin.ProviderTransport;
import lazaret.signin.SignedToken;
import lazaret.vetting.Bytes;
import lazaret.vetting.Secret;

/// The endpoint with claims of a person that the ID token need not contain (OpenID Connect Core 1.0
/// sections 5.3 and 5.4). It is asked only if the ID token lacks a configured claim. Thread-safe;
/// blocks.
final class UserInfoEndpoint {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_TOKEN = 16 << 10;
  private static final String EMAIL = "email";
  private static final String VERIFIED = "email_verified";

  private final OidcSettings settings;
  private final ProviderTransport transport;

  UserInfoEndpoint(OidcSettings settings, ProviderTransport transport) {
    this.settings = settings;
    this.transport = transport;
  }

  /// Returns the ID token with the claims for name, groups and display that it lacks. It is
  /// returned as it is if it has the configured claims, or the provider has no such endpoint.
  ///
  /// @param idToken verified
  /// @throws SignInRefusedException if the endpoint describes another person
  /// @throws IssuerUnavailableException if it does not answer
  SignedToken completed(SignedToken idToken, TokenReply reply, IssuerMetadata metadata) {
    Secret access = reply.accessToken();
    URI endpoint = metadata.endpoint("userinfo_endpoint").orElse(null);
    if (configured().stream().allMatch(idToken::has) || access == null || endpoint == null) {
      return idToken;
    }
    UserInfo found = fetched(endpoint, access, idToken);
    Map<String, Object> claims = new HashMap<>(idToken.claims());
    if (!idToken.has(EMAIL)) {
      // An address and its verification are of one source.
      claims.remove(VERIFIED);
      copy(VERIFIED, found, claims);
    }
    Stream.concat(configured().stream(), Stream.of("name", "preferred_username", EMAIL))
        .filter(claim -> !idToken.has(claim))
        .forEach(claim -> copy(claim, found, claims));
    return new SignedToken(idToken.name(), idToken.algorithm(), idToken.type(), claims);
  }

  private static void copy(String claim, UserInfo from, Map<String, Object> to) {
    Object value = from.getClaim(claim);
    if (value != null) {
      to.put(claim, value);
    }
  }

  private List<String> configured() {
    String groups = settings.claims().groups();
    String name = settings.claims().name();
    return groups == null ? List.of(name) : List.of(name, groups);
  }

  private UserInfo fetched(URI endpoint, Secret access, SignedToken idToken) {
    String token = access.text();
    if (token.length() > MAX_TOKEN || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw unavailable("an access token that cannot be sent");
    }
    Secret header = new Secret(new BearerAccessToken(token).toAuthorizationHeader());
    ProviderRequest request = new ProviderRequest.Get(endpoint, header, MAX_BYTES);
    UserInfo claims =
        switch (transport.fetch(request)) {
          case ProviderResponse.Received(int status, Bytes body) when status == 200 -> parsed(body);
          case ProviderResponse.Received(int status, Bytes _) ->
              throw unavailable("status " + status);
          case ProviderResponse.Failed(String why) -> throw unavailable(why);
        };
    // Section 5.3.2: without the same subject, the claims may be those of another person.
    if (!Objects.equals(idToken.claims().get("sub"), claims.getSubject().getValue())) {
      throw new SignInRefusedException(
          SignInRefusalCode.TOKEN_REFUSED,
          "cannot accept the userinfo of "
              + settings.issuer()
              + ": expected the subject of the ID token, found another; report it to the"
              + " administrator of the provider");
    }
    return claims;
  }

  private UserInfo parsed(Bytes body) {
    try {
      return UserInfo.parse(body.text());
    } catch (ParseException _) {
      throw unavailable("another text than a JSON object with a subject");
    }
  }

  private IssuerUnavailableException unavailable(String found) {
    return new IssuerUnavailableException(
        "cannot get the userinfo of %s: expected status 200 with claims, found %s; send the claims of [sign-in] in the ID token, or check the provider"
            .formatted(settings.issuer(), found));
  }
}
