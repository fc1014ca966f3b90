package lazaret.storage.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A writer of one record: a format byte, the fields, and the CRC-32C of both, low byte first. Not
/// thread-safe, used once.
final class RecordWriter {
  /// The number of bytes of the checksum at the end.
  static final int CHECKSUM = 4;

  private byte[] data;
  private int length;

  /// Starts a record.
  ///
  /// @param format kind of the record and version of its form, one byte
  /// @param expectedLength the approximate length of the record, as a hint
  RecordWriter(int format, int expectedLength) {
    data = new byte[expectedLength + 1 + CHECKSUM];
    u8(format);
  }

  RecordWriter u8(int value) {
    ensureCapacity(1);
    data[length++] = (byte) value;
    return this;
  }

  RecordWriter flag(boolean value) {
    return u8(value ? 1 : 0);
  }

  /// Writes an unsigned number in groups of seven bits, low group first (LEB128).
  RecordWriter number(long value) {
    ensureCapacity(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      data[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    data[length++] = (byte) rest;
    return this;
  }

  RecordWriter raw(byte[] bytes, int from, int count) {
    ensureCapacity(count);
    System.arraycopy(bytes, from, data, length, count);
    length += count;
    return this;
  }

  RecordWriter bytes(Bytes value) {
    number(value.length());
    return raw(value.array(), 0, value.length());
  }

  RecordWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    return raw(utf8, 0, utf8.length);
  }

  RecordWriter texts(List<String> values) {
    number(values.size());
    values.forEach(this::text);
    return this;
  }

  RecordWriter sha256(Sha256 value) {
    byte[] digest = value.bytes();
    return raw(digest, 0, digest.length);
  }

  /// Writes a time: seconds since 1970 with the sign in the lowest bit, then nanoseconds.
  RecordWriter instant(Instant value) {
    long seconds = value.getEpochSecond();
    return number((seconds << 1) ^ (seconds >> 63)).number(value.getNano());
  }

  <T> RecordWriter maybe(@Nullable T value, BiConsumer<RecordWriter, T> write) {
    if (value == null) {
      return u8(0);
    }
    u8(1);
    write.accept(this, value);
    return this;
  }

  /// Returns the finished record.
  byte[] finish() {
    var crc = new CRC32C();
    crc.update(data, 0, length);
    long sum = crc.getValue();
    for (int i = 0; i < CHECKSUM; i++) {
      u8((int) (sum >>> (8 * i)));
    }
    return length == data.length ? data : Arrays.copyOf(data, length);
  }

  private void ensureCapacity(int more) {
    if (data.length - length < more) {
      long wanted = Math.max((long) length + more + CHECKSUM, data.length * 2L);
      data = Arrays.copyOf(data, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
  }
}
