package lazaret.vetting.inspect.manifest;

import java.util.Optional;
import lazaret.vetting.inspect.source.SourcePath;

/// A path in a manifest at which one of the crate's targets begins.
///
/// @param key the key of the manifest that names the path
/// @param written the path as written, shortened if it is longer than any path
/// @param cut whether it was shortened
public record TargetPath(Key key, String written, boolean cut) {
  /// The length of the longest path that platforms open.
  private static final int MAX = 4_096;

  /// The keys of a manifest whose value is the path of a target.
  public enum Key {
    /// The build script.
    BUILD("build"),
    /// The library or proc macro.
    LIBRARY("lib.path"),
    /// A program.
    PROGRAM("bin.path");

    private final String text;

    Key(String text) {
      this.text = text;
    }

    /// Returns the key in the form for messages.
    @Override
    public String toString() {
      return text;
    }
  }

  /// Reads the value of a key.
  public static TargetPath read(Key key, String value) {
    boolean cut = value.length() > MAX;
    return new TargetPath(key, cut ? value.substring(0, MAX) : value, cut);
  }

  /// Returns the path below the crate's folder in the form of an archive, or empty if it is outside
  /// of that folder. A backslash separates, as on Windows.
  public Optional<String> normal() {
    return cut || absolute() ? Optional.empty() : SourcePath.normal(slashed());
  }

  /// Returns whether the path is absolute or leaves the crate's folder, even if it comes back.
  public boolean leavesCrate() {
    return absolute() || SourcePath.leaves(slashed());
  }

  private String slashed() {
    return written.replace('\\', '/');
  }

  private boolean absolute() {
    boolean drive = written.length() > 1 && written.charAt(1) == ':';
    return drive || slashed().startsWith("/");
  }
}
