package lazaret.vetting.archive;

import lazaret.vetting.Excerpt;

/// A violation of the rules for `.crate` files.
///
/// @param code the rule
/// @param path the path of the entry as in the archive, or the empty text if the problem does not
///   concern one entry; shortened and made printable
/// @param detail the expected and the found value, lower case, no full stop; shortened and made
///   printable
public record ArchiveProblem(ArchiveProblemCode code, String path, String detail) {
  /// Makes path and detail printable, since they come from the archive.
  public ArchiveProblem {
    path = Excerpt.of(path);
    detail = Excerpt.of(detail);
  }

  /// Returns the form for messages: `path-traversal in 'a/../b': a part is '..'`.
  @Override
  public String toString() {
    return code + (path.isEmpty() ? "" : " in '" + path + "'") + ": " + detail;
  }
}
