package lazaret.vetting.inspect.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Paths below a crate's folder in the form of archives: without empty parts, `.` and `..`.
public final class SourcePath {
  private SourcePath() {}

  /// Resolves `.` and `..`.
  ///
  /// @return the path, or empty if it leaves the crate or is the folder itself
  public static Optional<String> normal(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          return Optional.empty();
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("/", parts));
  }

  /// Returns whether a path leaves the folder in which it begins, even if it comes back.
  public static boolean leaves(String path) {
    int depth = 0;
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        depth--;
      } else if (!part.isEmpty() && !part.equals(".")) {
        depth++;
      }
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }
}
