package lazaret.e2e.packages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// A program or library of Linux, recognized by the head of its file.
///
/// Source: elf(5).
///
/// @param machine the number of the processor, `e_machine`
record ElfFile(int machine) {
  private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};
  private static final int MACHINE_AT = 18;

  /// Returns whether a file is one.
  static boolean is(Path file) {
    return Files.isRegularFile(file) && Arrays.equals(MAGIC, Arrays.copyOf(head(file), 4));
  }

  /// Reads the head of a file that is one.
  static ElfFile read(Path file) {
    return new ElfFile(Byte.toUnsignedInt(head(file)[MACHINE_AT]));
  }

  private static byte[] head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MACHINE_AT + 1);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
