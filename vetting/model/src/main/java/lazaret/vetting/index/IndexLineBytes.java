package lazaret.vetting.index;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import lazaret.vetting.Bytes;

/// The checks of a line's bytes before JSON parsing. Jackson accepts more than cargo: it guesses
/// UTF-16 and UTF-32, skips a byte order mark and tolerates malformed UTF-8.
final class IndexLineBytes {
  private IndexLineBytes() {}

  /// Returns the text of a line that is UTF-8, starts an object and has no control character.
  /// Another reader may take a control character for the end of the line (line injection).
  ///
  /// @param limit maximum length of a line, in bytes
  /// @throws IndexLineFault if the line is anything else
  static String decode(Bytes line, int limit) throws IndexLineFault {
    if (line.length() > limit) {
      throw new IndexLineFault(
          OmissionReason.OVER_LIMIT,
          null,
          "longer than %d bytes: %d".formatted(limit, line.length()));
    }
    boolean ascii = true;
    for (byte b : line.array()) {
      ascii &= b >= 0;
      if ((b >= 0 && b < ' ') || b == 0x7f) {
        throw new IndexLineFault(
            OmissionReason.CONTROL_CHARACTER, null, "control character %#04x".formatted(b));
      }
    }
    if (!startsObject(line)) {
      throw new IndexLineFault(OmissionReason.NOT_JSON, null, "no JSON object");
    }
    return ascii ? new String(line.array(), StandardCharsets.ISO_8859_1) : utf8(line);
  }

  private static boolean startsObject(Bytes line) {
    int at = 0;
    while (at < line.length() && line.at(at) == ' ') {
      at++;
    }
    return at < line.length() && line.at(at) == '{';
  }

  private static String utf8(Bytes line) throws IndexLineFault {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.array())).toString();
    } catch (CharacterCodingException e) {
      throw new IndexLineFault(OmissionReason.NOT_JSON, null, "no UTF-8");
    }
  }
}
