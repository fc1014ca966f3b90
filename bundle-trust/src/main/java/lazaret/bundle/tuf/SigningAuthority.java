package lazaret.bundle.tuf;

import java.util.Map;

/// The keys and threshold that the signatures of a metadata file are checked against.
///
/// @param root the root that authorizes the signers, directly or through delegations
/// @param role the name of the role
/// @param signers the key ids whose signatures count, and their threshold
/// @param keys the public keys by key id
public record SigningAuthority(
    Metadata.Root root, String role, RoleKeys signers, Map<String, TufKey> keys) {
  /// Copies the keys.
  public SigningAuthority {
    keys = Map.copyOf(keys);
  }

  /// Returns the authority that a root grants for a top-level role.
  ///
  /// @throws IllegalArgumentException if the root has no such role
  public static SigningAuthority of(Metadata.Root root, String role) {
    return new SigningAuthority(root, role, root.signers(role), root.keys());
  }
}
