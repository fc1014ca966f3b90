package lazaret.vetting.inspect.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Paths below a crate's folder in the form in which archives hold them: no empty part, no `.` and
/// no `..`.
public final class SourcePath {
  private SourcePath() {}

  /// Resolves `.` and `..`; empty for a path that leaves the crate or is the folder itself.
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

  /// Returns whether a path climbs out of the folder that it begins in, if only to come back.
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
