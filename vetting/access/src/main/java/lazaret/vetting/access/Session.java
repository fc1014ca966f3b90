package lazaret.vetting.access;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Token;
import org.jspecify.annotations.Nullable;

/// A session of a person in one browser. The secret is in a cookie of the browser; only its hash is
/// stored.
///
/// @param hash the SHA-256 of the secret
/// @param person the name of the person in the ledger
/// @param displayName the name for pages
/// @param issuer the address of the identity provider
/// @param subject the unique id of the person at the provider
/// @param groups the groups of the person at sign-in
/// @param providerSession the id of the session at the provider; null if there is none
/// @param token the public id of the token by which the person signed in; null if it was the
///   provider. The session has the roles of the token, and ends with it
/// @param created the time of sign-in
/// @param used the time of the last request, to the minute
public record Session(
    Sha256 hash,
    String person,
    String displayName,
    String issuer,
    String subject,
    List<String> groups,
    @Nullable String providerSession,
    @Nullable String token,
    Instant created,
    Instant used) {
  public Session {
    groups = List.copyOf(groups);
  }

  /// Returns a session that a person begins at the provider.
  ///
  /// @param hash the SHA-256 of its secret
  static Session of(Identity identity, Sha256 hash, Instant now) {
    return new Session(
        hash,
        identity.name(),
        identity.displayName(),
        identity.issuer(),
        identity.subject(),
        identity.groups(),
        identity.providerSession(),
        null,
        now,
        now);
  }

  /// Returns a session that the owner of a token begins.
  ///
  /// @param hash the SHA-256 of its secret
  static Session of(Token token, Sha256 hash, Instant now) {
    return new Session(
        hash,
        token.owner(),
        token.owner(),
        "",
        "",
        List.of(),
        null,
        Token.publicId(token.secretHash()),
        now,
        now);
  }

  /// Returns the id for pages and logs, which does not reveal the secret: 16 hexadecimal digits.
  public String publicId() {
    return hash.hex().substring(0, 16);
  }

  /// Returns whether the session is valid at a moment.
  boolean isValidAt(Instant now, SessionLimits limits) {
    return now.isBefore(created.plus(limits.absolute())) && now.isBefore(used.plus(limits.idle()));
  }

  /// Returns this session with another time of the last request.
  Session usedAt(Instant now) {
    return new Session(
        hash, person, displayName, issuer, subject, groups, providerSession, token, created, now);
  }

  /// Returns a text without the hash.
  @Override
  public String toString() {
    return "session of " + person;
  }
}
