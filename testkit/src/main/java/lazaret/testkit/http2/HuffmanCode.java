package lazaret.testkit.http2;

import java.io.ByteArrayOutputStream;

/// The Huffman code of HPACK (RFC 7541, appendix B). The code is canonical, so that its lengths
/// define it.
final class HuffmanCode {
  /// The length of the code of each byte and of the end-of-string symbol, as digits to base 36.
  private static final String LENGTHS =
      "dnsssssssoussussssssssusssssssss6aacd68baa8b8666555666666678f6ca"
          + "d67777777777777777777777878djde6f56565666577666567655677777fbeds"
          + "kmkkmmmnmnnnnnonoomnonnnnlmnmnnomlkmmnnlnmmolmnnllmlnmnnkmmmnmmn"
          + "qqkjmnmpqqqrrqopjlqrrqrollqqsrrrkoklmllnmmppooqnqrqqrrrrrsrrrrrq"
          + "u";

  private static final int LONGEST = 30;
  private static final int[] CODES = codes();

  private HuffmanCode() {}

  private static int length(int symbol) {
    return Character.digit(LENGTHS.charAt(symbol), 36);
  }

  private static int[] codes() {
    int[] codes = new int[LENGTHS.length()];
    int next = 0;
    for (int length = 1; length <= LONGEST; length++) {
      next <<= 1;
      for (int symbol = 0; symbol < codes.length; symbol++) {
        if (length(symbol) == length) {
          codes[symbol] = next++;
        }
      }
    }
    return codes;
  }

  /// Returns the code of bytes, padded with ones.
  static byte[] encode(byte[] plain) {
    var out = new ByteArrayOutputStream();
    long bits = 0;
    int count = 0;
    for (byte b : plain) {
      bits = (bits << length(b & 0xFF)) | CODES[b & 0xFF];
      count += length(b & 0xFF);
      while (count >= 8) {
        count -= 8;
        out.write((int) (bits >> count));
      }
    }
    if (count > 0) {
      out.write((int) ((bits << (8 - count)) | (0xFF >> count)));
    }
    return out.toByteArray();
  }

  /// Returns the decoded bytes; padding is not checked.
  static byte[] decode(byte[] coded) {
    var out = new ByteArrayOutputStream();
    int code = 0;
    int length = 0;
    for (int i = 0; i < coded.length * 8; i++) {
      code = (code << 1) | ((coded[i / 8] >> (7 - i % 8)) & 1);
      length++;
      int symbol = symbol(code, length);
      if (symbol >= 0) {
        out.write(symbol);
        code = 0;
        length = 0;
      }
    }
    return out.toByteArray();
  }

  private static int symbol(int code, int length) {
    for (int symbol = 0; symbol < 256; symbol++) {
      if (length(symbol) == length && CODES[symbol] == code) {
        return symbol;
      }
    }
    return -1;
  }
}
