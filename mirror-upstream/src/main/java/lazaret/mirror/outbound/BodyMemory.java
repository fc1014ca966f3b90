package lazaret.mirror.outbound;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that all bodies together may use while they arrive and are unpacked. The limit of one
/// body, multiplied by the requests in progress, would exceed any heap, and a hostile upstream
/// could exploit that. Thread-safe; never blocks.
public final class BodyMemory {
  /// The divisor of the heap. Bodies are in memory in pieces and once more when they are joined:
  /// together a quarter of the heap.
  private static final int SHARE_OF_HEAP = 8;

  private final long size;
  private final AtomicLong taken = new AtomicLong();

  public BodyMemory(long size) {
    this.size = size;
  }

  /// Returns the memory that the heap of this process permits.
  public static BodyMemory ofHeap() {
    return new BodyMemory(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  long size() {
    return size;
  }

  /// Reserves memory for some bytes.
  ///
  /// @return false if it does not fit; nothing is reserved then
  public boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= size) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  /// Releases reserved memory.
  public void release(long bytes) {
    taken.addAndGet(-bytes);
  }
}
