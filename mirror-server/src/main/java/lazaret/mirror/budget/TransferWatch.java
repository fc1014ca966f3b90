package lazaret.mirror.budget;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The watch over transfers that hold a budget. A connection that sends or takes less than
/// [#MIN_BYTES_PER_SECOND] over [#WINDOW] is closed if its budget is short. A request body slower
/// than [#LEAST] is always closed. Thread-safe.
public final class TransferWatch implements AutoCloseable {
  /// The lowest rate of a connection while a budget is short.
  public static final long MIN_BYTES_PER_SECOND = 16 << 10;

  /// The lowest rate of a single transfer: always for a request body, else while a budget is short.
  public static final long LEAST = 1 << 10;

  /// The time over which rates are measured.
  public static final Duration WINDOW = Duration.ofSeconds(30);

  private static final Duration STEP = Duration.ofSeconds(5);
  private static final int STEPS = (int) WINDOW.dividedBy(STEP);

  private final Set<Transfer> transfers = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<Object, Track> connections = new ConcurrentHashMap<>();
  private final AtomicLong closed = new AtomicLong();
  private final Thread sweeper;
  private volatile boolean stopped;

  /// Starts the watch.
  public TransferWatch() {
    this.sweeper = Thread.ofPlatform().name("transfers").daemon().start(this::run);
  }

  /// The direction of a transfer.
  public enum Direction {
    /// An answer to a client.
    SENT,
    /// The body of a request.
    RECEIVED
  }

  /// A connection as the watch sees it.
  ///
  /// @param key equal for all transfers of one connection
  /// @param close closes the connection
  public record Connection(Object key, Runnable close) {}

  /// A count of bytes with its values of the last window.
  private static final class Meter {
    private final AtomicLong moved = new AtomicLong();

    // Both belong to the sweeper.
    private final long[] past = new long[STEPS];
    private int steps;

    /// Begins a step and returns the bytes of the last window; [Long#MAX_VALUE] if the meter is
    /// younger than that.
    private long step() {
      long now = moved.get();
      int slot = steps % STEPS;
      long before = past[slot];
      past[slot] = now;
      steps++;
      return steps > STEPS ? now - before : Long.MAX_VALUE;
    }
  }

  /// The transfers of one connection together, as long as one is under way.
  private static final class Track {
    private final Meter meter = new Meter();
    // Changes within the map's compute calls alone.
    private int active = 1;
    // Belongs to the sweeper.
    private boolean slow;
  }

  /// One response or request body in progress.
  public final class Transfer implements AutoCloseable {
    private final Direction direction;
    private final Budget budget;
    private final Connection connection;
    private final Track track;
    private final Meter meter = new Meter();
    private final Thread thread = Thread.currentThread();
    // guarded by this
    private boolean ended;

    private Transfer(Direction direction, Budget budget, Connection connection, Track track) {
      this.direction = direction;
      this.budget = budget;
      this.connection = connection;
      this.track = track;
    }

    /// Counts bytes that the client has taken or sent.
    public void moved(long bytes) {
      meter.moved.addAndGet(bytes);
      track.meter.moved.addAndGet(bytes);
    }

    private boolean tooSlow() {
      boolean strict = budget.isShort();
      boolean least = meter.step() < LEAST * WINDOW.toSeconds();
      return (strict && track.slow) || (least && (strict || direction == Direction.RECEIVED));
    }

    /// Closes the connection. A thread that reads over HTTP/2 waits for a queue, which does not
    /// learn of the close; it is interrupted.
    private synchronized void abort() {
      connection.close().run();
      if (!ended && direction == Direction.RECEIVED) {
        thread.interrupt();
      }
    }

    @Override
    public void close() {
      synchronized (this) {
        ended = true;
      }
      if (transfers.remove(this)) {
        connections.computeIfPresent(connection.key(), (_, known) -> without(known));
      }
    }

    private static @Nullable Track without(Track known) {
      known.active--;
      return known.active == 0 ? null : known;
    }
  }

  /// Begins to watch a transfer of the calling thread, which closes it when it ends.
  public Transfer begin(Direction direction, Budget budget, Connection connection) {
    Track track =
        connections.compute(
            connection.key(),
            (_, known) -> {
              if (known == null) {
                return new Track();
              }
              known.active++;
              return known;
            });
    Transfer transfer = new Transfer(direction, budget, connection, track);
    transfers.add(transfer);
    return transfer;
  }

  /// Returns the number of transfers that were ended since the start because they were too slow.
  public long closed() {
    return closed.get();
  }

  private void run() {
    while (!stopped) {
      try {
        Thread.sleep(STEP);
      } catch (InterruptedException _) {
        return;
      }
      sweep();
    }
  }

  /// Measures all transfers and closes the connections of those that are too slow; called once a
  /// step.
  void sweep() {
    long least = MIN_BYTES_PER_SECOND * WINDOW.toSeconds();
    connections.values().forEach(track -> track.slow = track.meter.step() < least);
    for (Transfer transfer : transfers) {
      if (transfer.tooSlow()) {
        closed.incrementAndGet();
        transfer.abort();
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
    sweeper.interrupt();
  }
}
