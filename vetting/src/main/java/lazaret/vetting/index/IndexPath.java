package lazaret.vetting.index;

import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;

/// Where the index file of a crate stands below the root of the index. A name has exactly one path
/// and a path exactly one lower-case name, so nothing but a name's own path is ever looked up:
/// wrong prefixes, upper case, `..`, percent signs and backslashes are no paths.
///
/// Source: Cargo reference, *Registry Index*, *Index files*.
public final class IndexPath {
  private IndexPath() {}

  /// Returns the path of a crate's index file, without a slash at either end: `se/rd/serde`.
  public static String of(CrateName name) {
    String file = name.indexName();
    return prefix(file) + "/" + file;
  }

  /// Returns the folder of a name as it is written, case kept: `1`, `2`, `3/a` or `Ab/cd`.
  static String prefix(String name) {
    return switch (name.length()) {
      case 1 -> "1";
      case 2 -> "2";
      case 3 -> "3/" + name.charAt(0);
      default -> name.substring(0, 2) + "/" + name.substring(2, 4);
    };
  }

  /// Reads a path.
  ///
  /// @param path as in the address of a request, after the root of the index, not decoded:
  ///   `se/rd/serde`
  /// @return the lower-case name of the crate, which need not be spelt as it was published
  /// @throws MalformedException if no crate's index file stands at the path
  public static CrateName parse(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    if (CrateName.isValid(file)) {
      CrateName name = CrateName.parse(file);
      // Built anew and compared whole: no other spelling of a path gets through.
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
