package lazaret.vetting.index;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import lazaret.vetting.Bytes;

/// What the bytes of a line must be before a parser of JSON sees them. Jackson is friendlier than
/// cargo: it guesses UTF-16 and UTF-32, skips a byte order mark and forgives broken UTF-8.
final class LineText {
  private LineText() {}

  /// Checks that a line is UTF-8 that begins an object and holds no control character, which
  /// another reader may take for the end of the line (line injection).
  ///
  /// @param limit the longest line, in bytes
  /// @throws LineFault if it is anything else
  static String decode(Bytes line, int limit) throws LineFault {
    if (line.length() > limit) {
      throw new LineFault(
          LeftOutReason.OVER_LIMIT,
          null,
          "longer than %d bytes: %d".formatted(limit, line.length()));
    }
    boolean ascii = true;
    for (byte b : line.array()) {
      ascii &= b >= 0;
      if ((b >= 0 && b < ' ') || b == 0x7f) {
        throw new LineFault(
            LeftOutReason.CONTROL_CHARACTER, null, "control character %#04x".formatted(b));
      }
    }
    if (!startsObject(line)) {
      throw new LineFault(LeftOutReason.NOT_JSON, null, "no JSON object");
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

  private static String utf8(Bytes line) throws LineFault {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.array())).toString();
    } catch (CharacterCodingException e) {
      throw new LineFault(LeftOutReason.NOT_JSON, null, "no UTF-8");
    }
  }
}
