package lazaret.mirror.upstream;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that bodies may fill while they arrive and are unpacked, all together: the limits of
/// single bodies times the requests under way would be more than any heap has, and a hostile
/// upstream could choose to send that. Thread-safe; never blocks.
final class Room {
  /// Bodies are held in pieces and once more when they are joined: together a quarter of the heap.
  private static final int SHARE_OF_HEAP = 8;

  private final long size;
  private final AtomicLong taken = new AtomicLong();

  Room(long size) {
    this.size = size;
  }

  /// Returns the room that the heap of this process allows.
  static Room ofHeap() {
    return new Room(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  long size() {
    return size;
  }

  /// Takes room for some bytes.
  ///
  /// @return false where there is none, and nothing was taken
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= size) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  /// Gives back what was taken.
  void release(long bytes) {
    taken.addAndGet(-bytes);
  }
}
