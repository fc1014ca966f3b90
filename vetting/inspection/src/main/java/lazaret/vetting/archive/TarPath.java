package lazaret.vetting.archive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import lazaret.vetting.Excerpt;

/// The checks of one path of an archive that need no other paths.
public final class TarPath {
  private TarPath() {}

  /// Decodes a path strictly.
  ///
  /// @return the path, or empty if it is not valid UTF-8
  static Optional<String> decode(byte[] raw) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  /// Returns a printable excerpt of any path.
  static String excerpt(byte[] raw) {
    return Excerpt.of(raw, 0, raw.length);
  }

  /// Returns whether some platform or terminal would misread a character. Such are controls, line
  /// separators, marks that turn the reading direction, and the characters for separators
  /// (`..\..\x` is a traversal), drives and streams on Windows.
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

  /// Returns whether the path begins at a root, including those of Windows.
  static boolean isAbsolute(String path) {
    return path.startsWith("/")
        || path.startsWith("\\")
        || (path.length() >= 2 && path.charAt(1) == ':' && Character.isLetter(path.charAt(0)));
  }

  /// Returns the form in which two paths are equal if they are one file on some file system.
  ///
  /// Case is folded (Windows, macOS), characters are canonically decomposed and invisible ones
  /// dropped (macOS), and parts have no final dots and spaces (Windows).
  public static String collisionKey(String path) {
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
