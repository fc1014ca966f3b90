package lazaret.vetting.inspect;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Characters of a source that do not show (Trojan Source, CVE-2021-42574): where the first one is,
/// and where the source stops being UTF-8.
///
/// @param hiddenLine line of the first character that does not show or turns the reading direction;
///   0 where there is none
/// @param hidden that character; 0 where there is none
/// @param malformedLine line of the first byte that is no UTF-8; 0 where there is none
record SourceText(int hiddenLine, int hidden, int malformedLine) {
  private static final SourceText PLAIN = new SourceText(0, 0, 0);

  /// Looks at the beginning of an array.
  ///
  /// @param cut whether the source goes on behind it, perhaps in the middle of a character
  static SourceText of(byte[] bytes, int length, boolean cut) {
    return plain(bytes, length) ? PLAIN : decode(ByteBuffer.wrap(bytes, 0, length), cut);
  }

  /// Returns whether bytes are UTF-8 for sure, without any character that may not show. Most
  /// sources are, and need not be decoded.
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
      // The lead bytes behind which not every byte may follow, or hidden characters do.
      boolean special =
          switch (lead) {
            case 0xD8 -> second == 0x9C;
            case 0xE0 -> second < 0xA0;
            case 0xE2 -> second == 0x80 || second == 0x81;
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

  private static SourceText decode(ByteBuffer in, boolean cut) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer out = CharBuffer.allocate(8_192);
    int line = 1;
    int hiddenLine = 0;
    int hidden = 0;
    boolean first = true;
    while (true) {
      CoderResult result = decoder.decode(in, out, !cut);
      out.flip();
      while (out.hasRemaining()) {
        char c = out.get();
        line += c == '\n' ? 1 : 0;
        if (hiddenLine == 0 && isHidden(c) && !(first && c == '\uFEFF')) {
          hiddenLine = line;
          hidden = c;
        }
        first = false;
      }
      out.clear();
      if (result.isError()) {
        return new SourceText(hiddenLine, hidden, line);
      }
      if (result.isUnderflow()) {
        return new SourceText(hiddenLine, hidden, 0);
      }
    }
  }

  /// Marks of direction, joiners and spaces without width, and the tags of plane 14 (by their high
  /// surrogate), which spell whole texts that nobody sees.
  private static boolean isHidden(char c) {
    return (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069')
        || (c >= '\u200B' && c <= '\u200F')
        || (c >= '\u2060' && c <= '\u2064')
        || c == '\u061C'
        || c == '\uFEFF'
        || c == '\uDB40';
  }
}
