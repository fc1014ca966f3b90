package lazaret.vetting;

import java.nio.charset.StandardCharsets;
import lazaret.vetting.text.Printable;

/// A short, printable excerpt of foreign text for messages and alarms. Hostile text in a message is
/// an attack: control characters rewrite a terminal, and line breaks forge log lines. Bidirectional
/// marks hide text, and megabytes fill disks.
public final class Excerpt {
  /// The longest excerpt, in characters, without the ellipsis.
  public static final int LENGTH = 120;

  private Excerpt() {}

  /// Returns the start of a text, at most [#LENGTH] characters. Characters that do not print become
  /// `?`; `..` follows if the text was cut.
  public static String of(String text) {
    boolean cut = text.length() > LENGTH;
    int end = cut ? LENGTH : text.length();
    var printable = new StringBuilder(end + 2);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      printable.append(prints(c) ? c : '?');
    }
    return cut ? printable.append("..").toString() : printable.toString();
  }

  /// Returns the excerpt of a range of UTF-8 bytes; malformed sequences become `?`.
  ///
  /// @throws IndexOutOfBoundsException if the range does not lie within the array
  public static String of(byte[] data, int offset, int length) {
    // A character has at most four bytes; bytes beyond that would be cut anyway.
    int taken = Math.min(length, 4 * (LENGTH + 1));
    return of(new String(data, offset, taken, StandardCharsets.UTF_8));
  }

  /// Returns whether a char shows as itself. Half of a surrogate pair does not, nor does U+FFFD,
  /// which marks malformed bytes.
  private static boolean prints(char c) {
    return c != '\ufffd' && Printable.isSafe(c);
  }
}
