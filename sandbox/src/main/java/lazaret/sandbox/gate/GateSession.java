package lazaret.sandbox.gate;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;
import lazaret.sandbox.Violation;
import lazaret.sandbox.folders.TemporaryFolder;

/// One unix socket through which one run in the sandbox reaches the gate, for as long as the run
/// takes. Thread-safe.
///
/// Platform threads serve it, all born of threads that no filter of the sandbox binds.
public final class GateSession implements AutoCloseable {
  /// The name of the socket in its folder.
  public static final String SOCKET = "gate.sock";

  private static final int MOST_DRAINED = 1 << 20;

  /// So many connections cargo opens at a time.
  private static final int USUAL_CONNECTIONS = 2;

  /// Whoever runs a command beside a session knows it by its folder.
  private static final Map<Path, GateSession> OPEN = new ConcurrentHashMap<>();

  private final TemporaryFolder folder;
  private final Terms terms;
  private final GateLog log;
  private final GateLines lines;
  private final ServerSocketChannel door;
  private final ExecutorService threads;
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Supplier<RequestSearch> searches = () -> (_, _, _) -> {};

  /// What a session may do.
  ///
  /// @param gate where requests go
  /// @param scope what may be asked for
  /// @param limits how much
  public record Terms(OutsideGate gate, GateScope scope, GateLimits limits) {}

  private GateSession(TemporaryFolder folder, Terms terms) throws IOException {
    this.folder = folder;
    this.terms = terms;
    this.log = new GateLog();
    this.lines = new GateLines(terms.gate(), terms.limits().answerTime());
    this.door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    door.bind(UnixDomainSocketAddress.of(socket()));
    Files.setPosixFilePermissions(socket(), PosixFilePermissions.fromString("rw-------"));
    this.threads =
        new ThreadPoolExecutor(
            1,
            terms.limits().connections() + 1,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("gate-relay-", 0).factory());
    OPEN.put(folder.path(), this);
    threads.execute(this::accept);
    for (int i = 0; i < USUAL_CONNECTIONS; i++) {
      Thread.ofPlatform().daemon().name("gate-relay-connecting").start(lines::prepare);
    }
  }

  /// Returns the session whose socket lies in a folder; empty where there is none.
  ///
  /// @param folder as [#folder] returns it
  public static Optional<GateSession> at(Path folder) {
    return Optional.ofNullable(OPEN.get(folder));
  }

  /// From now on looks through what each new connection sends.
  ///
  /// @param each makes the search of one connection
  public void searchWith(Supplier<RequestSearch> each) {
    searches = each;
  }

  /// Opens a session.
  ///
  /// @param parent where a private folder for the socket is made; its path must be short, since an
  ///   address of a unix socket has at most 107 bytes
  /// @throws SandboxException if no socket can be made there
  public static GateSession open(Path parent, Terms terms) {
    try {
      TemporaryFolder folder = TemporaryFolder.make(parent, "gate", "rwx------");
      try {
        return new GateSession(folder, terms);
      } catch (IOException e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed("cannot open a socket for the gate below " + parent, e);
    }
  }

  /// Returns the folder with the socket, which holds nothing else and is its user's alone.
  public Path folder() {
    return folder.path();
  }

  private Path socket() {
    return folder().resolve(SOCKET);
  }

  /// Returns what was refused so far.
  public List<Violation> refusals() {
    return log.violations();
  }

  /// Returns why the gate could not be asked the first time that it could not; empty where it
  /// always could.
  public Optional<String> failure() {
    return log.failure();
  }

  /// Waits until everything is read that clients sent who have ended, for a bounded time.
  ///
  /// @param patience the most time to wait
  public void settle(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    // A connection that waits to be accepted is none yet. One of ours waits behind it.
    try (SocketChannel own = SocketChannel.open(UnixDomainSocketAddress.of(socket()));
        Wire wire = new Wire(own, patience, (_, _, _) -> {})) {
      own.shutdownOutput();
      wire.within(patience);
      var _ = wire.next();
    } catch (IOException _) {
      // The session has ended, or nobody is served any more: nothing is left to be read.
    }
    while (connections.get() > 0 && System.nanoTime() < end) {
      Thread.sleep(1);
    }
  }

  private void accept() {
    while (door.isOpen()) {
      try {
        admit(door.accept());
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException e) {
        log.note("a connection", "it cannot be taken: " + e.getMessage());
      }
    }
  }

  private void admit(SocketChannel client) throws IOException {
    connections.incrementAndGet();
    try {
      threads.execute(
          () -> {
            try {
              serve(client);
            } finally {
              connections.decrementAndGet();
            }
          });
    } catch (RejectedExecutionException _) {
      connections.decrementAndGet();
      client.close();
      log.note("a connection", "no more than " + terms.limits().connections() + " at one time");
    }
  }

  private void serve(SocketChannel client) {
    try (client;
        Wire wire = new Wire(client, terms.limits().writeTime(), searches.get())) {
      try {
        new GateConnection(terms, lines, log, wire).serve();
      } finally {
        // Whoever does not wait for answers must not go unsearched.
        wire.drain(MOST_DRAINED);
      }
    } catch (IOException _) {
      // The client went away, was too slow, or the gate broke off: its connection ends, that is
      // all.
    }
  }

  /// Ends every connection and takes the socket away.
  @Override
  public void close() {
    OPEN.remove(folder());
    try {
      door.close();
      threads.shutdownNow();
      lines.close();
      folder.close();
    } catch (IOException e) {
      throw failed("cannot take away the socket in " + folder(), e);
    }
  }

  private static SandboxException failed(String tried, IOException e) {
    return new SandboxException(Kind.FAILED, tried + ": " + e.getMessage(), e);
  }
}
