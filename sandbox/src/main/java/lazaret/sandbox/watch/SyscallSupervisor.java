package lazaret.sandbox.watch;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import lazaret.sandbox.CpuArchitecture;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.Violation;
import lazaret.sandbox.filter.Errno;
import lazaret.sandbox.filter.SeccompFilter;
import lazaret.sandbox.filter.SyscallRule;
import lazaret.sandbox.filter.SyscallTable;
import lazaret.sandbox.kernel.DeadSocket;
import lazaret.sandbox.kernel.SeccompListener;
import lazaret.sandbox.kernel.SeccompNotification;
import lazaret.sandbox.kernel.SystemCallException;
import org.jspecify.annotations.Nullable;

/// The supervisor that denies the calls left to it by the inner filter, and records their origins.
///
/// **Usage.** On a platform thread that starts bubblewrap, waits for it and then ends, one for each
/// run:
///
/// ```
/// var supervisor = SyscallSupervisor.start(reach, architecture); // restricts this thread
/// ... start bubblewrap with SeccompFilter.forMode(mode, loopback, true, architecture) ...
/// ... wait for it ...
/// report.addAll(supervisor.stop());
/// ```
///
/// The JDK must have started a process before, from any thread, so that its pool of process reapers
/// is not created by a restricted thread. If this process dies or the supervisor fails, the kernel
/// denies the calls with ENOSYS.
///
/// **Permitted calls.** Calls of bubblewrap during the setup of the sandbox are permitted. They are
/// made without the inner filter, and no foreign code runs until the first process loads that
/// filter, a call which is reported here. Connections to the socket of the gate are permitted, and
/// with loopback also those to sockets of the build itself. A program can change the address after
/// it was checked. Internet addresses are then restricted by the network namespace. Socket files
/// that were in the project and the package cache at the start are masked; only one that an outside
/// process creates there during the build could be reached. All other calls fail with the error
/// that the inner filter alone would have returned. In sealed mode, however, a request for a socket
/// returns a dead one, so that the program continues and shows the intended destination.
public final class SyscallSupervisor {
  private static final int SOCK_NONBLOCK = 04000;
  private static final int SOCK_CLOEXEC = 02000000;

  /// The folders that only the build writes to: the target folder and temporary files.
  private static final List<String> OWN_FOLDERS = List.of("/out", "/tmp", "/dev/shm");

  private final Reach reach;
  private final SyscallTable table;
  private final CompletableFuture<Listener> listener = new CompletableFuture<>();
  private final Thread thread;
  private final ViolationCollector sightings = new ViolationCollector();
  private volatile @Nullable SystemCallException failure;

  /// The state before the first process loads the inner filter. Used by the supervisor thread only.
  private boolean settingUp = true;

  /// The state after the kernel has accepted the filter.
  private record Listener(SeccompListener notifications, CrateAttribution attribution) {}

  /// The services that the sandbox offers.
  ///
  /// @param mode the network access
  /// @param loopback whether a sealed command may use its own sockets
  /// @param gate the path in the sandbox of the socket of the gate; empty in sealed mode
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

  /// Returns whether a Unix socket belongs to the build. It is an abstract socket, which is limited
  /// to the network namespace, or a file in a folder that only the build writes to. The path must
  /// be absolute and normalized, because another one could leave such a folder.
  private static boolean isOwnSocket(String name) {
    if (name.startsWith("@")) {
      return true;
    }
    boolean isNormal = Arrays.stream(name.split("/", -1)).noneMatch(Set.of(".", "..")::contains);
    return isNormal && OWN_FOLDERS.stream().anyMatch(folder -> name.startsWith(folder + "/"));
  }

  private SyscallSupervisor(Reach reach, SyscallTable table) {
    this.reach = reach;
    this.table = table;
    thread = Thread.ofPlatform().name("sandbox-supervisor").daemon().unstarted(this::respondToAll);
  }

