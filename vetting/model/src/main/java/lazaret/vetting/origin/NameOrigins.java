package lazaret.vetting.origin;

import lazaret.vetting.crates.CrateName;

/// The origins of all names. Names with one collision key have one origin. Thread-safe; no disk
/// access.
@FunctionalInterface
public interface NameOrigins {
  /// The origins of a gate without a private registry.
  NameOrigins ALL_PUBLIC = name -> NameOrigin.PUBLIC;

  /// Returns the origin of a name. Every text that is a crate name has one.
  NameOrigin of(CrateName name);

  /// Returns whether all words of a text that can be names are public ones. A word is also compared
  /// without what follows one of its `-`, as in `NAME-VERSION.crate`.
  default boolean arePublic(String text) {
    return NameWords.of(text).allMatch(name -> of(name) == NameOrigin.PUBLIC);
  }
}
