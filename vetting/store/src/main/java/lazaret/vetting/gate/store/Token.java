package lazaret.vetting.gate.store;

import java.time.Instant;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import org.jspecify.annotations.Nullable;

/// A credential as the store keeps it. The secret itself is shown once, when it is created, and
/// only its hash is stored. Secrets are 256 random bits, so one round of SHA-256 hides them.
///
/// @param name the unique name, shown in the queue and the download log
/// @param owner the person or program that holds it, shown in the ledger. If two persons must
///   agree, owners count
/// @param secretHash the SHA-256 of the secret's text
/// @param roles the roles; never empty in the store
/// @param method the way in which the holder received it
/// @param created the moment of its creation
/// @param expires the expiry; null if there is none
/// @param approver the public id of the token by which a person approved the login; null if there
///   is none. The token ends with it
public record Token(
    String name,
    String owner,
    Sha256 secretHash,
    RoleGrants roles,
    SignInMethod method,
    Instant created,
    @Nullable Instant expires,
    @Nullable String approver) {

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

  /// Returns whether the token has a role, or one that includes it.
  public boolean has(DeskRole role) {
    return roles.has(role);
  }

  /// Returns whether the roles of the token are those of a person, who confirmed a login or created
  /// it for a program. The roles of a login by another token are those of that token.
  public boolean isOfPerson() {
    return method == SignInMethod.LOGIN && approver == null;
  }

  /// Returns this token with the roles alone that other ones include.
  public Token within(RoleGrants limit) {
    return new Token(
        name, owner, secretHash, roles.within(limit), method, created, expires, approver);
  }

  /// Returns a text without the hash, with which a server proves its identity.
  @Override
  public String toString() {
    return "token " + name;
  }
}
