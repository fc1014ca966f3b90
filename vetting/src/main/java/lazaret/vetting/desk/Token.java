package lazaret.vetting.desk;

import java.time.Instant;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A credential as the gate keeps it: the secret itself is shown once, when it is made, and only
/// its hash is kept. Secrets are 256 random bits, so one round of SHA-256 hides them.
///
/// @param name what people call it; unique; shown in the queue and the access log
/// @param owner the person or program that holds it; shown in the ledger, and who counts where two
///   persons must agree
/// @param secretHash SHA-256 of the secret's text
/// @param scopes what it may do; never empty
/// @param created when it was made
/// @param expires when it stops working; null where it does not
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

  /// Returns the public id of the token of a secret. It names the token to the server that made it
  /// and says nothing about the secret, which is 256 random bits.
  ///
  /// @param secretHash SHA-256 of the secret's text
  /// @return 16 hexadecimal digits
  public static String publicId(Sha256 secretHash) {
    return Sha256.of(Bytes.utf8("lazaret-token-id\n" + secretHash.hex())).hex().substring(0, 16);
  }

  /// Tells whether the token works at a moment.
  public boolean worksAt(Instant now) {
    return expires == null || now.isBefore(expires);
  }

  /// Tells whether the token may do something; a wider scope includes the narrower ones.
  public boolean may(Scope scope) {
    return scopes.stream().anyMatch(s -> s.compareTo(scope) >= 0);
  }

  /// Hides the hash: a server proves with it who it is.
  @Override
  public String toString() {
    return "token " + name;
  }

  /// What a token may do, from narrow to wide; each includes the ones before.
  public enum Scope {
    /// Use the registry: index, downloads, search.
    READ,
    /// Have the gate fetch and hold what lockfiles name, in addition.
    PREFETCH,
    /// Work at the desk: see everything, approve, deny, revoke.
    REVIEW,
    /// Run the gate: tokens, import, check, backup.
    ADMIN
  }
}
