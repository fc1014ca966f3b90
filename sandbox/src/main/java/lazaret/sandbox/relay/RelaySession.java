package lazaret.sandbox.relay;

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
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import lazaret.sandbox.RelaySocket;
import lazaret.sandbox.RequestScan;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;
import lazaret.sandbox.Violation;
import lazaret.sandbox.folders.TemporaryFolder;

/// A Unix socket through which one sandbox run reaches the gate. It exists for the duration of the
/// run. Thread-safe.
///
/// Platform threads serve it. They are created by threads that no sandbox filter restricts.
public final class RelaySession implements RelaySocket, AutoCloseable {
  /// The name of the socket in its folder.
  public static final String SOCKET = "gate.sock";

  private static final int MOST_DRAINED = 1 << 20;

  /// The number of connections that cargo opens at a time.
  private static final int USUAL_CONNECTIONS = 2;

  private final TemporaryFolder folder;
  private final Terms terms;
  private final RelayLog log;
  private final GateLines lines;
  private final ServerSocketChannel listener;
  private final ExecutorService threads;
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Supplier<RequestScan> searches = () -> (_, _, _) -> {};

  /// The terms of a session.
  ///
  /// @param gate the gate that receives the requests
  /// @param scope the permitted objects
  /// @param limits the limits of the relay
  public record Terms(GateEndpoint gate, RelayScope scope, RelayLimits limits) {}

  private RelaySession(TemporaryFolder folder, Terms terms) throws IOException {
    this.folder = folder;
    this.terms = terms;
    this.log = new RelayLog();
    this.lines = new GateLines(terms.gate(), terms.limits().responseTime());
    this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket()));
    Files.setPosixFilePermissions(socket(), PosixFilePermissions.fromString("rw-------"));
    this.threads =
        new ThreadPoolExecutor(
            1,
            terms.limits().connections() + 1,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("gate-relay-", 0).factory());
    threads.execute(this::accept);
    for (int i = 0; i < USUAL_CONNECTIONS; i++) {
      Thread.ofPlatform().daemon().name("gate-relay-connecting").start(lines::prepare);
    }
  }

  @Override
  public void scanWith(Supplier<RequestScan> each) {
    searches = each;
  }

  /// Opens a session.
  ///
  /// @param parent the folder in which a private folder for the socket is created. Its path must be
  ///   short, because the address of a Unix socket has at most 107 bytes.
  /// @param terms the terms
  /// @throws SandboxException if no socket can be created there
  public static RelaySession open(Path parent, Terms terms) {
    try {
      TemporaryFolder folder = TemporaryFolder.make(parent, "gate", "rwx------");
      try {
        return new RelaySession(folder, terms);
      } catch (IOException e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed("cannot open a socket for the gate below " + parent, e);
    }
  }

  /// Returns the folder of the socket, which contains nothing else and is accessible by its user
  /// only.
  @Override
  public Path folder() {
    return folder.path();
  }

  private Path socket() {
    return folder().resolve(SOCKET);
  }

  /// Returns the refusals so far.
  public List<Violation> refusals() {
    return log.violations();
  }

  /// Returns the first problem of the gate, or empty if there was none.
  public Optional<RelayProblem> problem() {
    return log.problem();
  }

  @Override
  public void settle(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    // Connections in the accept queue are not counted yet. The connection opened here is queued
    // after them.
    try (SocketChannel own = SocketChannel.open(UnixDomainSocketAddress.of(socket()));
        DeadlineChannel wire = new DeadlineChannel(own, patience, (_, _, _) -> {})) {
      own.shutdownOutput();
      wire.within(patience);
      var _ = wire.next();
    } catch (IOException _) {
      // The session has ended or accepts no connections, so no bytes are left to read.
    }
    while (connections.get() > 0 && System.nanoTime() < end) {
      Thread.sleep(1);
    }
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        admit(listener.accept());
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException e) {
        log.note("a connection", "it cannot be accepted: " + e.getMessage());
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
        DeadlineChannel wire =
            new DeadlineChannel(client, terms.limits().writeTime(), searches.get())) {
      try {
        new RelayConnection(terms, lines, log, wire).serve();
      } finally {
        // The bytes of a client that does not wait for responses must be searched too.
        wire.drain(MOST_DRAINED);
      }
    } catch (IOException _) {
      // The client disconnected, a timeout expired, or the gate failed; only this connection ends.
    }
  }

  /// Closes all connections and removes the socket.
  @Override
  public void close() {
    try {
      listener.close();
      threads.shutdownNow();
      lines.close();
      folder.close();
    } catch (IOException e) {
      throw failed("cannot remove the socket in " + folder(), e);
    }
  }

  private static SandboxException failed(String tried, IOException e) {
    return new SandboxException(Kind.FAILED, tried + ": " + e.getMessage(), e);
  }
}
