package lazaret.detonation;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import lazaret.detonation.FrameConnection.Frame;
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
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // Not blocking: a full queue of connections is a failure, and no reason to wait.
      channel.configureBlocking(false);
      boolean _ = channel.connect(UnixDomainSocketAddress.of(socket));
      if (!PeerCheck.ofServers().accepts(channel)) {
        return failed(
            "expected a service of root or of this user, found one of '%s'"
                .formatted(PeerCheck.peer(channel).getName()));
      }
      try (FrameConnection line = new FrameConnection(channel)) {
        return exchange(line, order);
      }
    } catch (IOException e) {
      return failed(Excerpt.of(String.valueOf(e.getMessage())));
    } catch (MalformedException e) {
      return failed("it broke the protocol: " + e.getMessage());
    }
  }

  private DetonationOutcome exchange(FrameConnection line, DetonationOrder order)
      throws IOException {
    long end = System.nanoTime() + patience.whole().toNanos();
    line.send(FrameKind.ORDER, DeskJson.encode(order.head()), patience.message());
    Frame turn = next(line, BEFORE, end);
    if (turn.kind() == FrameKind.REFUSED) {
      return refusal(turn);
    }
    line.send(FrameKind.CRATE, order.crate(), patience.message());
    Frame result = next(line, AFTER, end);
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

  private static DetonationOutcome refusal(Frame frame) {
    Problem problem = DeskJson.reply(Problem.class, frame.content());
    return new DetonationOutcome.Refused(problem.code(), problem.detail());
  }

  private DetonationOutcome failed(String found) {
    return new DetonationOutcome.Refused(
        ErrorCode.SERVER_UNAVAILABLE,
        "cannot build in the service at '%s': %s; look at its log with 'journalctl -u lazaret-sandbox'"
            .formatted(socket, found));
  }
}
