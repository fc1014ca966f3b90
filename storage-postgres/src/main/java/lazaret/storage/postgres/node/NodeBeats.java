package lazaret.storage.postgres.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.SharedState.ChangeListener;
import lazaret.vetting.gate.store.StoreChange;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The beats of one node: each writes the row of the node, reads the changes since the last one and
/// passes them on. [#beat] is for one thread, the other methods for any.
final class NodeBeats {
  private static final System.Logger LOG = System.getLogger(NodeBeats.class.getName());

  /// The number of changes above which all copies are dropped.
  private static final int MOST_CHANGES = 10_000;

  private final NodeRows rows;
  private final InstantSource clock;
  private final Duration maxStaleness;
  private final Observer observer;

  /// The numbers of own commits whose callers may not know that they happened: those without an
  /// answer so far, and those whose answer was lost.
  private final Set<Long> doubted = ConcurrentHashMap.newKeySet();

  private volatile @Nullable ChangeListener listener;
  private volatile String policy = "";
  private volatile long flip;
  private volatile Known known;

  // Of the thread of the beats alone.
  private long applied;
  private int losses;
  private @Nullable Instant started;
  private boolean failed;
  private boolean tooOld;
  private long wallMillis;
  private long wallNanos;

  /// The knowledge of the last successful beat.
  ///
  /// @param begun the monotonic time at which it began, in nanoseconds; earlier after a suspension
  /// @param database a time of the database while it ran
  /// @param time the time of the database at a monotonic time
  private record Known(long begun, Instant database, Time time) {}

  /// The time of the database at a monotonic time in nanoseconds.
  private record Time(long nanos, Instant database) {
    Instant at(long other) {
      return database.plusNanos(other - nanos);
    }

    /// Returns the time by one more beat: the expected one if that is possible, so that it does not
    /// jump because beats take different times.
    ///
    /// @param begun the monotonic time at which the beat began
    /// @param ended the monotonic time at which it ended
    /// @param read the time of the database in between
    Time next(long begun, long ended, Instant read) {
      Instant expected = at(begun);
      Instant earliest = read.minusNanos(ended - begun);
      if (expected.isAfter(read)) {
        return new Time(begun, read);
      }
      return new Time(begun, expected.isBefore(earliest) ? earliest : expected);
    }
  }

  /// A part of the node that the beats inform.
  interface Observer {
    /// Called with the end of the order of commits.
    void observed(NodeRows.Beat.Position position);

    /// Called if the database may not be the one of the last beat. It was not reached, was started
    /// again, or another node accepted a loss.
    void changed();
  }

  /// Creates beats that none precedes.
  ///
  /// @param clock the clock of the machine, by which a suspension of the machine is noticed
  NodeBeats(NodeRows rows, Observer observer, InstantSource clock) {
    this.rows = rows;
    this.observer = observer;
    this.clock = clock;
    this.maxStaleness = rows.maxStaleness();
    this.applied = rows.registration().counter();
    this.losses = rows.registration().losses();
    this.known = new Known(outdated(), Instant.EPOCH, new Time(System.nanoTime(), Instant.EPOCH));
    lookAtClocks();
  }

  /// Returns a monotonic time with which no node is current.
  private long outdated() {
    return System.nanoTime() - 2 * maxStaleness.toNanos();
  }

  /// Makes one beat.
  ///
  /// @throws StoreException with code `store-unavailable` if the database does not confirm it; the
  ///   next one first asks whether commits wait for a standby
  void beat() {
    try {
      requireAnswer();
      attempt();
      failed = false;
    } catch (RuntimeException e) {
      if (!failed) {
        LOG.log(System.Logger.Level.WARNING, "this node gets behind: {0}", e.getMessage());
        rows.renew();
      }
      failed = true;
      throw e;
    }
  }

  /// Refuses a beat that would wait in the server, after one that failed.
  private void requireAnswer() {
    if (tooOld) {
      throw tooOld();
    }
    if (failed) {
      rows.renew();
      if (rows.isStandbyAwaited()) {
        throw new StoreException(
            ErrorCode.STORE_UNAVAILABLE,
            "cannot write to the store in PostgreSQL: its commits wait for a standby that does not confirm them; look at 'pg_stat_replication'",
            null);
      }
    }
  }

