package lazaret.signin.oidc;

import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lazaret.signin.ForeignJson;
import lazaret.signin.IssuerMetadata;
import lazaret.signin.IssuerUnavailableException;
import lazaret.signin.ProviderRequest;
import lazaret.signin.ProviderResponse;
import lazaret.signin.ProviderTransport;
import lazaret.signin.SignedToken;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.Secret;
import lazaret.vetting.text.Printable;
import org.jspecify.annotations.Nullable;

/// A reader of the groups of a person: a claim of the ID token, or of the userinfo endpoint if the
/// ID token lacks it. Source: OpenID Connect Core 1.0 section 5.3. Thread-safe; blocks.
final class GroupReader {
  /// The maximum number of groups of a person.
  static final int MAX_GROUPS = 1_000;

  /// The maximum length of the name of a group, in characters.
  static final int MAX_NAME = 256;

  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_TOKEN = 16 << 10;

  private final OidcSettings settings;
  private final ProviderTransport transport;

  GroupReader(OidcSettings settings, ProviderTransport transport) {
    this.settings = settings;
    this.transport = transport;
  }

  /// Returns the groups, in the order of the provider; empty if no claim is configured or sent.
  ///
  /// @param idToken verified
  /// @throws SignInRefusedException if the groups have another form, or are too many
  /// @throws IssuerUnavailableException if the userinfo endpoint does not answer
  List<String> groups(SignedToken idToken, TokenReply reply, IssuerMetadata metadata) {
    String claim = settings.claims().groups();
    if (claim == null) {
      return List.of();
    }
    Object value = idToken.claims().get(claim);
    Secret access = reply.accessToken();
    URI endpoint = metadata.endpoint("userinfo_endpoint").orElse(null);
    if (value == null && access != null && endpoint != null) {
      value = userInfo(endpoint, access, idToken).get(claim);
    }
    return checked(value);
  }

  private static List<String> checked(@Nullable Object value) {
    List<?> found =
        switch (value) {
          case null -> List.of();
          case String text -> List.of(text);
          case List<?> list -> list;
          default -> throw refused("a string or a list of strings", "another form");
        };
    if (found.size() > MAX_GROUPS) {
      throw refused("at most " + MAX_GROUPS, found.size() + "");
    }
    return found.stream().map(GroupReader::checkedName).toList();
  }

  private static String checkedName(@Nullable Object one) {
    if (!(one instanceof String name)
        || name.isEmpty()
        || name.length() > MAX_NAME
        || !name.codePoints().allMatch(Printable::prints)) {
      throw refused(
          "names of 1 to " + MAX_NAME + " printable characters",
          "'" + Excerpt.of(String.valueOf(one)) + "'");
    }
    return name;
  }

  private static SignInRefusedException refused(String expected, String found) {
    return new SignInRefusedException(
        SignInRefusalCode.GROUPS_REFUSED,
        "cannot accept the groups of a person: expected "
            + expected
            + ", found "
            + found
            + "; limit the groups that the provider sends to this client");
  }

  private Map<String, Object> userInfo(URI endpoint, Secret access, SignedToken idToken) {
    String token = access.text();
    if (token.length() > MAX_TOKEN || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw unavailable("an access token that cannot be sent");
    }
    ProviderRequest request =
        new ProviderRequest.Get(endpoint, new Secret("Bearer " + token), MAX_BYTES);
    Map<String, Object> claims =
        switch (transport.fetch(request)) {
          case ProviderResponse.Received(int status, Bytes body) when status == 200 -> json(body);
          case ProviderResponse.Received(int status, Bytes _) ->
              throw unavailable("status " + status);
          case ProviderResponse.Failed(String why) -> throw unavailable(why);
        };
    // Section 5.3.2: without the same subject, the claims may be those of another person.
    if (!Objects.equals(idToken.claims().get("sub"), claims.get("sub"))) {
      throw new SignInRefusedException(
          SignInRefusalCode.TOKEN_REFUSED,
          "cannot accept the userinfo of "
              + settings.issuer()
              + ": expected the subject of the ID token, found another; report it to the"
              + " administrator of the provider");
    }
    return claims;
  }

  private Map<String, Object> json(Bytes body) {
    try {
      return ForeignJson.object(body.text(), MAX_BYTES);
    } catch (ParseException _) {
      throw unavailable("another text than a JSON object");
    }
  }

  private IssuerUnavailableException unavailable(String found) {
    return new IssuerUnavailableException(
        "cannot get the userinfo of %s: expected status 200 with claims, found %s; add the claim '%s' to the ID token, or check the provider"
            .formatted(settings.issuer(), found, settings.claims().groups()));
  }
}
