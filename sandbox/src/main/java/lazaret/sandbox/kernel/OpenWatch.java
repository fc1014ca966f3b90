package lazaret.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.sandbox.filter.Errno;

/// Tells when files are opened, and keeps whoever opens one waiting meanwhile, as far as the kernel
/// allows it. Looking a file up (`stat`) is no event. The JDK's `WatchService` knows neither.
///
/// inotify tells of every opening, but not by whom, and only once it is done. So each file also has
/// a lease: the kernel lets the holder of a lease know before it lets somebody open the file, and
/// lets that one wait until the lease is given up (or 45 s have passed,
/// `/proc/sys/fs/lease-break-time`).
///
/// All but [#close] is for one platform thread, the one that began: the kernel speaks to it by a
/// real-time signal, which only it gets and which it blocks. Of the others a second one is lost
/// while the first waits, and with it whoever waits for that file.
///
/// Source: inotify(7); fcntl(2), *Leases*; signalfd(2).
public final class OpenWatch implements AutoCloseable {
  private static final int CLOEXEC = 02000000;
  private static final int AT_FDCWD = -100;
  private static final int IN_CLOSE_NOWRITE = 0x10;
  private static final int IN_OPEN = 0x20;

  /// `struct inotify_event`.
  private static final int EVENT = 16;

  private static final int MASK_AT = 4;
  private static final int NAME_LENGTH_AT = 12;

  private static final int SIGIO = 29;
  private static final int SIGRTMAX = 64;

  /// The kernel takes SIGIO where it cannot queue the other: it must not act either.
  private static final long SIGNALS = (1L << (SIGRTMAX - 1)) | (1L << (SIGIO - 1));

  private static final int SIG_BLOCK = 0;
  private static final int F_OWNER_TID = 0;
  private static final int F_SETSIG = 10;
  private static final int F_SETOWN_EX = 15;
  private static final int F_SETLEASE = 1024;
  private static final int F_WRLCK = 1;
  private static final int F_UNLCK = 2;

  /// `struct signalfd_siginfo`.
  private static final int SIGNAL = 128;

  private static final int DESCRIPTOR_AT = 20;
  private static final int BUFFER = 16_384;

  private final Waiter waiter;
  private final int thread;

  /// The descriptor of each file's lease, and the other way round.
  private final Map<Integer, Integer> leases = new HashMap<>();

  private final Map<Integer, Integer> watches = new HashMap<>();

  private OpenWatch(Waiter waiter, int thread) {
    this.waiter = waiter;
    this.thread = thread;
  }

  /// Something that happens to a file.
  ///
  /// @param watch the number that [#watch] gave; -1 where the kernel had to drop events
  public record Event(int watch, Kind kind) {
    /// What happens.
    public enum Kind {
      /// Somebody wants to open it, and waits for [OpenWatch#letPass].
      WAITING,
      /// It was opened.
      OPENED,
      /// It was closed.
      CLOSED
    }
  }

  /// Begins, on the thread that is going to read.
  ///
  /// @throws SystemCallException if the kernel refuses: EMFILE where the user has too many
  public static OpenWatch begin() throws SystemCallException {
    Kernel.requirePlatformThread();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment signals = arena.allocateFrom(ValueLayout.JAVA_LONG, SIGNALS);
      Kernel.call("rt_sigprocmask", SIG_BLOCK, signals.address(), 0, Long.BYTES);
      int signal = (int) Kernel.call("signalfd4", -1, signals.address(), Long.BYTES, CLOEXEC);
      int inotify = (int) Kernel.call("inotify_init1", CLOEXEC);
      return new OpenWatch(Waiter.on(signal, inotify), (int) Kernel.call("gettid"));
    }
  }

  /// Watches one file, under whatever name and in whatever mount namespace it is opened, and
  /// returns the number that its events carry.
  public int watch(Path file) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(file.toString());
      int descriptor = (int) Kernel.call("openat", AT_FDCWD, name.address(), CLOEXEC);
      int events = IN_OPEN | IN_CLOSE_NOWRITE;
      int watch =
          (int) Kernel.call("inotify_add_watch", waiter.descriptor(1), name.address(), events);
      leases.put(watch, descriptor);
      watches.put(descriptor, watch);
      hold(watch);
      return watch;
    }
  }

  /// Makes whoever opens the file next wait; does nothing where it is open now, or where its file
  /// system knows no leases.
  public void hold(int watch) {
    Integer lease = leases.get(watch);
    if (lease == null) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      // Giving a lease up forgets these two, and the usual signal (SIGIO) to the usual owner (the
      // whole process) would end it: no lease without them.
      MemorySegment owner = arena.allocateFrom(ValueLayout.JAVA_INT, F_OWNER_TID, thread);
      Kernel.call("fcntl", lease, F_SETOWN_EX, owner.address());
      Kernel.call("fcntl", lease, F_SETSIG, SIGRTMAX);
      Kernel.call("fcntl", lease, F_SETLEASE, F_WRLCK);
    } catch (SystemCallException _) {
      // Without a lease nobody waits, and openings are told once they are done.
    }
  }

  /// Lets those pass who wait to open the file.
  public void letPass(int watch) throws SystemCallException {
    Integer lease = leases.get(watch);
    try {
      if (lease != null) {
        Kernel.call("fcntl", lease, F_SETLEASE, F_UNLCK);
      }
    } catch (SystemCallException e) {
      // The kernel took it away meanwhile.
      if (!e.is(Errno.EAGAIN)) {
        throw e;
      }
    }
  }

  /// Waits for events and returns them; none once this is closed.
  public List<Event> read() throws SystemCallException {
    int ready = waiter.await();
    if (ready < 0) {
      return List.of();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(BUFFER, Long.BYTES);
      int descriptor = waiter.descriptor(ready);
      long length = Kernel.call("read", descriptor, buffer.address(), BUFFER);
      return ready == 0 ? waiting(buffer, length) : done(buffer, length);
    }
  }

  private List<Event> waiting(MemorySegment signals, long length) {
    List<Event> events = new ArrayList<>();
    for (long at = 0; at + SIGNAL <= length; at += SIGNAL) {
      if (signals.get(ValueLayout.JAVA_INT, at) == SIGIO) {
        // It does not say which file: it may be any.
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

  /// Ends [#read] for good, as soon as nothing waits to be read.
  @Override
  public void close() {
    waiter.stop();
  }

  /// Gives everything back, leases too. To be called by the thread that read, after its last call.
  public void release() {
    waiter.release();
    leases.values().forEach(Descriptors::close);
    leases.clear();
  }
}
