package lazaret.vetting.inspect.literal;

import java.util.Arrays;

/// An array of small numbers that may be the bytes of a text. Bounded, not thread-safe.
public final class ByteRun {
  private static final int MAX = 1 << 16;

  private byte[] bytes = new byte[64];
  private int length;
  private int first;
  private boolean open;

  /// Begins an array.
  public void begin() {
    length = 0;
    open = true;
  }

  /// Adds an element; a value other than a byte ends the run.
  public void add(int value, int token) {
    if (!open) {
      return;
    }
    if (value < 0 || value > 255 || length == MAX) {
      open = false;
      return;
    }
    if (length == 0) {
      first = token;
    }
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, length * 2);
    }
    bytes[length++] = (byte) value;
  }

  /// Records a token that is neither an element nor a comma.
  public void stop() {
    open = false;
  }

  /// Ends the array and returns its length, or 0 if it has elements other than bytes.
  public int end() {
    int count = open ? length : 0;
    open = false;
    return count;
  }

  /// Returns the bytes.
  public byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  /// Returns the token of the first byte.
  public int first() {
    return first;
  }

  /// Returns the value of an integer literal, or -1 if it is large or not an integer.
  public static int value(byte[] source, int start, int end) {
    int radix = 10;
    int at = start;
    if (end - start > 2 && source[start] == '0') {
      radix =
          switch (source[start + 1]) {
            case 'x', 'X' -> 16;
            case 'b' -> 2;
            case 'o' -> 8;
            default -> 10;
          };
      at += radix == 10 ? 0 : 2;
    }
    int value = 0;
    for (; at < end && value < 1 << 16; at++) {
      int digit = source[at] < 0 ? -1 : Character.digit(source[at], radix);
      if (digit >= 0) {
        value = value * radix + digit;
      } else if (source[at] == 'u' || source[at] == 'i') {
        return value;
      } else if (source[at] != '_') {
        return -1;
      }
    }
    return value;
  }
}