  private void attempt() {
    long begun = System.nanoTime();
    // A flip that is set here is obeyed by each request that is received from now on.
    NodeRows.Beat found = rows.beat(new NodeRows.Report(applied, flip == 0 ? null : flip, policy));
    long ended = System.nanoTime();
    if (found.oldestProgram() > rows.program()) {
      tooOld = true;
      throw tooOld();
    }
    requireStaleness(found.stalenessMillis());
    boolean restarted = started != null && !found.started().equals(started);
    if (restarted && !failed) {
      // A pooler keeps its connections to clients. A new one is checked before it is used.
      throw new StoreException(
          ErrorCode.STORE_UNAVAILABLE,
          "cannot write to the store in PostgreSQL: its server was started again or replaced, and"
              + " is checked first; try again",
          null);
    }
    long counter = found.position().counter();
    boolean missed = counter < applied || found.floor() > applied;
    if (!found.registered()) {
      rows.registerAgain(counter);
      missed = true;
    }
    boolean other = failed || started == null || restarted || counter < applied;
    if (other || found.position().losses() != losses) {
      missed |= restarted;
      observer.changed();
    }
    pass(missed ? List.of(StoreChange.EVERYTHING) : List.of(), counter);
    // Only now: a beat that fails above is followed by one that finds the same.
    started = found.started();
    losses = found.position().losses();
    observer.observed(found.position());
    flip = found.flip();
    known = new Known(begun, found.now(), known.time().next(begun, ended, found.now()));
  }

  /// Refuses a beat of a node that slept while the others changed the maximum staleness. The time
  /// at which they state a denial to be in force does not hold for it.
  private void requireStaleness(long millis) {
    if (millis != maxStaleness.toMillis()) {
      throw new StoreException(
          ErrorCode.STORE_UNUSABLE,
          ("cannot use the store in PostgreSQL: expected 'cluster.max-staleness' of %d ms as on the"
                  + " other nodes, found %d ms; configure all nodes alike and start this one again")
              .formatted(millis, maxStaleness.toMillis()),
          null);
    }
  }

  private static StoreException tooOld() {
    return new StoreException(
        ErrorCode.STORE_UNUSABLE,
        "cannot use the store in PostgreSQL: its schema needs a newer program; install a newer release and start it again",
        null);
  }

  /// Passes changes on and takes note that they are applied.
  ///
  /// @param all a change of everything, or empty to read the changes up to a number
  private void pass(List<StoreChange> all, long counter) {
    List<Long> doubts = doubted.stream().filter(number -> number <= counter).toList();
    List<StoreChange> changes =
        all.isEmpty() && (counter > applied || !doubts.isEmpty()) ? learned(counter, doubts) : all;
    ChangeListener receiver = listener;
    if (receiver != null && !changes.isEmpty()) {
      receiver.changed(changes);
    }
    applied = counter;
    doubted.removeAll(doubts);
  }

  private List<StoreChange> learned(long counter, List<Long> doubts) {
    NodeRows.Changes found = rows.changes(applied, counter, doubts, MOST_CHANGES + 1);
    if (found.floor() > applied || found.all().size() > MOST_CHANGES) {
      return List.of(StoreChange.EVERYTHING);
    }
    List<StoreChange> changes = new ArrayList<>();
    for (NodeRows.Numbered each : found.all()) {
      if (!isHandled(each, doubts)) {
        changes.add(each.change());
      }
    }
    return changes;
  }

  /// Returns whether this node made a change and dropped its copies itself.
  private boolean isHandled(NodeRows.Numbered each, List<Long> doubts) {
    return each.node() == rows.registration().id()
        && !doubts.contains(each.counter())
        && switch (each.change().kind()) {
          case CRATE, TOKEN, REQUEST, LOCKFILE -> true;
          case FEEDS, AUDITS, META, SNAPSHOT, EVERYTHING -> false;
        };
  }

  /// Makes the knowledge outdated if the machine was suspended, which stops the monotonic clock.
  void lookAtClocks() {
    long millis = clock.instant().toEpochMilli();
    long nanos = System.nanoTime();
    long suspended = millis - wallMillis - (nanos - wallNanos) / 1_000_000;
    if (wallNanos != 0 && suspended > maxStaleness.toMillis() / 2) {
      Known last = known;
      known = new Known(Math.min(last.begun(), outdated()), last.database(), last.time());
    }
    wallMillis = millis;
    wallNanos = nanos;
  }

  /// Takes note that the caller of an own commit does not know its outcome, or not yet.
  void doubt(long counter) {
    doubted.add(counter);
  }

  /// Takes note that the caller of an own commit knows that it happened.
  void settled(long counter) {
    doubted.remove(counter);
  }

  void follow(ChangeListener receiver) {
    listener = receiver;
  }

  void report(String digest) {
    policy = digest;
  }

  /// Returns the number of the announcement of a snapshot; 0 if there is none.
  long flip() {
    return flip;
  }

  /// Returns the monotonic time at which the last successful beat began, in nanoseconds.
  long begun() {
    return known.begun();
  }

  /// Returns the time of the database, which a step of the clock of this machine does not change.
  Instant now() {
    return known.time().at(System.nanoTime());
  }

  /// Returns an upper limit of the time of the database by now.
  Instant latestNow() {
    Known last = known;
    return last.database()
        .plusNanos(System.nanoTime() - last.begun())
        .plusMillis(1)
        .truncatedTo(ChronoUnit.MILLIS);
  }
}
