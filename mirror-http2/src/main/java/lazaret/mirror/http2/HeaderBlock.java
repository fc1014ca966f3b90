package lazaret.mirror.http2;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// A header block that is being received, from HEADERS to the end of the last CONTINUATION frame.
/// Not thread-safe.
final class HeaderBlock {
  /// The maximum number of CONTINUATION frames of one block.
  static final int MAX_CONTINUATIONS = 16;

  /// The maximum number of coded bytes of one block. Huffman coding never makes an honest block
  /// larger than its list.
  static final int MAX_BYTES = 2 * HeaderDecoder.MAX_LIST;

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  private byte[] bytes = new byte[1_024];
  private int size;
  private int stream;
  private int continuations;
  private boolean endStream;
  private long since;

  /// Begins a block.
  void begin(int ofStream, boolean endsStream) {
    stream = ofStream;
    endStream = endsStream;
    size = 0;
    continuations = 0;
    since = System.nanoTime();
  }

  /// Returns the stream of a block that is incomplete; 0 if there is none.
  int stream() {
    return stream;
  }

  /// Returns whether the block ends the client's side of its stream.
  boolean endsStream() {
    return endStream;
  }

  /// Records a CONTINUATION frame.
  void continued() {
    continuations++;
    if (continuations > MAX_CONTINUATIONS) {
      throw Http2Violation.excess("more than " + MAX_CONTINUATIONS + " CONTINUATION frames");
    }
    if (System.nanoTime() - since > PATIENCE) {
      throw Http2Violation.excess("header block that took more than 10 s");
    }
  }

  /// Adds a fragment.
  void add(byte[] from, int offset, int length) {
    if (size + length > MAX_BYTES) {
      throw Http2Violation.excess("header block above " + MAX_BYTES + " bytes");
    }
    if (size + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + length, bytes.length * 2));
    }
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
  }

  /// Decodes the block.
  void decode(HeaderDecoder decoder, HeaderDecoder.Sink sink) {
    decoder.decode(bytes, size, sink);
  }

  /// Discards the block.
  void end() {
    stream = 0;
  }
}
