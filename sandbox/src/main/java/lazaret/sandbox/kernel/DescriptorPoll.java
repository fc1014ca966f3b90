package lazaret.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A wait for data on several descriptors that can be stopped. One thread waits and releases; any
/// thread may stop.
final class DescriptorPoll {
  private static final int EFD_CLOEXEC = 02000000;
  private static final short POLLIN = 1;
  private static final long POLLED = 8;
  private static final int EVENTS_AT = 4;
  private static final int FOUND_AT = 6;

  private final int[] descriptors;
  private final int stop;
  private boolean released;

  private DescriptorPoll(int[] descriptors, int stop) {
    this.descriptors = descriptors;
    this.stop = stop;
  }

  /// Creates a wait on descriptors, which are closed by [#release].
  static DescriptorPoll on(int... descriptors) throws SystemCallException {
    return new DescriptorPoll(
        descriptors.clone(), (int) SystemCalls.call("eventfd2", 0, EFD_CLOEXEC));
  }

  int descriptor(int index) {
    return descriptors[index];
  }

  /// Returns the index of the first descriptor with data. It is -1 if there is no data and the wait
  /// was stopped or the other end of a descriptor is closed.
  int await() throws SystemCallException {
    int count = descriptors.length;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment polled = arena.allocate((count + 1) * POLLED, POLLED);
      for (int i = 0; i <= count; i++) {
        polled.set(ValueLayout.JAVA_INT, i * POLLED, i == count ? stop : descriptors[i]);
        polled.set(ValueLayout.JAVA_SHORT, i * POLLED + EVENTS_AT, POLLIN);
      }
      SystemCalls.call("ppoll", polled.address(), count + 1, 0, 0, 0);
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
      SystemCalls.call("write", stop, one.address(), Long.BYTES);
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
    // Without the lock, because the kernel takes some milliseconds to close the last descriptor of
    // a watch.
    for (int descriptor : descriptors) {
      FileDescriptors.close(descriptor);
    }
    FileDescriptors.close(stop);
  }
}
