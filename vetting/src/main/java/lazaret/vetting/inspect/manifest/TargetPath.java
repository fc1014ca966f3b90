package lazaret.vetting.inspect.manifest;

import java.util.Optional;
import lazaret.vetting.inspect.source.SourcePath;

/// A path at which a manifest says that one of its targets begins.
///
/// @param key of the manifest that names it
/// @param written as the manifest has it, cut where it is longer than any path
/// @param cut whether it was
public record TargetPath(Key key, String written, boolean cut) {
  /// The longest path that platforms open.
  private static final int MAX = 4_096;

  /// Keys of a manifest whose value is the path of a target.
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

    /// Returns the key as messages name it.
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

  /// Returns the path below the crate's folder in the form in which an archive holds it; empty
  /// where it names no file in that folder. A backslash separates, as it does on Windows.
  public Optional<String> normal() {
    return cut || absolute() ? Optional.empty() : SourcePath.normal(slashed());
  }

  /// Returns whether it is absolute or climbs out of the crate's folder, if only to come back.
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
