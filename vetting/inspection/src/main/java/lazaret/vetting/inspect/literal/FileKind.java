package lazaret.vetting.inspect.literal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import lazaret.vetting.Bytes;

/// The kind of a file, by its first bytes.
public enum FileKind {
  /// A program, library or object that a machine or virtual machine runs.
  EXECUTABLE,
  /// An archive of objects.
  LIBRARY,
  /// A compressed file.
  COMPRESSED,
  /// Any other file.
  OTHER;

  /// The number of bytes that are read.
  public static final int HEAD = 1_024;

  private record Magic(Bytes bytes, FileKind kind) {}

  private static final List<Magic> MAGICS =
      List.of(
          magic("7f454c46", EXECUTABLE), // ELF
          magic("feedface", EXECUTABLE), // Mach-O, four forms
          magic("feedfacf", EXECUTABLE),
          magic("cefaedfe", EXECUTABLE),
          magic("cffaedfe", EXECUTABLE),
          magic("cafebabe", EXECUTABLE), // Mach-O for several machines; Java class
          magic("0061736d", EXECUTABLE), // WebAssembly
          magic("4243c0de", EXECUTABLE), // LLVM bitcode
          magic("6465780a", EXECUTABLE), // Dalvik
          text("!<arch>\n", LIBRARY),
          text("!<thin>\n", LIBRARY),
          magic("1f8b08", COMPRESSED), // gzip
          magic("504b0304", COMPRESSED), // zip, jar
          magic("504b0506", COMPRESSED),
          magic("fd377a585a00", COMPRESSED), // xz
          text("BZh", COMPRESSED),
          magic("28b52ffd", COMPRESSED), // zstd
          magic("377abcaf271c", COMPRESSED), // 7z
          text("Rar!\u001a\u0007", COMPRESSED),
          magic("04224d18", COMPRESSED), // lz4
          text("LZIP", COMPRESSED));

  private static Magic magic(String hex, FileKind kind) {
    return new Magic(Bytes.of(HexFormat.of().parseHex(hex)), kind);
  }

  private static Magic text(String text, FileKind kind) {
    return new Magic(Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1)), kind);
  }

  /// Returns the kind of a file.
  ///
  /// @param head an array that begins with the file
  /// @param length the number of available bytes, of which at most [#HEAD] are read
  public static FileKind of(byte[] head, int length) {
    for (Magic magic : MAGICS) {
      if (startsWith(head, length, 0, magic.bytes().array())) {
        return magic.kind();
      }
    }
    return isPortableExecutable(head, length) || isObject(head, length) ? EXECUTABLE : OTHER;
  }

  private static boolean startsWith(byte[] head, int length, int at, byte[] magic) {
    return at >= 0
        && at + magic.length <= length
        && Arrays.equals(head, at, at + magic.length, magic, 0, magic.length);
  }

  /// Returns whether a file is a PE file: `MZ`, and `PE` and two zeros at the offset in 0x3C. If
  /// that offset is beyond the read bytes, the header of DOS suffices.
  private static boolean isPortableExecutable(byte[] head, int length) {
    if (length < 64 || head[0] != 'M' || head[1] != 'Z') {
      return false;
    }
    int offset = little(head, 0x3C, 4);
    return (offset > length - 4 && offset < 1 << 20)
        || startsWith(head, length, offset, new byte[] {'P', 'E', 0, 0});
  }

  /// Returns whether a file is a COFF object: a usual machine, few sections, no optional header.
  private static boolean isObject(byte[] head, int length) {
    if (length < 60) {
      return false;
    }
    int machine = little(head, 0, 2);
    boolean known = machine == 0x8664 || machine == 0x14C || machine == 0xAA64;
    int sections = little(head, 2, 2);
    return known && sections > 0 && sections < 4_096 && little(head, 16, 2) == 0;
  }

  private static int little(byte[] bytes, int at, int count) {
    int value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[at + i] & 0xFF);
    }
    return value;
  }
}
