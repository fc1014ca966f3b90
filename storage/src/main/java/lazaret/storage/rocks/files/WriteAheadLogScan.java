package lazaret.storage.rocks.files;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A reader of RocksDB's write-ahead logs that finds the first record that is torn or damaged. A
/// log is a sequence of blocks of 32 KiB; a record has a masked CRC-32C, a length and a type before
/// its bytes. Logs are not recycled here. The reader changes no files.
///
/// Source: RocksDB, *Write Ahead Log File Format*.
public final class WriteAheadLogScan {
  private static final int BLOCK = 32 << 10;
  private static final int HEADER = 7;

  private WriteAheadLogScan() {}

  /// The place from which on a log cannot be read.
  ///
  /// @param file name of the log
  /// @param at offset of the first unreadable record
  /// @param length length of the log
  public record Tear(String file, long at, long length) {
    @Override
    public String toString() {
      return "the log '%s' is readable up to byte %d of %d".formatted(file, at, length);
    }
  }

  /// Returns the first tear in the logs of a database; empty if all are whole.
  public static Optional<Tear> first(Path database) {
    try (Stream<Path> files = Files.list(database)) {
      List<Path> logs =
          files.filter(file -> file.getFileName().toString().endsWith(".log")).sorted().toList();
      for (Path log : logs) {
        Tear tear = scan(log);
        if (tear != null) {
          return Optional.of(tear);
        }
      }
    } catch (IOException _) {
      // The opening meets the same failure and reports it.
    }
    return Optional.empty();
  }

  private static @Nullable Tear scan(Path log) throws IOException {
    long length = Files.size(log);
    try (InputStream file = Files.newInputStream(log);
        var in = new DataInputStream(file)) {
      byte[] block = new byte[BLOCK];
      for (long start = 0; start < length; start += BLOCK) {
        int size = (int) Math.min(BLOCK, length - start);
        in.readFully(block, 0, size);
        int bad = firstBad(ByteBuffer.wrap(block, 0, size).order(ByteOrder.LITTLE_ENDIAN));
        if (bad >= 0) {
          return new Tear(log.getFileName().toString(), start + bad, length);
        }
      }
      return null;
    }
  }

  /// Returns the offset of the first bad record of a block; -1 if there is none.
  private static int firstBad(ByteBuffer block) {
    int at = 0;
    int size = block.limit();
    while (size - at >= HEADER) {
      int length = block.getShort(at + 4) & 0xFFFF;
      int type = block.get(at + 6) & 0xFF;
      if (type == 0 && length == 0 && block.getInt(at) == 0) {
        return -1; // room that was allocated ahead
      }
      if (at + HEADER + length > size || block.getInt(at) != checksum(block, at, length)) {
        return at;
      }
      at += HEADER + length;
    }
    return size < BLOCK && at < size ? at : -1;
  }

  private static int checksum(ByteBuffer block, int at, int length) {
    var crc = new CRC32C();
    crc.update(block.slice(at + HEADER - 1, 1 + length));
    int value = (int) crc.getValue();
    return ((value >>> 15) | (value << 17)) + 0xa282ead8;
  }
}
