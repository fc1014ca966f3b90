package lazaret.vetting.gate.store;

import java.time.Instant;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A credential as the store keeps it. The secret itself is shown once, when it is created, and
/// only its hash is stored. Secrets are 256 random bits, so one round of SHA-256 hides them.
///
/// @param name the unique name, shown in the queue and the download log
/// @param owner the person or program that holds it, shown in the ledger. If two persons must
///   agree, owners count
/// @param secretHash the SHA-256 of the secret's text
/// @param scopes the scopes; never empty
/// @param created the moment of its creation
/// @param expires the expiry; null if there is none
public record Token(
    String name,
    String owner,
    Sha256 secretHash,
    Set<Scope> scopes,
    Instant created,
    @Nullable Instant expires) {

  /// Copies the set.
  public Token {
    scopes = Set.copyOf(scopes);
  }

  /// Returns the public id of the token of a secret. It names the token to the server that created
  /// it and reveals nothing about the secret, which is 256 random bits.
  ///
  /// @param secretHash the SHA-256 of the secret's text
  /// @return 16 hexadecimal digits
  public static String publicId(Sha256 secretHash) {
    return Sha256.of(Bytes.utf8("lazaret-token-id\n" + secretHash.hex())).hex().substring(0, 16);
  }

  /// Returns whether the token is valid at a moment.
  public boolean worksAt(Instant now) {
    return expires == null || now.isBefore(expires);
  }

  /// Returns whether the token has a scope. A wider scope includes the narrower ones.
  public boolean may(Scope scope) {
    return scopes.stream().anyMatch(s -> s.compareTo(scope) >= 0);
  }

  /// Returns a text without the hash, with which a server proves its identity.
  @Override
  public String toString() {
    return "token " + name;
  }

  /// A permission of a token, from narrow to wide. Each includes the ones before.
  public enum Scope {
    /// Use of the registry: index, downloads, search.
    READ,
    /// Fetching and storing of the versions that lockfiles name, in addition.
    PREFETCH,
    /// Work at the desk: reading all data, approving, denying, revoking.
    REVIEW,
    /// Administration of the gate: tokens, import, check, backup.
    ADMIN
  }
}
