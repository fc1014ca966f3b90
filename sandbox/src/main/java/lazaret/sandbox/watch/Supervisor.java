package lazaret.sandbox.watch;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import lazaret.sandbox.Architecture;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.Violation;
import lazaret.sandbox.filter.Errno;
import lazaret.sandbox.filter.Rule;
import lazaret.sandbox.filter.SeccompFilter;
import lazaret.sandbox.filter.SyscallTable;
import lazaret.sandbox.kernel.DeadSocket;
import lazaret.sandbox.kernel.Notification;
import lazaret.sandbox.kernel.Notifications;
import lazaret.sandbox.kernel.SystemCallException;
import org.jspecify.annotations.Nullable;

/// Denies the calls that the inner filter leaves to it, and remembers who made them.
///
/// **How to wire it.** On a platform thread that starts bubblewrap, waits for it and ends after it,
/// one for each run:
///
/// ```
/// Supervisor supervisor = Supervisor.start(reach, architecture); // this thread is bound from here
/// ... start bubblewrap with SeccompFilter.forMode(mode, loopback, true, architecture) ...
/// ... wait for it ...
/// report.addAll(supervisor.stop());
/// ```
///
/// The JDK must have started a process before, from another thread or from this one, so that its
/// pool of reapers is not born bound. When this process dies, or this fails, the kernel denies
/// (ENOSYS).
///
/// **What it lets be.** Calls of bubblewrap while it sets the sandbox up, which has no inner filter
/// yet: no code of others runs before the first process loads that, which is stopped to tell so;
/// and connections that the sandbox offers: to the gate's socket, and with loopback to what the
/// build made itself. A program can change the address after it was looked at. Internet addresses
/// are then bounded by the network namespace; of socket files, those that were in the project and
/// the package cache at the start are masked, so that only one that a process outside makes there
/// during the build is left. Everything else fails with the error that the inner filter alone would
/// have given; only in sealed mode a program that asks for a socket gets a dead one, so that it
/// goes on to say where it wanted to connect to.
public final class Supervisor {
  private static final int SOCK_NONBLOCK = 04000;
  private static final int SOCK_CLOEXEC = 02000000;

  /// The folders that only the build writes to: the target folder and temporary files.
  private static final List<String> OWN_FOLDERS = List.of("/out", "/tmp", "/dev/shm");

  private final Reach reach;
  private final SyscallTable table;
  private final CompletableFuture<Listener> listener = new CompletableFuture<>();
  private final Thread thread;
  private final Sightings sightings = new Sightings();
  private volatile @Nullable SystemCallException failure;

  /// Until the first process inside loads the inner filter. Of the supervisor's thread.
  private boolean settingUp = true;

  /// What there is once the kernel has the filter.
  private record Listener(Notifications notifications, Witness witness) {}

  /// What the sandbox offers.
  ///
  /// @param loopback whether a sealed command has sockets of its own
  /// @param gate the path inside of the gate's socket; empty in sealed mode
  public record Reach(SandboxMode mode, boolean loopback, Optional<String> gate) {
    boolean isSealed() {
      return mode == SandboxMode.SEALED && !loopback;
    }

    boolean offers(SocketAddress address) {
      return switch (address.family()) {
        case UNIX ->
            gate.filter(address.text()::equals).isPresent()
                || (loopback && isOwnSocket(address.text()));
        case LOOPBACK -> loopback;
        case INTERNET, OTHER -> false;
      };
    }
  }

  /// Returns whether the build made a unix socket itself: an abstract one, which is of its network
  /// namespace, or a file in a folder that only the build writes to. A path that is not absolute
  /// and in normal form could leave such a folder.
  private static boolean isOwnSocket(String name) {
    if (name.startsWith("@")) {
      return true;
    }
    boolean isNormal = Arrays.stream(name.split("/", -1)).noneMatch(Set.of(".", "..")::contains);
    return isNormal && OWN_FOLDERS.stream().anyMatch(folder -> name.startsWith(folder + "/"));
  }

  private Supervisor(Reach reach, SyscallTable table) {
    this.reach = reach;
    this.table = table;
    thread = Thread.ofPlatform().name("sandbox-supervisor").daemon().unstarted(this::answerAll);
  }

