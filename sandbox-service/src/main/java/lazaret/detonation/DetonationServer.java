package lazaret.detonation;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.Problem;
import org.jspecify.annotations.Nullable;

/// The sandbox's side of the socket: it accepts orders of the users of a check, and runs one at a
/// time. An order whose client leaves is ended. Thread-safe.
public final class DetonationServer {
  private static final System.Logger LOG = System.getLogger(DetonationServer.class.getName());

  /// The connections in addition to those of orders. Their orders are read and refused.
  private static final int SPARE = 8;

  private final PeerCheck check;
  private final DetonationTask task;
  private final Limits limits;
  private final Semaphore connections;
  private final Semaphore orders;
  private final Semaphore turn = new Semaphore(1, true);

  /// The limits on clients.
  ///
  /// @param orders the number of orders that run or wait
  /// @param message the longest time of one message
  /// @param sign the time between two signs of life
  public record Limits(int orders, Duration message, Duration sign) {
    /// The limits of the service.
    public static final Limits USUAL = new Limits(4, Duration.ofSeconds(30), Duration.ofSeconds(5));
  }

  /// Creates a server that does not accept connections yet.
  ///
  /// @param check the users who may order
  /// @param task the build; its programs are recorded for the whole process, so it runs one at a
  ///   time
  public DetonationServer(PeerCheck check, DetonationTask task, Limits limits) {
    this.check = check;
    this.task = task;
    this.limits = limits;
    this.connections = new Semaphore(limits.orders() + SPARE);
    this.orders = new Semaphore(limits.orders());
  }

  /// Accepts connections until the socket is closed.
  ///
  /// @throws IOException if the socket fails otherwise
  public void serve(ServerSocketChannel socket) throws IOException {
    while (true) {
      SocketChannel channel;
      try {
        channel = socket.accept();
      } catch (ClosedChannelException _) {
        return;
      }
      accept(channel);
    }
  }

  private void accept(SocketChannel channel) throws IOException {
    boolean served = false;
    try {
      if (!check.accepts(channel)) {
        LOG.log(WARNING, "refused a connection of ''{0}''", PeerCheck.peer(channel).getName());
      } else if (connections.tryAcquire()) {
        served = true;
        Thread.ofVirtual().name("order").start(() -> attend(channel));
      }
    } catch (IOException e) {
      LOG.log(WARNING, "lost a connection: {0}", e.getMessage());
    } finally {
      if (!served) {
        channel.close();
      }
    }
  }

