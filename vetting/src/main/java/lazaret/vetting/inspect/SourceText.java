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
    int all = 0;
    for (int i = 0; i < length; i++) {
      all |= bytes[i];
    }
    return all >= 0 ? PLAIN : decode(ByteBuffer.wrap(bytes, 0, length), cut);
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