  /// Binds the calling thread, and all that it starts from now on, and begins to answer on a thread
  /// of its own.
  ///
  /// @throws SandboxException if the kernel refuses
  public static Supervisor start(Reach reach, Architecture architecture) {
    Supervisor supervisor = new Supervisor(reach, SyscallTable.of(architecture));
    // Born before the filter is there: a bound supervisor would wait for itself.
    supervisor.thread.start();
    byte[] filter = SeccompFilter.notifying(reach.mode(), reach.loopback(), architecture);
    try {
      Notifications notifications = Notifications.listen(filter);
      int filters = ProcessFolder.ofThisThread().filters().orElseThrow();
      supervisor.listener.complete(new Listener(notifications, new Witness(filters)));
      return supervisor;
    } catch (SystemCallException e) {
      throw new SandboxException(
          SandboxException.Kind.UNUSABLE,
          "denied calls cannot be reported on this machine (%s): run without their report"
              .formatted(e.getMessage()),
          e);
    } finally {
      // Does nothing where it is complete; else it lets the thread end.
      supervisor.listener.cancel(false);
    }
  }

  /// Ends it, after the command has ended, and returns what was denied, in the order in which it
  /// was first tried.
  ///
  /// @throws SandboxException if the supervisor failed on the way: calls were denied, and some of
  ///   them are not known
  public List<Violation> stop() throws InterruptedException {
    listener.join().notifications().close();
    thread.join();
    SystemCallException e = failure;
    if (e != null) {
      throw new SandboxException(
          SandboxException.Kind.FAILED,
          "the supervisor of denied calls failed (%s): what was tried is not known whole"
              .formatted(e.getMessage()),
          e);
    }
    return sightings.list();
  }

  private void answerAll() {
    if (listener.handle((made, e) -> made == null).join()) {
      return;
    }
    Notifications notifications = listener.join().notifications();
    try {
      Optional<Notification> call = notifications.receive();
      while (call.isPresent()) {
        answer(call.get(), listener.join());
        call = notifications.receive();
      }
    } catch (SystemCallException e) {
      failure = e;
    } finally {
      notifications.release();
    }
  }

  private void answer(Notification call, Listener at) throws SystemCallException {
    if (settingUp || loadsFilter(call)) {
      // Nothing is read about the dozens of calls by which a sandbox is set up.
      settingUp = !loadsFilter(call) && settingUp;
      at.notifications().letBe(call);
      return;
    }
    ProcessFolder caller = ProcessFolder.of(call.thread());
    if (!at.witness().isInside(caller)) {
      at.notifications().letBe(call);
      return;
    }
    String name = table.name(call.number()).orElseThrow();
    Rule rule =
        SeccompFilter.reported(reach.mode(), reach.loopback(), name, call.six()).orElseThrow();
    Resource resource = Resource.of(name, call, caller);
    if (rule.answer().isEmpty() && resource.address().filter(reach::offers).isPresent()) {
      at.notifications().letBe(call);
      return;
    }
    Violation.Origin origin = at.witness().origin(call.thread());
    // Whoever is gone meanwhile may have left its number, and what was read, to another.
    boolean isItsOwn = at.notifications().isWaiting(call);
    if (!isItsOwn || !isHarmless(name, resource)) {
      sightings.add(
          new Violation(
              rule.report().orElseThrow(),
              isItsOwn ? resource.text() : name,
              isItsOwn ? origin : Violation.Origin.UNKNOWN,
              1,
              rule.why(),
              resource.allow()));
    }
    if (name.equals("socket") && reach.isSealed() && resource.isOrdinarySocket()) {
      handOutDeadSocket(call, at.notifications());
    } else {
      at.notifications().deny(call, rule.answer().orElse(Errno.EACCES));
    }
  }

  private boolean loadsFilter(Notification call) {
    return table.name(call.number()).filter(SeccompFilter.LOADS_FILTER::containsKey).isPresent();
  }

  /// A unix socket reaches nobody by itself, and where it is to lead is told when that is tried.
  private boolean isHarmless(String name, Resource resource) {
    boolean unused = name.equals("socket") && reach.isSealed() && resource.isUnixSocket();
    return unused || resource.isNameCache();
  }

  private static void handOutDeadSocket(Notification call, Notifications notifications)
      throws SystemCallException {
    int type = (int) call.argument(1);
    try (DeadSocket socket = DeadSocket.make(type & SOCK_NONBLOCK)) {
      notifications.handOut(call, socket, type & SOCK_CLOEXEC);
    }
  }
}
