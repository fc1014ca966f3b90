package lazaret.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Waits for a descriptor until somebody says stop. One thread waits and releases; any may stop.
final class Waiter {
  private static final int EFD_CLOEXEC = 02000000;
  private static final short POLLIN = 1;
  private static final int POLLED = 8;
  private static final int EVENTS_AT = 4;
  private static final int FOUND_AT = 6;

  private final int descriptor;
  private final int stop;
  private boolean released;

  private Waiter(int descriptor, int stop) {
    this.descriptor = descriptor;
    this.stop = stop;
  }

  /// Takes over a descriptor.
  static Waiter on(int descriptor) throws SystemCallException {
    return new Waiter(descriptor, (int) Kernel.call("eventfd2", 0, EFD_CLOEXEC));
  }

  int descriptor() {
    return descriptor;
  }

  /// Returns true when there is something to read; false when there is not and it was stopped, or
  /// its other end is gone.
  boolean await() throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment polled = arena.allocate(2 * POLLED, POLLED);
      polled.set(ValueLayout.JAVA_INT, 0, descriptor);
      polled.set(ValueLayout.JAVA_SHORT, EVENTS_AT, POLLIN);
      polled.set(ValueLayout.JAVA_INT, POLLED, stop);
      polled.set(ValueLayout.JAVA_SHORT, POLLED + EVENTS_AT, POLLIN);
      Kernel.call("ppoll", polled.address(), 2, 0, 0, 0);
      return (polled.get(ValueLayout.JAVA_SHORT, FOUND_AT) & POLLIN) != 0;
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

  synchronized void release() {
    if (!released) {
      released = true;
      Descriptors.close(descriptor);
      Descriptors.close(stop);
    }
  }
}
