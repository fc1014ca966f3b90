package lazaret.mirror.http2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing buffer of frames. Not thread-safe.
final class FrameBuffer {
  private byte[] bytes = new byte[1_024];
  private int size;

  /// Returns the number of bytes.
  int size() {
    return size;
  }

  /// Returns the bytes and empties the buffer.
  byte[] take() {
    byte[] taken = Arrays.copyOf(bytes, size);
    size = 0;
    return taken;
  }

  /// Discards the bytes after a position.
  void cut(int position) {
    size = position;
  }

  /// Writes a frame header.
  void header(int length, FrameType type, int flags, int stream) {
    capacity(FrameType.HEADER);
    bytes[size++] = (byte) (length >> 16);
    bytes[size++] = (byte) (length >> 8);
    bytes[size++] = (byte) length;
    bytes[size++] = (byte) type.code();
    bytes[size++] = (byte) flags;
    word(stream);
  }

  /// Replaces the length of a frame by the number of bytes behind its header.
  ///
  /// @param start the position of the frame header
  void patchLength(int start) {
    int length = size - start - FrameType.HEADER;
    bytes[start] = (byte) (length >> 16);
    bytes[start + 1] = (byte) (length >> 8);
    bytes[start + 2] = (byte) length;
  }

  /// Writes two bytes.
  void half(int value) {
    capacity(2);
    bytes[size++] = (byte) (value >> 8);
    bytes[size++] = (byte) value;
  }

  /// Writes four bytes.
  void word(int value) {
    capacity(4);
    bytes[size++] = (byte) (value >> 24);
    bytes[size++] = (byte) (value >> 16);
    bytes[size++] = (byte) (value >> 8);
    bytes[size++] = (byte) value;
  }

  /// Writes bytes.
  void write(byte[] from, int offset, int length) {
    capacity(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
  }

  /// Writes an integer of HPACK (RFC 7541, section 5.1).
  void integer(int pattern, int prefix, int value) {
    capacity(6);
    int most = (1 << prefix) - 1;
    if (value < most) {
      bytes[size++] = (byte) (pattern | value);
      return;
    }
    bytes[size++] = (byte) (pattern | most);
    int rest = value - most;
    while (rest >= 0x80) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /// Writes a string of HPACK, without Huffman coding.
  void string(String text) {
    integer(0, 7, text.length());
    byte[] plain = text.getBytes(StandardCharsets.ISO_8859_1);
    write(plain, 0, plain.length);
  }

  /// Returns four bytes as a number.
  static int word(byte[] bytes, int at) {
    return (bytes[at] << 24)
        | ((bytes[at + 1] & 0xFF) << 16)
        | ((bytes[at + 2] & 0xFF) << 8)
        | (bytes[at + 3] & 0xFF);
  }

  private void capacity(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
