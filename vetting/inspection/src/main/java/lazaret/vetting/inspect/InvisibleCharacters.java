package lazaret.vetting.inspect;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/// The invisible characters of a source (Trojan Source, CVE-2021-42574), and its first byte that is
/// not valid UTF-8.
///
/// @param hiddenLine the line of the first character that is invisible or turns the reading
///   direction, outside of tests if there is one; 0 if there is none
/// @param hidden that character; 0 if there is none
/// @param inTest whether all such characters are in tests
/// @param malformedLine the line of the first byte that is not valid UTF-8; 0 if there is none
record InvisibleCharacters(int hiddenLine, int hidden, boolean inTest, int malformedLine) {
  private static final InvisibleCharacters PLAIN = new InvisibleCharacters(0, 0, false, 0);

  /// Reads the beginning of an array.
  ///
  /// @param cut whether the source continues after it, perhaps in the middle of a character
  /// @param test returns whether the byte at an index belongs to a test
  static InvisibleCharacters of(byte[] bytes, int length, boolean cut, IntPredicate test) {
    return plain(bytes, length) ? PLAIN : decode(ByteBuffer.wrap(bytes, 0, length), cut, test);
  }

  /// Returns whether a byte is outside of ASCII.
  static boolean beyondAscii(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] < 0) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether bytes are certainly UTF-8 without invisible characters. Most sources are, and
  /// need not be decoded.
  private static boolean plain(byte[] bytes, int length) {
    int i = 0;
    while (i < length) {
      if (bytes[i] >= 0) {
        i++;
        continue;
      }
      int lead = bytes[i] & 0xFF;
      int second = i + 1 < length ? bytes[i + 1] & 0xFF : 0;
      int more = lead < 0xC2 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : 0;
      // The lead bytes that some bytes may not follow, or that begin invisible characters.
      boolean special =
          switch (lead) {
            case 0xD8 -> second == 0x9C;
            case 0xE0 -> second < 0xA0;
            case 0xE2 -> hidesBehindE2(second, i + 2 < length ? bytes[i + 2] & 0xFF : 0);
            case 0xED -> second > 0x9F;
            case 0xEF -> second == 0xBB;
            case 0xF0 -> second < 0x90;
            case 0xF3 -> second == 0xA0;
            case 0xF4 -> second > 0x8F;
            default -> more == 0;
          };
      if (special || i + more >= length) {
        return false;
      }
      for (int k = 1; k <= more; k++) {
        if ((bytes[i + k] & 0xC0) != 0x80) {
          return false;
        }
      }
      i += more + 1;
    }
    return true;
  }

  /// Returns whether the bytes after E2 may be those of an invisible character. Such are U+200B to
  /// U+200F, U+202A to U+202E and U+2060 to U+2069, but not dashes and quotes.
  private static boolean hidesBehindE2(int second, int third) {
    return switch (second) {
      case 0x80 -> (third >= 0x8B && third <= 0x8F) || (third >= 0xAA && third <= 0xAE);
      case 0x81 -> third >= 0xA0 && third <= 0xA9;
      default -> false;
    };
  }

  private static InvisibleCharacters decode(ByteBuffer in, boolean cut, IntPredicate test) {
    CharBuffer out = CharBuffer.allocate(in.remaining());
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, !cut);
    String text = out.flip().toString();
    InvisibleCharacters found = PLAIN;
    int line = 1;
    int at = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (HiddenCharacter.is(c) && !HiddenCharacter.isPlain(text, i) && found.outranked(test, at)) {
        found = new InvisibleCharacters(line, c, test.test(at), 0);
      }
      line += c == '\n' ? 1 : 0;
      at += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }
    return result.isError()
        ? new InvisibleCharacters(found.hiddenLine, found.hidden, found.inTest, line)
        : found;
  }

  /// Returns whether a later character outranks the one that was found.
  private boolean outranked(IntPredicate test, int at) {
    return hiddenLine == 0 || (inTest && !test.test(at));
  }
}
