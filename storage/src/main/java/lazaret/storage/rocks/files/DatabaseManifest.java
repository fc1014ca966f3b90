package lazaret.storage.rocks.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// The file of RocksDB that lists the files of a database: a log of records in blocks of 32 KiB,
/// each with a masked CRC-32C. A repair checks it, and appends records that drop tables.
public final class DatabaseManifest {
  public static final String CURRENT = "CURRENT";
  private static final Pattern NAME = Pattern.compile("MANIFEST-[0-9]{6,20}");

  private static final int BLOCK = 32 << 10;
  private static final int HEADER = 7;
  private static final int MASK_DELTA = 0xa282ead8;

  // Types of records: whole, or the first, a middle or the last part.
  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int LAST = 4;

  // Tags of an edit.
  private static final int DELETED_FILE = 6;
  private static final int COLUMN_FAMILY = 200;

  private DatabaseManifest() {}

  /// A table to drop.
  ///
  /// @param family number of its column family
  public record Drop(int family, int level, long number) {}

  /// Returns the manifests in a folder, highest number first.
  public static List<Path> all(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted((a, b) -> Long.compare(number(b), number(a)))
          .toList();
    }
  }

  private static long number(Path manifest) {
    return Long.parseLong(manifest.getFileName().toString().substring("MANIFEST-".length()));
  }

  /// Returns the manifest that a database uses; empty if its pointer is damaged or names a missing
  /// file.
  public static Optional<Path> current(Path database) {
    Path pointer = database.resolve(CURRENT);
    try {
      if (!Files.isRegularFile(pointer) || Files.size(pointer) > 100) {
        return Optional.empty();
      }
      String text = Files.readString(pointer, StandardCharsets.ISO_8859_1);
      if (!text.endsWith("\n") || !NAME.matcher(text.strip()).matches()) {
        return Optional.empty();
      }
      return Optional.of(database.resolve(text.strip())).filter(Files::isRegularFile);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// Makes a database use a manifest, which is in its folder.
  static void point(Path database, Path manifest) throws IOException {
    Path pointer = database.resolve(CURRENT);
    Files.writeString(pointer, manifest.getFileName() + "\n", StandardCharsets.US_ASCII);
    try (FileChannel channel = FileChannel.open(pointer, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /// Returns the bytes of whole records at the beginning of a manifest.
  static long wholeBytes(byte[] data) {
    int at = 0;
    int good = 0;
    boolean inside = false;
    while (at + HEADER <= data.length) {
      int left = BLOCK - at % BLOCK;
      if (left < HEADER) {
        at += left;
        continue;
      }
      int length = (data[at + 4] & 0xFF) | (data[at + 5] & 0xFF) << 8;
      int type = data[at + 6];
      if (type < FULL
          || type > LAST
          || length > left - HEADER
          || at + HEADER + length > data.length) {
        break;
      }
      int stored = ByteBuffer.wrap(data, at, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
      if (stored != masked(data, at + 6, length + 1)) {
        break;
      }
      boolean begins = type == FULL || type == FIRST;
      if (begins == inside) {
        break;
      }
      at += HEADER + length;
      inside = type != FULL && type != LAST;
      if (!inside) {
        good = at;
      }
    }
    return good;
  }

  /// Returns whether a manifest consists of whole records only.
  static boolean intact(Path manifest) throws IOException {
    byte[] data = Files.readAllBytes(manifest);
    return data.length > 0 && wholeBytes(data) == data.length;
  }

  /// Appends records that drop tables, and syncs them.
  public static void drop(Path manifest, List<Drop> drops) throws IOException {
    long at = Files.size(manifest);
    var out = new ByteArrayOutputStream();
    for (Drop drop : drops) {
      var edit = new ByteArrayOutputStream();
      varint(edit, DELETED_FILE);
      varint(edit, drop.level());
      varint(edit, drop.number());
      varint(edit, COLUMN_FAMILY);
      varint(edit, drop.family());
      long left = BLOCK - (at + out.size()) % BLOCK;
      if (left < HEADER + edit.size()) {
        // A record must not begin here: the rest of the block is a record that a reader skips.
        out.writeBytes(filler((int) left));
      }
      out.writeBytes(record(edit.toByteArray()));
    }
    try (FileChannel channel = FileChannel.open(manifest, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /// Returns the filler at the end of a block: zeros if a header does not fit, else an edit without
  /// effect.
  private static byte[] filler(int left) {
    if (left < HEADER) {
      return new byte[left];
    }
    // An empty edit, repeated as often as it fits: at most three headers and a few zeros.
    var out = new ByteArrayOutputStream();
    while (left - out.size() >= HEADER) {
      out.writeBytes(record(new byte[0]));
    }
    out.writeBytes(new byte[left - out.size()]);
    return out.toByteArray();
  }

  private static byte[] record(byte[] payload) {
    byte[] typed = new byte[payload.length + 1];
    typed[0] = FULL;
    System.arraycopy(payload, 0, typed, 1, payload.length);
    return ByteBuffer.allocate(HEADER + payload.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(masked(typed, 0, typed.length))
        .putShort((short) payload.length)
        .put(typed)
        .array();
  }

  private static int masked(byte[] data, int from, int length) {
    var crc = new CRC32C();
    crc.update(data, from, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest >= 0x80) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
