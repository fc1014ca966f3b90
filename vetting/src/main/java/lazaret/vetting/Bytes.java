package lazaret.vetting;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/// An immutable string of bytes with value equality, so that records can carry bytes safely.
/// Thread-safe as long as nobody writes to a borrowed array.
public final class Bytes {
  /// The empty string of bytes.
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] data;

  private Bytes(byte[] data) {
    this.data = data;
  }

  /// Wraps an array without copying it; the caller hands the array over and must not write to it
  /// afterwards (artefacts have megabytes: a copy would cost more than the check it buys).
  public static Bytes of(byte[] data) {
    return data.length == 0 ? EMPTY : new Bytes(data);
  }

  /// Copies a range of an array.
  ///
  /// @throws IndexOutOfBoundsException if the range does not lie within the array
  public static Bytes copyOf(byte[] data, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, data.length);
    return of(Arrays.copyOfRange(data, offset, offset + length));
  }

  /// Encodes text as UTF-8.
  public static Bytes utf8(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Returns the number of bytes.
  public int length() {
    return data.length;
  }

  /// Returns the array itself, borrowed: it must not be written to.
  public byte[] array() {
    return data;
  }

  /// Returns the byte at an index.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  public byte at(int index) {
    return data[index];
  }

  /// Returns a stream over the bytes.
  public InputStream inputStream() {
    return new ByteArrayInputStream(data);
  }

  /// Writes all bytes to a stream.
  ///
  /// @throws IOException as the stream throws it
  public void writeTo(OutputStream out) throws IOException {
    out.write(data);
  }

  /// Decodes as UTF-8; malformed sequences become U+FFFD.
  public String text() {
    return new String(data, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data);
  }

  /// Names the length only: bytes are foreign and may be long.
  @Override
  public String toString() {
    return data.length + " bytes";
  }
}
