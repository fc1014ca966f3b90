package lazaret.vetting.deskapi.bundles;

import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// An absolute path on the server. A relative path would depend on the folder in which the server
/// was started.
///
/// @param text the path
public record ServerPath(String text) {
  /// Checks the form.
  ///
  /// @throws MalformedException if the path is relative or contains NUL
  public ServerPath {
    if (!text.startsWith("/") || text.indexOf('\0') >= 0) {
      throw new MalformedException(
          "cannot read the path '%s': expected an absolute path on the server"
              .formatted(Excerpt.of(text)));
    }
  }

  /// Returns the path.
  @Override
  public String toString() {
    return text;
  }
}
