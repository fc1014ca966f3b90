package lazaret.storage.record;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32C;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// A reader of one record that [RecordWriter] wrote. Disks corrupt data: every length and count is
/// checked against the rest of the record before memory is allocated. Not thread-safe, used once.
final class RecordReader {
  private final byte[] data;
  private final int end;
  private int at = 1;

  private RecordReader(byte[] data, int end) {
    this.data = data;
    this.end = end;
  }

  /// Reads a whole record.
  ///
  /// @param what words for messages, for example `view of serde`
  /// @param format the expected format byte
  /// @param data an array that begins with the record
  /// @param length length of the record
  /// @param body reads all fields
  /// @throws StoreException with code `store-corrupt` if the record is incomplete, has another
  ///   format or its fields form no value
  static <T> T read(
      String what, int format, byte[] data, int length, Function<RecordReader, T> body) {
    try {
      var reader = new RecordReader(data, length - RecordWriter.CHECKSUM);
      reader.checkFrame(format, length);
      T value = body.apply(reader);
      if (reader.at != reader.end) {
        throw new Fault((reader.end - reader.at) + " bytes too many");
      }
      return value;
    } catch (Fault
        | MalformedException
        | IllegalArgumentException
        | DateTimeException
        | ArithmeticException e) {
      throw new StoreException(
          ErrorCode.STORE_CORRUPT,
          "cannot read the stored "
              + what
              + ": "
              + e.getMessage()
              + "; run 'vetting-cli fsck' to see what else is damaged",
          e);
    }
  }

  private void checkFrame(int format, int length) {
    if (length < 1 + RecordWriter.CHECKSUM || length > data.length) {
      throw new Fault("the record has " + length + " bytes");
    }
    var crc = new CRC32C();
    crc.update(data, 0, end);
    long stored = 0;
    for (int i = 0; i < RecordWriter.CHECKSUM; i++) {
      stored |= (data[end + i] & 0xFFL) << (8 * i);
    }
    if (stored != crc.getValue()) {
      throw new Fault("its checksum does not match");
    }
    if ((data[0] & 0xFF) != format) {
      throw new Fault("expected format %02x, found %02x".formatted(format, data[0] & 0xFF));
    }
  }

  int u8() {
    need(1);
    return data[at++] & 0xFF;
  }

  boolean flag() {
    int value = u8();
    if (value > 1) {
      throw new Fault("a flag is " + value);
    }
    return value == 1;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int group = u8();
      value |= (long) (group & 0x7F) << shift;
      if (group < 0x80) {
        return value;
      }
    }
    throw new Fault("a number does not end");
  }

  /// Reads the number of the elements that follow, each of which takes at least one byte.
  int count() {
    long count = number();
    if (count < 0 || count > end - at) {
      throw new Fault("a count of " + Long.toUnsignedString(count) + " goes past the end");
    }
    return (int) count;
  }

  Bytes bytes() {
    int count = count();
    Bytes value = Bytes.copyOf(data, at, count);
    at += count;
    return value;
  }

  String text() {
    int count = count();
    String value = new String(data, at, count, StandardCharsets.UTF_8);
    at += count;
    return value;
  }

  List<String> texts() {
    return list(RecordReader::text);
  }

  <T> List<T> list(Function<RecordReader, T> read) {
    int count = count();
    List<T> values = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      values.add(read.apply(this));
    }
    return values;
  }

  Sha256 sha256() {
    need(Sha256.LENGTH);
    byte[] digest = new byte[Sha256.LENGTH];
    System.arraycopy(data, at, digest, 0, digest.length);
    at += digest.length;
    return Sha256.fromDigest(digest);
  }

  Instant instant() {
    long seconds = number();
    long nanos = number();
    if (nanos < 0 || nanos > 999_999_999) {
      throw new Fault("a moment has " + nanos + " nanoseconds");
    }
    return Instant.ofEpochSecond((seconds >>> 1) ^ -(seconds & 1), nanos);
  }

  <T> @Nullable T maybe(Function<RecordReader, T> read) {
    return flag() ? read.apply(this) : null;
  }

  private void need(int count) {
    if (count > end - at) {
      throw new Fault("the record ends too early");
    }
  }

  /// The fault of a record; never leaves this class.
  private static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Fault(String message) {
      super(message, null, false, false);
    }
  }
}
