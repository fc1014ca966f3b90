package lazaret.storage.objects;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.crates.Sha256;

/// The name of an object below the prefix of its store: segments with a slash between them.
///
/// @param name at most 500 characters; a segment has letters, digits, `.`, `_` and `-`, and does
///   not begin with a dot
public record ObjectKey(String name) implements Comparable<ObjectKey> {
  /// The beginning of the keys of artifacts.
  public static final String ARTIFACTS = "objects/";

  /// The number of folders below [#ARTIFACTS], one for each first byte of a SHA-256.
  public static final int ARTIFACT_FOLDERS = 256;

  private static final int MOST_CHARACTERS = 500;
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
  private static final Pattern ARTIFACT =
      Pattern.compile(ARTIFACTS + "([0-9a-f]{2})/(\\1[0-9a-f]{62})\\.([1-9][0-9]{0,17})");

  /// Checks the form.
  ///
  /// @throws IllegalArgumentException if the name has another form
  public ObjectKey {
    if (!isValid(name)) {
      throw new IllegalArgumentException("the name of an object is '" + name + "'");
    }
  }

  /// One upload of the bytes of an artifact. A generation is used once, so that an operation that
  /// arrives late changes nothing that is in use.
  ///
  /// @param cksum the SHA-256 of the bytes
  /// @param generation a number from 1 on that no other upload has
  public record Artifact(Sha256 cksum, long generation) {
    /// Checks the number.
    ///
    /// @throws IllegalArgumentException if it is not positive
    public Artifact {
      if (generation < 1) {
        throw new IllegalArgumentException("a generation is " + generation);
      }
    }

    /// Returns the key: `objects/ab/ab…ef.GENERATION`.
    public ObjectKey key() {
      String hex = cksum.hex();
      return new ObjectKey(ARTIFACTS + hex.substring(0, 2) + '/' + hex + '.' + generation);
    }
  }

  /// Returns whether a text has the form of a name.
  public static boolean isValid(String name) {
    return name.length() <= MOST_CHARACTERS && FORM.matcher(name).matches();
  }

  /// Returns the beginning of the keys of one folder of artifacts, such as `objects/ab/`.
  ///
  /// @param number 0 to 255, the first byte of the SHA-256
  public static String artifactFolder(int number) {
    return ARTIFACTS + HexFormat.of().toHexDigits((byte) number) + '/';
  }

  /// Returns the artifact that this key names, or empty if it is the key of something else.
  public Optional<Artifact> artifact() {
    Matcher parts = ARTIFACT.matcher(name);
    return parts.matches()
        ? Optional.of(new Artifact(Sha256.parse(parts.group(2)), Long.parseLong(parts.group(3))))
        : Optional.empty();
  }

  /// Compares by the bytes of the names, the order of a list.
  @Override
  public int compareTo(ObjectKey other) {
    return name.compareTo(other.name);
  }

  /// Returns the name.
  @Override
  public String toString() {
    return name;
  }
}
