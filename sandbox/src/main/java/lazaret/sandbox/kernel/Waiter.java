package lazaret.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Waits for descriptors until somebody says stop. One thread waits and releases; any may stop.
final class Waiter {
  private static final int EFD_CLOEXEC = 02000000;
  private static final short POLLIN = 1;
  private static final long POLLED = 8;
  private static final int EVENTS_AT = 4;
  private static final int FOUND_AT = 6;

  private final int[] descriptors;
  private final int stop;
  private boolean released;

  private Waiter(int[] descriptors, int stop) {
    this.descriptors = descriptors;
    this.stop = stop;
  }

  /// Takes over descriptors.
  static Waiter on(int... descriptors) throws SystemCallException {
    return new Waiter(descriptors.clone(), (int) Kernel.call("eventfd2", 0, EFD_CLOEXEC));
  }

  int descriptor(int index) {
    return descriptors[index];
  }

  /// Returns the index of the first descriptor with something to read; -1 when there is none and it
  /// was stopped, or the other end of one is gone.
  int await() throws SystemCallException {
    int count = descriptors.length;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment polled = arena.allocate((count + 1) * POLLED, POLLED);
      for (int i = 0; i <= count; i++) {
        polled.set(ValueLayout.JAVA_INT, i * POLLED, i == count ? stop : descriptors[i]);
        polled.set(ValueLayout.JAVA_SHORT, i * POLLED + EVENTS_AT, POLLIN);
      }
      Kernel.call("ppoll", polled.address(), count + 1, 0, 0, 0);
      for (int i = 0; i < count; i++) {
        if ((polled.get(ValueLayout.JAVA_SHORT, i * POLLED + FOUND_AT) & POLLIN) != 0) {
          return i;
        }
      }
      return -1;
    }
  }

  synchronized void stop() {
    if (released) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1L);
      Kernel.call("write", stop, one.address(), Long.BYTES);
    } catch (SystemCallException e) {
      throw new IllegalStateException(e);
    }
  }

  void release() {
    synchronized (this) {
      if (released) {
        return;
      }
      released = true;
    }
    // The kernel takes some milliseconds over the last descriptor of a watch: nobody waits for
    // that.
    for (int descriptor : descriptors) {
      Descriptors.close(descriptor);
    }
    Descriptors.close(stop);
  }
}
