package lazaret.vetting.inspect;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import lazaret.vetting.Excerpt;

/// What can be said of one path in an archive by looking at it alone.
final class TarPath {
  private TarPath() {}

  /// Decodes a path strictly.
  static Optional<String> decode(byte[] raw) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  /// Returns a printable piece of a path that may be anything.
  static String excerpt(byte[] raw) {
    return Excerpt.of(raw, 0, raw.length);
  }

  /// Returns whether some platform or terminal would not take each character for itself: controls,
  /// line separators, marks that turn the reading direction, and what Windows takes for a separator
  /// (`..\..\x` is a traversal there), a drive or a stream.
  static boolean hasTreacherousCharacter(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean treacherous =
          c == '\\'
              || c == ':'
              || Character.isISOControl(c)
              || c == '\u2028'
              || c == '\u2029'
              || (c >= '\u202a' && c <= '\u202e')
              || (c >= '\u2066' && c <= '\u2069');
      if (treacherous) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether the path begins at a root, of Windows included.
  static boolean isAbsolute(String path) {
    return path.startsWith("/")
        || path.startsWith("\\")
        || (path.length() >= 2 && path.charAt(1) == ':' && Character.isLetter(path.charAt(0)));
  }

  /// Returns the form in which paths that are one file on some file system are equal: case folded
  /// (Windows, macOS), canonically decomposed and without invisible characters (macOS), parts
  /// without final dots and spaces (Windows).
  static String collisionKey(String path) {
    String key = path;
    if (!isAscii(path)) {
      key = Normalizer.normalize(withoutFormatCharacters(path), Normalizer.Form.NFD);
      key = key.toUpperCase(Locale.ROOT);
    }
    return withoutFinalDots(key.toLowerCase(Locale.ROOT));
  }

  private static boolean isAscii(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String withoutFormatCharacters(String path) {
    var kept = new StringBuilder(path.length());
    path.codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static String withoutFinalDots(String path) {
    boolean none = path.indexOf("./") < 0 && path.indexOf(" /") < 0 && !endsTrimmed(path);
    if (none) {
      return path;
    }
    var kept = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '/') {
        trim(kept);
      }
      kept.append(c);
    }
    trim(kept);
    return kept.toString();
  }

  private static boolean endsTrimmed(String path) {
    return path.endsWith(".") || path.endsWith(" ");
  }

  private static void trim(StringBuilder kept) {
    int end = kept.length();
    while (end > 0 && (kept.charAt(end - 1) == '.' || kept.charAt(end - 1) == ' ')) {
      end--;
    }
    kept.setLength(end);
  }
}
