package lazaret.vetting.index;

import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;

/// The path of a crate's index file below the root of the index. Each name has exactly one path,
/// and each path exactly one lower-case name. Wrong prefixes, upper case, `..`, percent signs and
/// backslashes are refused.
///
/// Source: Cargo reference, *Registry Index*, *Index files*.
public final class IndexPath {
  private IndexPath() {}

  /// Returns the path of a crate's index file, without a slash at either end: `se/rd/serde`.
  public static String of(CrateName name) {
    String file = name.indexName();
    return prefix(file) + "/" + file;
  }

  /// Returns the folder of a name in its original case: `1`, `2`, `3/a` or `Ab/cd`.
  static String prefix(String name) {
    return switch (name.length()) {
      case 1 -> "1";
      case 2 -> "2";
      case 3 -> "3/" + name.charAt(0);
      default -> name.substring(0, 2) + "/" + name.substring(2, 4);
    };
  }

  /// Parses a path.
  ///
  /// @param path path in the address of a request, after the root of the index, not decoded:
  ///   `se/rd/serde`
  /// @return the lower-case name of the crate, which can differ in case from the published one
  /// @throws MalformedException if the path is not that of a crate's index file
  public static CrateName parse(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    if (CrateName.isValid(file)) {
      CrateName name = CrateName.parse(file);
      // The path is built from the name and compared as a whole, so that no other spelling is
      // accepted.
      if (name.indexName().equals(file) && of(name).equals(path)) {
        return name;
      }
    }
    throw new MalformedException(
        "cannot read index path '"
            + Excerpt.of(path)
            + "': expected the path of a lower-case crate name, like se/rd/serde");
  }
}
