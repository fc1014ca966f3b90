package lazaret.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Tells when files are opened or read, which the JDK's `WatchService` does not. Looking a file up
/// (`stat`) is no event.
///
/// One thread reads and releases; any thread may watch more and close. Source: inotify(7).
public final class Inotify implements AutoCloseable {
  private static final int IN_CLOEXEC = 02000000;
  private static final int IN_ACCESS = 1;
  private static final int IN_OPEN = 0x20;
  private static final int EVENT = 16;
  private static final int MASK_AT = 4;
  private static final int NAME_LENGTH_AT = 12;
  private static final int BUFFER = 16_384;

  private final Waiter waiter;

  private Inotify(Waiter waiter) {
    this.waiter = waiter;
  }

  /// Something that happened to a file.
  ///
  /// @param watch the number that [#watch] gave; -1 where the kernel had to drop events
  /// @param opened whether it was opened; else it was read
  public record Event(int watch, boolean opened) {}

  /// Begins, with nothing to watch.
  ///
  /// @throws SystemCallException if the kernel refuses: EMFILE where the user has too many
  public static Inotify open() throws SystemCallException {
    return new Inotify(Waiter.on((int) Kernel.call("inotify_init1", IN_CLOEXEC)));
  }

  /// Watches one file, under whatever name and in whatever mount namespace it is opened, and
  /// returns the number that its events carry.
  public int watch(Path file) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(file.toString());
      return (int)
          Kernel.call(
              "inotify_add_watch", waiter.descriptor(), name.address(), IN_OPEN | IN_ACCESS);
    }
  }

  /// Waits for events and returns them; none once this is closed.
  public List<Event> read() throws SystemCallException {
    if (!waiter.await()) {
      return List.of();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(BUFFER, Long.BYTES);
      long length = Kernel.call("read", waiter.descriptor(), buffer.address(), BUFFER);
      List<Event> events = new ArrayList<>();
      for (long at = 0; at + EVENT <= length; ) {
        int watch = buffer.get(ValueLayout.JAVA_INT, at);
        int mask = buffer.get(ValueLayout.JAVA_INT, at + MASK_AT);
        events.add(new Event(watch, (mask & IN_OPEN) != 0));
        at += EVENT + buffer.get(ValueLayout.JAVA_INT, at + NAME_LENGTH_AT);
      }
      return events;
    }
  }

  /// Ends [#read] for good, as soon as nothing waits to be read.
  @Override
  public void close() {
    waiter.stop();
  }

  /// Gives the descriptor back. To be called by the thread that read, after its last call.
  public void release() {
    waiter.release();
  }
}
