package lazaret.mirror.http2;

/// A decoder of the Huffman code of HPACK (RFC 7541, section 5.2 and appendix B). The code is
/// canonical, so that the lengths of its codes define it.
final class HuffmanDecoder {
  /// The length of the code of each byte and of the end-of-string symbol, as digits to base 36.
  private static final String LENGTHS =
      "dnsssssssoussussssssssusssssssss6aacd68baa8b8666555666666678f6ca"
          + "d67777777777777777777777878djde6f56565666577666567655677777fbeds"
          + "kmkkmmmnmnnnnnonoomnonnnnlmnmnnomlkmmnnlnmmolmnnllmlnmnnkmmmnmmn"
          + "qqkjmnmpqqqrrqopjlqrrqrollqqsrrrkoklmllnmmppooqnqrqqrrrrrsrrrrrq"
          + "u";

  private static final int SHORTEST = 5;
  private static final int LONGEST = 30;

  /// The length of the shortest code in bits, which bounds the decoded form: eight bits become at
  /// most 8/5 bytes.
  private static final int LEAST_BITS = 5;

  /// Symbols in the order of their codes.
  private static final short[] SYMBOLS = new short[LENGTHS.length()];

  /// The first code of each length, the position of its symbol, and the end of the codes of this
  /// length, left-justified to the longest length.
  private static final int[] FIRST = new int[LONGEST + 1];

  private static final int[] OFFSET = new int[LONGEST + 1];
  private static final int[] END = new int[LONGEST + 1];

  static {
    int next = 0;
    int position = 0;
    for (int length = 1; length <= LONGEST; length++) {
      next <<= 1;
      FIRST[length] = next;
      OFFSET[length] = position;
      for (int symbol = 0; symbol < SYMBOLS.length; symbol++) {
        if (Character.digit(LENGTHS.charAt(symbol), 36) == length) {
          SYMBOLS[position++] = (short) symbol;
          next++;
        }
      }
      END[length] = next << (LONGEST - length);
    }
  }

  private HuffmanDecoder() {}

  /// Returns the largest size of the decoded form.
  static int bound(int coded) {
    return coded * 8 / LEAST_BITS;
  }

  /// Decodes the bytes from `from` to `to` into `out`, and returns the number of bytes written.
  ///
  /// @param out at least [#bound] bytes
  /// @throws io.helidon.http.http2.Http2Exception if the padding is wrong, or the end-of-string
  ///   symbol occurs
  static int decode(byte[] in, int from, int to, byte[] out) {
    long bits = 0;
    int count = 0;
    int at = from;
    int written = 0;
    while (true) {
      while (count < LONGEST && at < to) {
        bits = (bits << 8) | (in[at++] & 0xFF);
        count += 8;
      }
      if (count == 0) {
        return written;
      }
      int window = window(bits, count);
      int length = SHORTEST;
      while (window >= END[length] && length < LONGEST) {
        length++;
      }
      if (length > count) {
        checkPadding(bits, count);
        return written;
      }
      int symbol = SYMBOLS[OFFSET[length] + (window >>> (LONGEST - length)) - FIRST[length]];
      if (symbol > 255) {
        throw Http2Violation.compression("end-of-string symbol in a Huffman-coded string");
      }
      out[written++] = (byte) symbol;
      count -= length;
    }
  }

  /// Returns the next bits, followed by ones if there are not enough.
  private static int window(long bits, int count) {
    int mask = (1 << LONGEST) - 1;
    if (count >= LONGEST) {
      return (int) (bits >>> (count - LONGEST)) & mask;
    }
    int missing = LONGEST - count;
    return ((int) (bits << missing) | ((1 << missing) - 1)) & mask;
  }

  private static void checkPadding(long bits, int count) {
    long ones = (1L << count) - 1;
    if (count > 7 || (bits & ones) != ones) {
      throw Http2Violation.compression("wrong padding of a Huffman-coded string");
    }
  }
}
