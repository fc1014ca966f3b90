package lazaret.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import lazaret.sandbox.filter.Errno;

/// A watch for the opening of files, which suspends the opening process if the kernel permits it. A
/// lookup (`stat`) is not an event. The `WatchService` of the JDK supports neither.
///
/// inotify reports every opening, but without the process and only after it was done. Therefore
/// each file also has a lease. The kernel notifies the holder of a lease before another process
/// opens the file. That process waits until the lease is released, or for 45 s
/// (`/proc/sys/fs/lease-break-time`).
///
/// All methods except [#close] must be called on one platform thread, the one that called [#begin].
/// The kernel notifies it by a real-time signal that is sent only to this thread, which blocks it.
/// Real-time signals are queued. Of other signals, a second one would be lost while the first is
/// pending, and the process that opens that file would wait.
///
/// Source: inotify(7); fcntl(2), *Leases*; signalfd(2).
public final class FileLeases implements AutoCloseable {
  private static final int CLOEXEC = 02000000;
  private static final int AT_FDCWD = -100;
  private static final int IN_CLOSE_NOWRITE = 0x10;
  private static final int IN_OPEN = 0x20;

  /// The size of `struct inotify_event` in bytes.
  private static final int EVENT = 16;

  private static final int MASK_AT = 4;
  private static final int NAME_LENGTH_AT = 12;

  private static final int SIGIO = 29;
  private static final int SIGRTMAX = 64;

  /// The blocked signals. The kernel sends SIGIO if it cannot queue the real-time signal, so SIGIO
  /// must have no effect either.
  private static final long SIGNALS = (1L << (SIGRTMAX - 1)) | (1L << (SIGIO - 1));

  private static final int SIG_BLOCK = 0;
  private static final int F_OWNER_TID = 0;
  private static final int F_SETSIG = 10;
  private static final int F_SETOWN_EX = 15;
  private static final int F_SETLEASE = 1024;
  private static final int F_WRLCK = 1;
  private static final int F_UNLCK = 2;

  /// The size of `struct signalfd_siginfo` in bytes.
  private static final int SIGNAL = 128;

  private static final int DESCRIPTOR_AT = 20;
  private static final int BUFFER = 16_384;

  private static final Duration HELD_WITHIN = Duration.ofMillis(100);
  private static final long PAUSE = 200_000L;

  private final DescriptorPoll waiter;
  private final int thread;

  /// The lease descriptors by watch number; [#watches] is the inverse.
  private final Map<Integer, Integer> leases = new HashMap<>();

  private final Map<Integer, Integer> watches = new HashMap<>();

  private FileLeases(DescriptorPoll waiter, int thread) {
    this.waiter = waiter;
    this.thread = thread;
  }

  /// An event on a file.
  ///
  /// @param watch the number returned by [#watch]; -1 if the kernel dropped events
  /// @param kind the kind of event
  public record Event(int watch, Kind kind) {
    /// The kind of an event.
    public enum Kind {
      /// A process wants to open the file, and waits for [FileLeases#letPass].
      WAITING,
      /// The file was opened.
      OPENED,
      /// The file was closed.
      CLOSED
    }
  }

