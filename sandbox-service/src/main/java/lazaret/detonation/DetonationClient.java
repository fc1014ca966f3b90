package lazaret.detonation;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import lazaret.detonation.FrameConnection.Frame;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.review.DetonationRequest;

/// The gate's side of the socket: it orders a detonation from the process of the sandbox. That
/// process is not trusted: its messages have limits of size and time, and its evidence must be
/// about the ordered bytes. Thread-safe.
public final class DetonationClient implements DetonationTask {
  private static final Set<FrameKind> BEFORE =
      Set.of(FrameKind.READY, FrameKind.ALIVE, FrameKind.REFUSED);
  private static final Set<FrameKind> AFTER =
      Set.of(FrameKind.OBSERVED, FrameKind.ALIVE, FrameKind.REFUSED);

  private static final Set<FrameKind> DOCUMENTING =
      Set.of(FrameKind.PAGES, FrameKind.DOCUMENTED, FrameKind.ALIVE, FrameKind.REFUSED);

  /// The shortest time between two signs of life that are read. More of them wait in the socket, so
  /// that they cannot occupy the gate.
  private static final Duration CALM = Duration.ofMillis(20);

  private final Path socket;
  private final Patience patience;

  /// The time limits of an order.
  ///
  /// @param message the longest time until the next message
  /// @param whole the longest time of the order
  public record Patience(Duration message, Duration whole) {
    /// The limits of a gate. A build and the two runs before it have at most two hours each.
    public static final Patience USUAL = new Patience(Duration.ofSeconds(60), Duration.ofHours(3));
  }

  /// Creates a client without connecting.
  public DetonationClient(Path socket, Patience patience) {
    this.socket = socket;
    this.patience = patience;
  }

  /// {@inheritDoc}
  ///
  /// A failure of the connection or of the other side is a refusal.
  @Override
  public DetonationOutcome run(DetonationOrder order) {
    try {
      return connected(line -> exchange(line, order));
    } catch (IOException | MalformedException e) {
      return failed(found(e));
    }
  }

  /// Orders the documentation of a version.
  ///
  /// @param pages receives the pages in the form of [PageStreamWriter], before the outcome is known
  public DocumentationOutcome document(DetonationOrder order, OutputStream pages) {
    try {
      return connected(line -> exchange(line, order, pages));
    } catch (IOException | MalformedException e) {
      DetonationOutcome.Refused failed = failed(found(e));
      return new DocumentationOutcome.Refused(failed.code(), failed.detail());
    }
  }

  private static String found(Exception e) {
    return e instanceof MalformedException
        ? "it broke the protocol: " + e.getMessage()
        : Excerpt.of(String.valueOf(e.getMessage()));
  }

  /// Work on a connection.
  private interface Exchange<T> {
    T on(FrameConnection line) throws IOException;
  }

