package lazaret.vetting.inspect;

import lazaret.vetting.Excerpt;

/// One way in which a `.crate` file is not as it must be.
///
/// @param code which rule it breaks
/// @param path the path of the entry as the archive has it, or the empty text where the problem is
///   not that of one entry; cut and made printable
/// @param detail what was expected and found, lower case, no full stop; cut and made printable
public record Problem(ProblemCode code, String path, String detail) {
  /// Makes foreign text harmless to print.
  public Problem {
    path = Excerpt.of(path);
    detail = Excerpt.of(detail);
  }

  /// Returns the form for messages: `path-traversal in 'a/../b': a part is '..'`.
  @Override
  public String toString() {
    return code + (path.isEmpty() ? "" : " in '" + path + "'") + ": " + detail;
  }
}
