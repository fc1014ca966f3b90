package lazaret.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The check that the JVM uses the AOT cache which the launcher of a package named. A JVM that
/// cannot use it starts without it, and its own messages are off because they take several lines.
///
/// Source of the rules: JEP 514; proc_pid_maps(5).
public final class AotCacheCheck {
  private static final String PROPERTY = "lazaret.aot";

  private AotCacheCheck() {}

  /// Returns a line for the log if the cache in the system property `lazaret.aot` is not in use.
  /// Empty if it is in use, if there is none, or if the system does not list the files in memory.
  public static Optional<String> trouble() {
    return trouble(System.getProperty(PROPERTY, ""), Path.of("/proc/self/maps"));
  }

  /// Returns the line for a cache, see [#trouble()].
  ///
  /// @param cache the file of the cache, or an empty text
  /// @param maps the files that the process has in its memory
  static Optional<String> trouble(String cache, Path maps) {
    if (cache.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path file = Path.of(cache);
      boolean silent =
          !Files.exists(file) || Files.readString(maps).contains(file.toRealPath() + "\n");
      return silent ? Optional.empty() : Optional.of(line(file));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static String line(Path file) {
    return "cannot use the AOT cache '%s': expected one of this Java runtime and these options, found another one; the start takes longer; '%s' makes it again"
        .formatted(file, file.resolveSibling("training/train"));
  }
}
