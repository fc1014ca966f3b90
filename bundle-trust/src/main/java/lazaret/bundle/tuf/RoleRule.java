package lazaret.bundle.tuf;

import java.util.Set;

/// A rule on metadata in addition to the specification. It is applied whenever signatures are
/// checked; for a new root twice, with the authority of the previous root and with its own.
public interface RoleRule {
  /// The rule that accepts everything.
  RoleRule NONE = new RoleRule() {};

  /// Checks the signers, before the threshold is checked. The content is not trusted yet.
  ///
  /// @param file the metadata file
  /// @param by the authority that the signatures are checked against
  /// @param good the ids of the role's keys whose signatures verify
  /// @throws lazaret.bundle.BundleException to refuse the file
  default void signed(SignedMetadata<?> file, SigningAuthority by, Set<String> good) {}

  /// Checks the content, after the threshold was reached.
  ///
  /// @param file the metadata file
  /// @param by the authority that the signatures are checked against
  /// @param good the ids of the role's keys whose signatures verify
  /// @throws lazaret.bundle.BundleException to refuse the file
  default void trusted(SignedMetadata<?> file, SigningAuthority by, Set<String> good) {}
}
