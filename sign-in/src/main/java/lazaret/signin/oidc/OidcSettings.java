package lazaret.signin.oidc;

import java.net.URI;
import java.util.List;
import lazaret.signin.IssuerAddress;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// The settings of sign-in by OpenID Connect.
///
/// @param issuer the provider of identities
/// @param clientId the id under which this server is registered at the provider: 1 to 255 printable
///   ASCII characters
/// @param clientSecret the secret of that client; null for a public client, which PKCE protects
/// @param claims the claims that are read
/// @param scopes the scopes that are requested, `openid` among them
/// @param publicUrl the address under which browsers reach this server: scheme, host and port
public record OidcSettings(
    IssuerAddress issuer,
    String clientId,
    @Nullable Secret clientSecret,
    Claims claims,
    List<String> scopes,
    URI publicUrl) {
  /// The path to which the provider sends the browser after a sign-in.
  public static final String RETURN_PATH = "/desk/sign-in/return";

  /// The path to which the provider sends the browser after a sign-out.
  public static final String SIGNED_OUT_PATH = "/desk/sign-in";

  private static final int MAX_TEXT = 255;
  private static final int MAX_SECRET = 4_096;
  private static final int MAX_SCOPES = 32;

  /// The claims of an ID token that are read besides those of the specification.
  ///
  /// @param name the claim with the name of a person in the ledger, such as `preferred_username`
  /// @param groups the claim that lists the groups of a person; null if groups are not used
  public record Claims(String name, @Nullable String groups) {
    /// Checks the names.
    ///
    /// @throws MalformedException if one is not 1 to 255 printable ASCII characters
    public Claims {
      String expected = "the name of a claim of 1 to 255 printable ASCII characters";
      require(isText(name), "name-claim", expected, name);
      require(groups == null || isText(groups), "groups-claim", expected, groups);
    }
  }

  /// Checks each value.
  ///
  /// @throws MalformedException if one is not usable, with the key of the configuration
  public OidcSettings {
    scopes = List.copyOf(scopes);
    require(isText(clientId), "client-id", "1 to 255 printable ASCII characters", clientId);
    require(
        scopes.contains("openid")
            && scopes.size() <= MAX_SCOPES
            && scopes.stream().allMatch(OidcSettings::isScope),
        "scopes",
        "at most 32 scopes without spaces, 'openid' among them",
        String.join(" ", scopes));
    requireSecret(clientSecret);
    String path = publicUrl.getRawPath();
    if (!IssuerAddress.isProtected(publicUrl) || (path != null && !path.isEmpty())) {
      throw new MalformedException(
          "cannot sign in at 'public-url': expected https, or http on a loopback host, found '"
              + Excerpt.of(publicUrl.toString())
              + "'; set 'public-url' to the https address of this server");
    }
  }

  private static void requireSecret(@Nullable Secret secret) {
    String text = secret == null ? "x" : secret.text();
    if (text.isEmpty()
        || text.length() > MAX_SECRET
        || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new MalformedException(
          "cannot use the secret of 'sign-in.client-secret-file': expected 1 to 4096 printable"
              + " ASCII characters without spaces, found another text; write the secret alone into"
              + " the file");
    }
  }

  private static void require(boolean holds, String key, String expected, @Nullable String found) {
    if (!holds) {
      throw new MalformedException(
          "cannot use 'sign-in.%s': expected %s, found '%s'; correct the configuration"
              .formatted(key, expected, Excerpt.of(String.valueOf(found))));
    }
  }

  private static boolean isText(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_TEXT
        && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  /// Returns whether a text is a scope-token (RFC 6749 section 3.3).
  private static boolean isScope(String text) {
    return isText(text) && text.chars().allMatch(c -> c > ' ' && c != '"' && c != '\\');
  }

  /// Returns the address to register at the provider as redirect URI.
  public URI redirectAddress() {
    return URI.create(publicUrl + RETURN_PATH);
  }

  /// Returns the address to register at the provider as post-logout redirect URI.
  public URI signedOutAddress() {
    return URI.create(publicUrl + SIGNED_OUT_PATH);
  }
}