  private void attend(SocketChannel channel) {
    try (FrameConnection line = new FrameConnection(channel)) {
      try {
        order(line);
      } catch (MalformedException e) {
        LOG.log(WARNING, "refused an order: {0}", e.getMessage());
        refuse(line, ErrorCode.MALFORMED_INPUT, String.valueOf(e.getMessage()));
      }
    } catch (IOException e) {
      LOG.log(WARNING, "lost a client: {0}", e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      connections.release();
    }
  }

  /// An outcome that is ready to be sent.
  private interface Answer {
    /// Sends the outcome.
    void send(FrameConnection line) throws IOException;

    /// Removes what is not sent.
    default void drop() throws IOException {}
  }

  /// The pages of a version.
  private final class Pages implements Answer {
    private final DocumentationReport report;
    private final @Nullable Path file;

    private Pages(DocumentationReport report, @Nullable Path file) {
      this.report = report;
      this.file = file;
    }

    @Override
    public void send(FrameConnection line) throws IOException {
      if (file != null) {
        try (InputStream in = Files.newInputStream(file)) {
          byte[] part = in.readNBytes(FrameKind.PAGES.maxBytes());
          while (part.length > 0) {
            line.send(FrameKind.PAGES, Bytes.of(part), limits.message());
            part = in.readNBytes(FrameKind.PAGES.maxBytes());
          }
        } finally {
          drop();
        }
      }
      line.send(FrameKind.DOCUMENTED, DeskJson.encode(report), limits.message());
    }

    @Override
    public void drop() throws IOException {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    }
  }

  private void order(FrameConnection line) throws IOException, InterruptedException {
    FrameConnection.Frame frame =
        line.read(Set.of(FrameKind.ORDER, FrameKind.DOCUMENT_ORDER), limits.message());
    DetonationOrder.Head head = DeskJson.reply(DetonationOrder.Head.class, frame.content());
    if (!orders.tryAcquire()) {
      refuse(
          line,
          ErrorCode.SERVER_UNAVAILABLE,
          "cannot build: expected at most %d orders at once; try again later"
              .formatted(limits.orders()));
      return;
    }
    try {
      boolean documents = frame.kind() == FrameKind.DOCUMENT_ORDER;
      attendTurn(line, head, documents ? this::documented : this::observed);
    } finally {
      orders.release();
    }
  }

  private void attendTurn(
      FrameConnection line, DetonationOrder.Head head, Function<DetonationOrder, Answer> work)
      throws IOException, InterruptedException {
    while (!turn.tryAcquire(limits.sign().toMillis(), TimeUnit.MILLISECONDS)) {
      line.send(FrameKind.ALIVE, limits.message());
      if (line.isHeard(Duration.ZERO)) {
        LOG.log(INFO, "the order of {0} {1} ended before its turn", head.name(), head.version());
        return;
      }
    }
    try {
      line.send(FrameKind.READY, limits.message());
      DetonationOrder order =
          head.with(line.read(Set.of(FrameKind.CRATE), limits.message()).content());
      Answer answer = run(line, order, work);
      if (answer != null) {
        answer.send(line);
      }
    } finally {
      turn.release();
    }
  }

  /// Runs an order to its end, or ends it if the client leaves or sends anything.
  ///
  /// @return the outcome; null if the client has left
  private @Nullable Answer run(
      FrameConnection line, DetonationOrder order, Function<DetonationOrder, Answer> work)
      throws IOException, InterruptedException {
    AtomicReference<Answer> answer = new AtomicReference<>();
    // Control groups of version 1 are entered by threads, which a virtual one is not.
    Thread worker =
        Thread.ofPlatform()
            .name("detonation")
            .start(
                () -> {
                  answer.set(answer(order, work));
                  line.wake();
                });
    boolean left = true;
    try {
      while (answer.get() == null && worker.isAlive()) {
        line.send(FrameKind.ALIVE, limits.message());
        if (line.isHeard(limits.sign())) {
          LOG.log(
              INFO, "the client of {0} {1} left: the build ends", order.name(), order.version());
          return null;
        }
      }
      left = false;
      Answer found = answer.get();
      return found == null ? this::defect : found;
    } finally {
      worker.interrupt();
      worker.join();
      Answer late = answer.get();
      if (left && late != null) {
        late.drop();
      }
    }
  }

  private Answer answer(DetonationOrder order, Function<DetonationOrder, Answer> work) {
    try {
      return work.apply(order);
    } catch (RuntimeException e) {
      LOG.log(WARNING, "the order of " + order.name() + " " + order.version() + " failed", e);
      return this::defect;
    }
  }

  private void defect(FrameConnection line) throws IOException {
    refuse(line, ErrorCode.INTERNAL, "a defect of the sandbox service: its log has the trace");
  }

  private Answer observed(DetonationOrder order) {
    return switch (task.run(order)) {
      case DetonationOutcome.Observed(var evidence) ->
          line -> line.send(FrameKind.OBSERVED, DeskJson.encode(evidence), limits.message());
      case DetonationOutcome.Refused(ErrorCode code, String detail) ->
          line -> refuse(line, code, detail);
    };
  }

  private Answer documented(DetonationOrder order) {
    return switch (task.document(order)) {
      case DocumentationOutcome.Documented(var report, var pages) -> new Pages(report, pages);
      case DocumentationOutcome.Refused(ErrorCode code, String detail) ->
          line -> refuse(line, code, detail);
    };
  }

  private void refuse(FrameConnection line, ErrorCode code, String detail) throws IOException {
    line.send(FrameKind.REFUSED, DeskJson.encode(new Problem(code, detail)), limits.message());
  }
}
