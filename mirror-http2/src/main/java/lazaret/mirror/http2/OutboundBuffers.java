package lazaret.mirror.http2;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The buffers in which the connections of a listener gather frames until they are written. Their
/// number is limited, since a client that reads slowly keeps two of them. Thread-safe.
final class OutboundBuffers {
  /// The content of a full TLS record. A record has at most 2^14 bytes (RFC 8446, section 5.1). The
  /// JDK subtracts 17 from them for the type of the content and for padding.
  private static final int RECORD = (1 << 14) - 17;

  /// The size of a buffer in bytes: 2 * (16,384 - 17) = 32,734. A frame that does not fit continues
  /// in the next buffer, so that full buffers make full records with frames of any size. A frame of
  /// 16,384 bytes that is written alone makes two records: 9 + 16,384 = 16,367 + 26.
  static final int SIZE = 2 * RECORD;

  /// The share of the heap that buffers in use have at most.
  private static final int SHARE = 64;

  private static final int LEAST = 16;
  private static final int MOST = 4_096;

  /// The number of unused buffers that are kept: half a MiB.
  private static final int KEPT = 16;

  private final int limit;
  // guarded by this
  private final Deque<byte[]> kept = new ArrayDeque<>(KEPT);
  // guarded by this
  private int used;

  /// Creates buffers.
  ///
  /// @param limit the maximum number of buffers in use
  OutboundBuffers(int limit) {
    this.limit = limit;
  }

  /// Creates buffers that use at most a sixty-fourth of a heap.
  ///
  /// @param heap the maximum size of the heap in bytes
  static OutboundBuffers ofHeap(long heap) {
    return new OutboundBuffers(Math.clamp(heap / SHARE / SIZE, LEAST, MOST));
  }

  /// Returns a buffer, which the caller gives back; null if the limit is reached.
  synchronized byte @Nullable [] take() {
    if (used == limit) {
      return null;
    }
    used++;
    byte[] buffer = kept.pollLast();
    return buffer == null ? new byte[SIZE] : buffer;
  }

  /// Accepts a buffer that is no longer in use.
  synchronized void give(byte[] buffer) {
    used--;
    if (kept.size() < KEPT) {
      kept.addLast(buffer);
    }
  }
}
