package lazaret.sandbox.folders;

import java.io.IOException;
import java.nio.file.Path;

/// Paths as they are on this machine, links resolved, of what may not be there yet.
public final class RealPaths {
  private RealPaths() {}

  /// Returns the real path. Of what is missing it is where it would be: a secret may come later,
  /// and a folder is checked before it is made.
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

  /// Tells whether one of two real paths is the other, or stands in it.
  public static boolean overlap(Path one, Path other) {
    return one.startsWith(other) || other.startsWith(one);
  }
}