  /// Restricts the calling thread and the processes that it starts later, and starts the supervisor
  /// thread.
  ///
  /// @throws SandboxException if the kernel refuses
  public static SyscallSupervisor start(Reach reach, CpuArchitecture architecture) {
    SyscallSupervisor supervisor = new SyscallSupervisor(reach, SyscallTable.of(architecture));
    // Started before the filter exists: a restricted supervisor would wait for itself.
    supervisor.thread.start();
    byte[] filter = SeccompFilter.notifying(reach.mode(), reach.loopback(), architecture);
    try {
      SeccompListener notifications = SeccompListener.listen(filter);
      int filters = ProcFolder.ofThisThread().filters().orElseThrow();
      supervisor.listener.complete(new Listener(notifications, new CrateAttribution(filters)));
      return supervisor;
    } catch (SystemCallException e) {
      throw new SandboxException(
          SandboxException.Kind.UNUSABLE,
          "cannot report denied calls on this machine: %s; run with --no-report"
              .formatted(e.getMessage()),
          e);
    } finally {
      // Has no effect if the listener is complete; otherwise the thread ends.
      supervisor.listener.cancel(false);
    }
  }

  /// Ends the supervisor after the command has ended, and returns the denied calls in the order of
  /// their first occurrence.
  ///
  /// @throws SandboxException if the supervisor failed; calls were denied, but some are not
  ///   recorded
  public List<Violation> stop() throws InterruptedException {
    listener.join().notifications().close();
    thread.join();
    SystemCallException e = failure;
    if (e != null) {
      throw new SandboxException(
          SandboxException.Kind.FAILED,
          "the supervisor of denied calls failed (%s): the list of denied calls is incomplete"
              .formatted(e.getMessage()),
          e);
    }
    return sightings.list();
  }

  private void respondToAll() {
    if (listener.handle((made, e) -> made == null).join()) {
      return;
    }
    SeccompListener notifications = listener.join().notifications();
    try {
      Optional<SeccompNotification> call = notifications.receive();
      while (call.isPresent()) {
        respond(call.get(), listener.join());
        call = notifications.receive();
      }
    } catch (SystemCallException e) {
      failure = e;
    } finally {
      notifications.release();
    }
  }

  private void respond(SeccompNotification call, Listener at) throws SystemCallException {
    if (settingUp || loadsFilter(call)) {
      // The dozens of calls of the setup are permitted without reading their details.
      settingUp = !loadsFilter(call) && settingUp;
      at.notifications().letBe(call);
      return;
    }
    ProcFolder caller = ProcFolder.of(call.thread());
    if (!at.attribution().isInside(caller)) {
      at.notifications().letBe(call);
      return;
    }
    String name = table.name(call.number()).orElseThrow();
    SyscallRule rule =
        SeccompFilter.reported(reach.mode(), reach.loopback(), name, call.six()).orElseThrow();
    SyscallTarget resource = SyscallTarget.of(name, call, caller);
    if (rule.action().isEmpty() && resource.address().filter(reach::offers).isPresent()) {
      at.notifications().letBe(call);
      return;
    }
    Violation.Origin origin = at.attribution().origin(call.thread());
    // A thread that has ended meanwhile may have been replaced by another one with its number.
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
      at.notifications().deny(call, rule.action().orElse(Errno.EACCES));
    }
  }

  private boolean loadsFilter(SeccompNotification call) {
    return table.name(call.number()).filter(SeccompFilter.LOADS_FILTER::containsKey).isPresent();
  }

  /// Returns whether a call needs no report. A Unix socket has no destination yet; the later
  /// connection is reported.
  private boolean isHarmless(String name, SyscallTarget resource) {
    boolean unused = name.equals("socket") && reach.isSealed() && resource.isUnixSocket();
    return unused || resource.isNameCache();
  }

  private static void handOutDeadSocket(SeccompNotification call, SeccompListener notifications)
      throws SystemCallException {
    int type = (int) call.argument(1);
    try (DeadSocket socket = DeadSocket.make(type & SOCK_NONBLOCK)) {
      notifications.handOut(call, socket, type & SOCK_CLOEXEC);
    }
  }
}
