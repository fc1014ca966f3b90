package lazaret.sandbox.folders;

import java.io.IOException;
import java.nio.file.Path;

/// The resolution of links in paths that need not exist.
public final class RealPaths {
  private RealPaths() {}

  /// Returns the real path. The missing end of a path is appended to the real path of its existing
  /// part, because secrets may be created later and folders are checked before they are created.
  public static Path of(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path missing = Path.of("");
    for (Path at = absolute; at != null; at = at.getParent()) {
      try {
        return at.toRealPath().resolve(missing);
      } catch (IOException _) {
        missing = at.getFileName() == null ? missing : at.getFileName().resolve(missing);
      }
    }
    return absolute;
  }

  /// Returns whether two real paths are equal or one contains the other.
  public static boolean overlap(Path one, Path other) {
    return one.startsWith(other) || other.startsWith(one);
  }
}
