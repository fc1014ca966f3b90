package lazaret.vetting.inspect.literal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A decoder of base64 in both alphabets, with or without padding and line breaks (RFC 4648).
public final class Base64Literal {
  private static final byte[] VALUES = values();
  private static final int SKIP = -2;
  private static final int FOREIGN = -1;

  private Base64Literal() {}

  /// Decodes a text.
  ///
  /// @return the bytes, or null if the text contains anything other than base64
  public static byte @Nullable [] decode(byte[] text) {
    byte[] out = new byte[text.length * 3 / 4 + 3];
    int length = 0;
    int bits = 0;
    int held = 0;
    int end = text.length;
    while (end > 0 && text[end - 1] == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      int value = text[i] < 0 ? FOREIGN : VALUES[text[i]];
      if (value == FOREIGN) {
        return null;
      }
      if (value == SKIP) {
        continue;
      }
      bits = bits << 6 | value;
      held += 6;
      if (held >= 8) {
        held -= 8;
        out[length++] = (byte) (bits >> held);
      }
    }
    return Arrays.copyOf(out, length);
  }

  /// Returns whether a byte may occur in base64, as digit, line break or padding.
  static boolean holds(int b) {
    return b == '=' || (b < VALUES.length && VALUES[b] != FOREIGN);
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) FOREIGN);
    for (int i = 0; i < 26; i++) {
      values['A' + i] = (byte) i;
      values['a' + i] = (byte) (26 + i);
    }
    for (int i = 0; i < 10; i++) {
      values['0' + i] = (byte) (52 + i);
    }
    values['+'] = 62;
    values['-'] = 62;
    values['/'] = 63;
    values['_'] = 63;
    values['\n'] = SKIP;
    values['\r'] = SKIP;
    return values;
  }
}
