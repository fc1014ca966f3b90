package lazaret.bundle.tuf;

import java.util.Map;

/// Whose signatures a metadata file is held against.
///
/// @param root the root whose word this is, by itself or through delegations
/// @param role a role's name
/// @param signers whose signatures count, and how many are needed
/// @param keys those that the key ids refer to
public record Authority(
    Metadata.Root root, String role, RoleKeys signers, Map<String, TufKey> keys) {
  /// Copies the keys.
  public Authority {
    keys = Map.copyOf(keys);
  }

  /// Returns what a root says of a top-level role.
  ///
  /// @throws IllegalArgumentException for another role
  public static Authority of(Metadata.Root root, String role) {
    return new Authority(root, role, root.signers(role), root.keys());
  }
}
