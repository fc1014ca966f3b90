package lazaret.vetting.inspect.rust;

/// The roles of a byte in a Rust source.
final class ByteClass {
  static final byte START = 1;
  static final byte DIGIT = 2;
  static final byte SPACE = 4;
  static final byte WORD = START | DIGIT;

  private static final byte[] CLASSES = classes();

  private ByteClass() {}

  static boolean is(byte b, byte mask) {
    return (CLASSES[b & 0xFF] & mask) != 0;
  }

  private static byte[] classes() {
    byte[] classes = new byte[256];
    for (int b = 0; b < classes.length; b++) {
      boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_' || b >= 0x80;
      boolean space = b == ' ' || (b >= '\t' && b <= '\r');
      classes[b] = letter ? START : b >= '0' && b <= '9' ? DIGIT : space ? SPACE : 0;
    }
    return classes;
  }
}
