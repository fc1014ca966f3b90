package lazaret.signin.oidc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import lazaret.signin.SignedToken;
import lazaret.signin.TokenRefusedException;
import lazaret.vetting.text.Printable;
import org.jspecify.annotations.Nullable;

/// The checks of claims that ID tokens and logout tokens share (OpenID Connect Core 1.0 section
/// 3.1.3.7). Thread-safe.
final class TokenClaimsCheck {
  /// The tolerated difference between the clocks of the provider and this server.
  static final Duration SKEW = Duration.ofSeconds(60);

  /// The maximum length of ids of people, sessions and tokens, in characters.
  static final int MAX_ID = 255;

  private final OidcSettings settings;
  private final Clock clock;

  TokenClaimsCheck(OidcSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /// Checks issuer, audience and times.
  ///
  /// @throws TokenRefusedException if one is absent or not the expected one
  void check(SignedToken token) {
    String issuer = token.text("iss").orElse(null);
    if (!settings.issuer().text().equals(issuer)) {
      throw token.refused("iss", "'" + settings.issuer() + "'", issuer);
    }
    checkAudience(token);
    checkTimes(token);
  }

  private void checkAudience(SignedToken token) {
    String client = settings.clientId();
    List<String> audience = token.texts("aud").orElse(List.of());
    if (!audience.contains(client)) {
      throw token.refused("aud", "'" + client + "'", audience);
    }
    String authorized = token.text("azp").orElse(null);
    boolean several = audience.stream().anyMatch(one -> !one.equals(client));
    if (authorized == null ? several : !authorized.equals(client)) {
      throw token.refused("azp", "'" + client + "'", authorized);
    }
  }

  private void checkTimes(SignedToken token) {
    Instant now = clock.instant();
    Instant expires =
        token.time("exp").orElseThrow(() -> token.refused("exp", "a time in the future", null));
    if (!now.isBefore(expires.plus(SKEW))) {
      throw token.refused("exp", "after " + now, expires);
    }
    Instant issued =
        token.time("iat").orElseThrow(() -> token.refused("iat", "a time in the past", null));
    if (issued.isAfter(now.plus(SKEW))) {
      throw token.refused("iat", "at most 60 s after " + now, issued);
    }
    Instant from = token.time("nbf").orElse(issued);
    if (from.isAfter(now.plus(SKEW))) {
      throw token.refused("nbf", "at most 60 s after " + now, from);
    }
  }

  /// Checks that the header names no other type of token (RFC 8725 section 3.11).
  ///
  /// @param accepted the accepted types in lower case
  /// @throws TokenRefusedException if the token has another type
  static void checkType(SignedToken token, Set<String> accepted) {
    String type = token.type();
    if (type != null && !accepted.contains(type.toLowerCase(Locale.ROOT))) {
      throw token.refused("typ", "one of " + accepted, type);
    }
  }

  /// Returns an id, or null if the token has none.
  ///
  /// @throws TokenRefusedException if it is empty, has more than 255 characters, or control
  ///   characters
  static @Nullable String id(SignedToken token, String claim) {
    String id = token.text(claim).orElse(null);
    if (id != null
        && (id.isEmpty() || id.length() > MAX_ID || !id.codePoints().allMatch(Printable::prints))) {
      throw token.refused(claim, "1 to 255 printable characters", id);
    }
    return id;
  }
}
