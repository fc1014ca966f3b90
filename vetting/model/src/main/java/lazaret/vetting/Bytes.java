package lazaret.vetting;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/// An immutable byte string with value equality, for use in records. Thread-safe as long as the
/// borrowed arrays are not written to.
public final class Bytes {
  /// The empty string of bytes.
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] data;

  private Bytes(byte[] data) {
    this.data = data;
  }

  /// Wraps an array without copying it. The caller must not write to the array afterwards. An
  /// artifact has megabytes, so that a copy would cost more than it protects.
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

  /// Returns the array itself, not a copy. The caller must not write to it.
  public byte[] array() {
    return data;
  }

  /// Returns the byte at an index.
  ///
  /// @throws IndexOutOfBoundsException if the index is negative or not less than the length
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

  /// Returns the bytes decoded as UTF-8; malformed sequences become U+FFFD.
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

  /// Returns the number of bytes and not their content, since they are foreign and may be long.
  @Override
  public String toString() {
    return data.length + " bytes";
  }
}
