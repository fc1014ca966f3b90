package lazaret.bundle.tuf;

import java.util.Set;

/// What a caller asks of metadata beyond the specification, each time that signatures are checked:
/// of a new root twice, by the word of the root before and by its own.
public interface RoleRule {
  /// Asks for nothing more.
  RoleRule NONE = new RoleRule() {};

  /// Judges who signed, before the threshold is judged: the content is not trusted yet.
  ///
  /// @param good the ids of the role's keys whose signatures verify
  /// @throws lazaret.bundle.BundleException to refuse the file
  default void signed(Signed<?> file, Authority by, Set<String> good) {}

  /// Judges what is said, once enough keys have signed it.
  ///
  /// @param good as above
  /// @throws lazaret.bundle.BundleException to refuse the file
  default void trusted(Signed<?> file, Authority by, Set<String> good) {}
}
