package lazaret.vetting.hosting.names;

import lazaret.vetting.crates.CrateName;

/// A list of all names of the public registry that the gate holds. Asking it sends nothing to
/// another machine.
@FunctionalInterface
public interface PublicNameList {
  /// The list of a gate that has none.
  PublicNameList NONE = name -> Answer.UNKNOWN;

  /// Returns whether the public registry has a crate with the collision key of a name.
  Answer find(CrateName name);

  /// Returns the FNV-1a hash of the collision key of a name, by which lists hold it.
  static long hash(CrateName name) {
    String key = name.collisionKey();
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /// The answers of the list.
  enum Answer {
    /// There is such a crate.
    PRESENT,
    /// There is none.
    ABSENT,
    /// The list is missing, or older than [#MAX_AGE_DAYS] days.
    UNKNOWN
  }

  /// The maximum age of a list.
  int MAX_AGE_DAYS = 3;
}
