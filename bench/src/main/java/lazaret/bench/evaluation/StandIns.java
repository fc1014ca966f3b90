package lazaret.bench.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/// Well-formed but empty programs and objects that replace the placeholder texts in the fixtures.
/// They have headers as the formats define them, and no code. Where an incident had a binary, a
/// line of text does not test the detection of formats.
final class StandIns {
  private StandIns() {}

  /// Returns the bytes to pack for a file. A placeholder becomes an empty binary in the same
  /// encoding; all other bytes are unchanged.
  static byte[] of(String path, byte[] text) {
    String name = path.toLowerCase(Locale.ROOT);
    String written = new String(text, StandardCharsets.ISO_8859_1);
    if (written.contains("\nTVo")) {
      return ("\n" + Base64.getMimeEncoder().encodeToString(executable()) + "\n")
          .getBytes(StandardCharsets.US_ASCII);
    }
    if (name.endsWith(".rs") && written.contains("0x4d, 0x5a, ")) {
      return written
          .replace("0x4d, 0x5a, ", elements(executable()))
          .getBytes(StandardCharsets.ISO_8859_1);
    }
    if (name.endsWith(".exe") || begins(text, "MZ")) {
      return executable();
    }
    if (name.endsWith(".a")) {
      return "!<arch>\n/               0           0     0     0       0         `\n"
          .getBytes(StandardCharsets.US_ASCII);
    }
    if (name.endsWith(".o") && name.contains("macos")) {
      return words(0xfeedfacf, 0x0100000c, 0, 1, 0, 0, 0, 0);
    }
    return name.endsWith(".o") || begins(text, "\u007fELF") ? elf() : text;
  }

  private static String elements(byte[] bytes) {
    var elements = new StringBuilder();
    for (byte b : bytes) {
      elements.append("0x%02x, ".formatted(b));
    }
    return elements.toString();
  }

  private static boolean begins(byte[] text, String magic) {
    byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
    return text.length >= bytes.length
        && Arrays.equals(text, 0, bytes.length, bytes, 0, bytes.length);
  }

  /// Returns a PE file. Source: PE and COFF, *MS-DOS Stub*: the offset of the signature is at 0x3c.
  private static byte[] executable() {
    byte[] bytes = new byte[0x58];
    bytes[0] = 'M';
    bytes[1] = 'Z';
    bytes[0x3c] = 0x40;
    bytes[0x40] = 'P';
    bytes[0x41] = 'E';
    bytes[0x44] = 0x64;
    bytes[0x45] = (byte) 0x86;
    return bytes;
  }

  /// Returns a relocatable 64-bit object without sections. Source: System V ABI, *ELF Header*.
  private static byte[] elf() {
    byte[] bytes = new byte[64];
    byte[] head = {0x7f, 'E', 'L', 'F', 2, 1, 1};
    System.arraycopy(head, 0, bytes, 0, head.length);
    bytes[16] = 1;
    bytes[18] = 0x3e;
    bytes[20] = 1;
    bytes[52] = 64;
    return bytes;
  }

  private static byte[] words(int... words) {
    byte[] bytes = new byte[words.length * 4];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (words[i / 4] >>> (8 * (i % 4)));
    }
    return bytes;
  }
}
