package lazaret.site;

import java.time.Instant;
import java.util.regex.Pattern;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A file of a site under its path. Several paths may have one file.
///
/// @param collection the collection
/// @param path the path in the collection: names with `/` between two, without `.` and `..`
/// @param sha256 the SHA-256 of the bytes
/// @param length the length in bytes
/// @param mediaType the media type of HTTP
/// @param admitted the time of the admission by the gate's clock
/// @param by the person or program that admitted it
/// @param origin [#UPSTREAM], [#BUILT], or [#BUNDLE] and the stream of a bundle
/// @param reference what it belongs to, such as a channel, a source or a version; null if nothing
public record SiteFileRow(
    SiteFileCollection collection,
    String path,
    Sha256 sha256,
    long length,
    String mediaType,
    Instant admitted,
    String by,
    String origin,
    @Nullable String reference) {
  /// The origin of files from a public server.
  public static final String UPSTREAM = "upstream";

  /// The origin of files that this gate built.
  public static final String BUILT = "built";

  /// The beginning of the origin of files that a bundle brought.
  public static final String BUNDLE = "bundle:";

  /// The maximum length of a path, in characters.
  public static final int MAX_PATH = 900;

  private static final String NAME = "[A-Za-z0-9_+~=@-][A-Za-z0-9._+~=@-]*";
  private static final Pattern PATH = Pattern.compile(NAME + "(?:/" + NAME + ")*+");

  /// Checks path and length.
  ///
  /// @throws MalformedException if the path has another form, or the length is negative
  public SiteFileRow {
    checkPath(path);
    if (length < 0) {
      throw new MalformedException("cannot read a row of a file: a length of " + length);
    }
  }

  /// Returns whether a text has the form of a path.
  public static boolean isPath(String text) {
    return text.length() <= MAX_PATH && PATH.matcher(text).matches();
  }

  private static void checkPath(String path) {
    if (!isPath(path)) {
      throw new MalformedException(
          "cannot read the path '%s': expected names of letters, digits, '.', '_', '+', '~', '=',"
                  .formatted(Excerpt.of(path))
              + " '@' and '-' that do not begin with '.', found another character or name");
    }
  }

  /// Returns whether this gate fetched or built the file itself.
  public boolean isOwn() {
    return !origin.startsWith(BUNDLE);
  }

  /// Returns the key of the row.
  public String key() {
    return key(collection, path);
  }

  /// Returns the key of the row of a path, or the beginning of the keys of several paths.
  public static String key(SiteFileCollection collection, String path) {
    return collection.code() + '/' + path;
  }
}