  /// Creates a watch on the calling thread, which must also read it.
  ///
  /// @throws SystemCallException if the kernel refuses, with EMFILE if the user has too many
  ///   watches
  public static FileLeases begin() throws SystemCallException {
    SystemCalls.requirePlatformThread();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment signals = arena.allocateFrom(ValueLayout.JAVA_LONG, SIGNALS);
      SystemCalls.call("rt_sigprocmask", SIG_BLOCK, signals.address(), 0, Long.BYTES);
      int signal = (int) SystemCalls.call("signalfd4", -1, signals.address(), Long.BYTES, CLOEXEC);
      int inotify = (int) SystemCalls.call("inotify_init1", CLOEXEC);
      return new FileLeases(DescriptorPoll.on(signal, inotify), (int) SystemCalls.call("gettid"));
    }
  }

  /// Watches one file, regardless of the name and mount namespace of the opening. If the file is
  /// open, this waits up to 100 ms for its end: a process that is being started has copies of the
  /// descriptors of this process, also of the one that has just written the file, until its program
  /// begins.
  ///
  /// @param file the path of the file
  /// @return the number of the watch in its events
  /// @throws SystemCallException if the kernel refuses
  public int watch(Path file) throws SystemCallException {
    return watch(file, HELD_WITHIN);
  }

  /// Watches one file as [#watch(Path)] does.
  ///
  /// @param patience the maximum wait if the file is open
  int watch(Path file, Duration patience) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(file.toString());
      int descriptor = (int) SystemCalls.call("openat", AT_FDCWD, name.address(), CLOEXEC);
      int events = IN_OPEN | IN_CLOSE_NOWRITE;
      int watch =
          (int) SystemCalls.call("inotify_add_watch", waiter.descriptor(1), name.address(), events);
      leases.put(watch, descriptor);
      watches.put(descriptor, watch);
      long until = System.nanoTime() + patience.toNanos();
      while (!hold(watch) && System.nanoTime() - until < 0) {
        LockSupport.parkNanos(PAUSE);
      }
      return watch;
    }
  }

  /// Takes a lease, so that the next process that opens the file waits. It has no effect if the
  /// file is open or the file system does not support leases.
  ///
  /// @return false if the file is open
  public boolean hold(int watch) {
    Integer lease = leases.get(watch);
    if (lease == null) {
      return true;
    }
    try (Arena arena = Arena.ofConfined()) {
      // Releasing a lease resets these two settings. Their defaults, SIGIO to the whole process,
      // would kill it, so no lease is taken without them.
      MemorySegment owner = arena.allocateFrom(ValueLayout.JAVA_INT, F_OWNER_TID, thread);
      SystemCalls.call("fcntl", lease, F_SETOWN_EX, owner.address());
      SystemCalls.call("fcntl", lease, F_SETSIG, SIGRTMAX);
      SystemCalls.call("fcntl", lease, F_SETLEASE, F_WRLCK);
      return true;
    } catch (SystemCallException e) {
      // Without a lease no process waits, and openings are reported after they are done.
      return !e.is(Errno.EAGAIN);
    }
  }

  /// Releases the lease, so that the waiting processes open the file.
  public void letPass(int watch) throws SystemCallException {
    Integer lease = leases.get(watch);
    try {
      if (lease != null) {
        SystemCalls.call("fcntl", lease, F_SETLEASE, F_UNLCK);
      }
    } catch (SystemCallException e) {
      // The kernel removed the lease meanwhile.
      if (!e.is(Errno.EAGAIN)) {
        throw e;
      }
    }
  }

  /// Waits for events and returns them; the list is empty after [#close].
  public List<Event> read() throws SystemCallException {
    int ready = waiter.await();
    if (ready < 0) {
      return List.of();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(BUFFER, Long.BYTES);
      int descriptor = waiter.descriptor(ready);
      long length = SystemCalls.call("read", descriptor, buffer.address(), BUFFER);
      return ready == 0 ? waiting(buffer, length) : done(buffer, length);
    }
  }

  private List<Event> waiting(MemorySegment signals, long length) {
    List<Event> events = new ArrayList<>();
    for (long at = 0; at + SIGNAL <= length; at += SIGNAL) {
      if (signals.get(ValueLayout.JAVA_INT, at) == SIGIO) {
        // The signal does not identify the file, so an event is returned for every file.
        return leases.keySet().stream().map(w -> new Event(w, Event.Kind.WAITING)).toList();
      }
      int descriptor = signals.get(ValueLayout.JAVA_INT, at + DESCRIPTOR_AT);
      events.add(new Event(watches.getOrDefault(descriptor, -1), Event.Kind.WAITING));
    }
    return events;
  }

  private static List<Event> done(MemorySegment changes, long length) {
    List<Event> events = new ArrayList<>();
    for (long at = 0; at + EVENT <= length; ) {
      int mask = changes.get(ValueLayout.JAVA_INT, at + MASK_AT);
      Event.Kind kind = (mask & IN_OPEN) != 0 ? Event.Kind.OPENED : Event.Kind.CLOSED;
      events.add(new Event(changes.get(ValueLayout.JAVA_INT, at), kind));
      at += EVENT + changes.get(ValueLayout.JAVA_INT, at + NAME_LENGTH_AT);
    }
    return events;
  }

  /// Ends [#read] permanently, as soon as no data is left to read.
  @Override
  public void close() {
    waiter.stop();
  }

  /// Closes all descriptors and releases the leases. The reading thread must call it, after its
  /// last call.
  public void release() {
    waiter.release();
    leases.values().forEach(FileDescriptors::close);
    leases.clear();
  }
}