  private <T> T connected(Exchange<T> exchange) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // Not blocking: a full queue of connections is a failure, and no reason to wait.
      channel.configureBlocking(false);
      boolean _ = channel.connect(UnixDomainSocketAddress.of(socket));
      if (!PeerCheck.ofServers().accepts(channel)) {
        throw new IOException(
            "expected a service of root or of this user, found one of '%s'"
                .formatted(PeerCheck.peer(channel).getName()));
      }
      try (FrameConnection line = new FrameConnection(channel)) {
        return exchange.on(line);
      }
    }
  }

  private DetonationOutcome exchange(FrameConnection line, DetonationOrder order)
      throws IOException {
    long end = System.nanoTime() + patience.whole().toNanos();
    Frame turn = begin(line, FrameKind.ORDER, order, end);
    Frame result = turn.kind() == FrameKind.REFUSED ? turn : next(line, AFTER, end);
    if (result.kind() == FrameKind.REFUSED) {
      return refusal(result);
    }
    DetonationRequest evidence = DeskJson.reply(DetonationRequest.class, result.content());
    if (!evidence.name().equals(order.name())
        || !evidence.version().equals(order.version())
        || !evidence.cksum().equals(Sha256.of(order.crate()))) {
      throw new MalformedException(
          "expected evidence of %s %s, found that of another version"
              .formatted(order.name(), order.version()));
    }
    return new DetonationOutcome.Observed(evidence);
  }

  /// Sends an order, and its artifact when it is its turn.
  private Frame begin(FrameConnection line, FrameKind kind, DetonationOrder order, long end)
      throws IOException {
    line.send(kind, DeskJson.encode(order.head()), patience.message());
    Frame turn = next(line, BEFORE, end);
    if (turn.kind() == FrameKind.READY) {
      line.send(FrameKind.CRATE, order.crate(), patience.message());
    }
    return turn;
  }

  private DocumentationOutcome exchange(
      FrameConnection line, DetonationOrder order, OutputStream pages) throws IOException {
    long end = System.nanoTime() + patience.whole().toNanos();
    Frame frame = begin(line, FrameKind.DOCUMENT_ORDER, order, end);
    long bytes = 0;
    while (frame.kind() != FrameKind.REFUSED) {
      frame = next(line, DOCUMENTING, end);
      if (frame.kind() == FrameKind.DOCUMENTED) {
        return documented(order, frame.content(), bytes);
      }
      if (frame.kind() == FrameKind.PAGES) {
        bytes += frame.content().length();
        if (bytes > PageStreamWriter.MAX_BYTES) {
          throw new MalformedException(
              "expected at most %d bytes of pages, found more"
                  .formatted(PageStreamWriter.MAX_BYTES));
        }
        frame.content().writeTo(pages);
      }
    }
    DetonationOutcome.Refused refused = refusal(frame);
    return new DocumentationOutcome.Refused(refused.code(), refused.detail());
  }

  private static DocumentationOutcome documented(DetonationOrder order, Bytes content, long bytes) {
    DocumentationReport report = DeskJson.reply(DocumentationReport.class, content);
    if (!report.name().equals(order.name())
        || !report.version().equals(order.version())
        || !report.cksum().equals(Sha256.of(order.crate()))
        || report.bytes() != bytes) {
      throw new MalformedException(
          "expected the report of %s %s with %d bytes of pages, found another one"
              .formatted(order.name(), order.version(), bytes));
    }
    return new DocumentationOutcome.Documented(report, null);
  }

  /// Returns the next message that is more than a sign of life.
  private Frame next(FrameConnection line, Set<FrameKind> expected, long end) throws IOException {
    while (System.nanoTime() < end) {
      Frame frame = line.read(expected, patience.message());
      if (frame.kind() != FrameKind.ALIVE) {
        return frame;
      }
      LockSupport.parkNanos(CALM.toNanos());
    }
    throw new IOException(
        "expected a result within %d minutes".formatted(patience.whole().toMinutes()));
  }

  /// Returns the refusal of the service. A refused token is that of the service: it says nothing
  /// about the version, and the person who orders the build has another one.
  private DetonationOutcome.Refused refusal(Frame frame) {
    Problem problem = DeskJson.reply(Problem.class, frame.content());
    if (problem.code() != ErrorCode.UNAUTHENTICATED && problem.code() != ErrorCode.FORBIDDEN) {
      return new DetonationOutcome.Refused(problem.code(), problem.detail());
    }
    return new DetonationOutcome.Refused(
        ErrorCode.SANDBOX_UNUSABLE,
        ("cannot build in the service at '%s': expected a token of the role reader in its unit,"
                + " found another: %s; make one with 'vetting-cli token create'")
            .formatted(socket, problem.detail()));
  }

  private DetonationOutcome.Refused failed(String found) {
    return new DetonationOutcome.Refused(
        ErrorCode.SERVER_UNAVAILABLE,
        ("cannot build in the service at '%s': %s; look at its log with"
                + " 'journalctl -u lazaret-sandbox'")
            .formatted(socket, found));
  }
}
