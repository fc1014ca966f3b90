package lazaret.vetting.inspect;

import java.nio.charset.StandardCharsets;

/// A test for import libraries of Windows in an `ar` archive.
///
/// Such a library contains names of functions of the system, and no code except the jumps to them.
///
/// Sources: Microsoft, *PE Format*, *Import Library Format*; the objects that GNU dlltool makes.
final class WindowsImportLibrary {
  private static final int HEADER = 60;
  private static final int SECTION = 40;
  private static final int COFF = 20;

  /// The maximum number of bytes of machine code of a member: a padded jump through a pointer.
  private static final int MAX_CODE = 32;

  private WindowsImportLibrary() {}

  /// Returns whether every member is such an import.
  ///
  /// @param file the whole archive, at the beginning of an array
  /// @param length the length of the archive in bytes
  static boolean is(byte[] file, int length) {
    int at = 8;
    int members = 0;
    while (at + HEADER <= length) {
      int size = size(file, at);
      int data = at + HEADER;
      if (size < 0 || data + (long) size > length) {
        return false;
      }
      if (file[at] != '/' && !isImport(file, data, size)) {
        return false;
      }
      members++;
      at = data + size + (size & 1);
    }
    return members > 1;
  }

  private static int size(byte[] file, int header) {
    String digits = new String(file, header + 48, 10, StandardCharsets.US_ASCII).strip();
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  private static boolean isImport(byte[] file, int at, int size) {
    if (size < COFF) {
      return false;
    }
    boolean shortForm = little(file, at, 2) == 0 && little(file, at + 2, 2) == 0xFFFF;
    return shortForm || hasNoCode(file, at, size);
  }

  /// Returns whether an object has only import tables in its sections, and code for at most one
  /// jump.
  private static boolean hasNoCode(byte[] file, int at, int size) {
    int sections = little(file, at + 2, 2);
    long code = 0;
    if (COFF + (long) sections * SECTION > size || little(file, at + 16, 2) != 0) {
      return false;
    }
    for (int i = 0; i < sections; i++) {
      int header = at + COFF + i * SECTION;
      String name = new String(file, header, 8, StandardCharsets.ISO_8859_1);
      long bytes = little(file, header + 16, 4) & 0xFFFFFFFFL;
      if (name.startsWith(".idata") || name.startsWith(".debug")) {
        continue;
      }
      code += bytes;
    }
    return code <= MAX_CODE;
  }

  private static int little(byte[] bytes, int at, int count) {
    int value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[at + i] & 0xFF);
    }
    return value;
  }
}
