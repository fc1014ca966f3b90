package lazaret.mirror.following;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import lazaret.mirror.following.FollowMeters.Part;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.store.FollowReply;
import org.jspecify.annotations.Nullable;

/// The following of a registry, in rounds. The feeds come first, then watched lockfiles, then as
/// much of the other work as fits in until the next round. One thread calls [#begin], [#round] and
/// [#end]; any thread may call [#status].
public final class FollowRun implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FollowRun.class.getName());

  private final FollowContext parts;
  private final FollowMeters meters = new FollowMeters();
  private final FollowBudget budget;
  private final FollowRegister register;
  private final FeedPollTask feeds;
  private final LockfileWatch lockfiles;
  private final GapWalkTask walk;
  private final DumpTask dump;
  private final ArtifactFetchTask artifacts;

  /// Creates a run that has not begun.
  public FollowRun(FollowContext parts) {
    this.parts = parts;
    this.budget = new FollowBudget(parts.settings().limits(), parts.time(), meters);
    this.register = new FollowRegister(parts.store(), parts.clock(), budget);
    var refresher = new FollowedIndexRefresher(parts, budget, meters);
    this.feeds = new FeedPollTask(parts, register, budget, meters, refresher);
    this.lockfiles = new LockfileWatch(parts, budget, meters, refresher);
    this.walk = new GapWalkTask(parts, register, meters, refresher);
    this.dump = new DumpTask(parts, register, budget, meters, refresher);
    this.artifacts = new ArtifactFetchTask(parts, budget, meters, refresher);
    parts.gate().usageLog().lockfileSightings().onSeen(artifacts::seen);
  }

  /// Sets the receiver of each name of the registry's list of all crates, when the list changed. It
  /// may get a name several times.
  public void onListed(Consumer<CrateName> receiver) {
    dump.onListed(receiver);
  }

  /// Returns whether the registry has a crate, by its last list; empty if this node has no recent
  /// list.
  ///
  /// @param age the maximum age of the list
  Optional<Boolean> lists(CrateName name, Duration age) {
    try {
      return dump.lists(name, age);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the names of the dump cannot be read", e);
      return Optional.empty();
    }
  }

  /// Passes each name of this node's last list to a receiver, if the list was made after a moment.
  ///
  /// @return the time of the list; empty if this node has no such list
  Optional<Instant> names(Instant after, Consumer<CrateName> receiver) {
    CrateUseTable table = dump.table().filter(each -> each.time().isAfter(after)).orElse(null);
    if (table == null) {
      return Optional.empty();
    }
    try (CrateUseTable.Rows rows = table.byName()) {
      for (CrateUseEntry row = rows.next(); row != null; row = rows.next()) {
        receiver.accept(row.name());
      }
      return Optional.of(table.time());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the names of the dump cannot be read", e);
      return Optional.empty();
    }
  }

  /// Continues from the stored state.
  public void begin() {
    register.begin();
    walk.begin();
    dump.begin();
  }

  /// Performs a round.
  ///
  /// @return the time until the next round
  /// @throws InterruptedException if the thread is interrupted; the round can be repeated
  public Duration round() throws InterruptedException {
    Instant until = parts.clock().instant().plus(parts.settings().interval());
    if (parts.gate().files().head() == 0) {
      feeds.poll();
      // Unknown crates of many lockfiles would stop all other work.
      lockfiles.look(parts.clock().instant().plus(parts.settings().interval().dividedBy(2)));
      dump.startIfDue();
      work(until);
    }
    Duration left = Duration.between(parts.clock().instant(), until);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    // After a clock was set back, the feeds would stay unread for that time.
    Duration longest = parts.settings().interval();
    return left.compareTo(longest) > 0 ? longest : left;
  }

  /// Performs work until a moment, or until all of it is done. The dump precedes the walk, since it
  /// names what was missed with fewer requests.
  private void work(Instant until) throws InterruptedException {
    try {
      boolean complete = dump.compare(until);
      complete &= walk.walk(until);
      complete &= artifacts.fetch(until, dump.table().orElse(null));
      if (complete) {
        meters.idle();
      }
      // The use of the day.
      register.change(state -> state);
    } catch (IOException e) {
      meters.failing(Part.DUMP, "the crates of the dump cannot be read");
      LOG.log(System.Logger.Level.WARNING, "the crates of the dump cannot be read", e);
      dump.forget();
      closeTables();
    }
  }

  private void closeTables() {
    try {
      dump.close();
      artifacts.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a table was not closed", e);
    }
  }

  /// Ends the work of this node. Another node, or a later [#begin], continues it.
  public void end() {
    closeTables();
    meters.idle();
    register.end();
  }

  /// Returns the state of following, as far as it is known here: another node may do the work.
  public FollowStatus status() {
    FollowState state = register.known().orElse(null);
    FollowMeters.Phase phase = meters.phase();
    FollowState.Day day = day(state);
    long limit = parts.settings().limits().bytesPerDay();
    FollowReply reply =
        new FollowReply(
            parts.settings().mode(),
            state == null ? null : state.feed().current(),
            state != null && state.gap().since() != null,
            phase == null ? null : phase.name(),
            phase == null ? 0 : phase.done(),
            phase == null ? 0 : phase.total(),
            finish(phase).orElse(null),
            meters.artifacts(),
            day.requests(),
            day.bytes(),
            limit == 0 ? null : Long.valueOf(Math.max(0, limit - day.bytes())),
            meters.trouble());
    return new FollowStatus(
        reply,
        state == null ? null : state.begun(),
        new FollowStatus.Counts(
            meters.requests(), meters.bytes(), meters.artifacts(), meters.failures()));
  }

  /// Returns the use of this day by this node, or by the one that stored the state.
  private FollowState.Day day(@Nullable FollowState state) {
    FollowState.Day own = budget.day();
    return state != null
            && state.day().number() == own.number()
            && state.day().requests() > own.requests()
        ? state.day()
        : own;
  }

  /// Returns about the end of work whose steps send a request each.
  private Optional<Instant> finish(FollowMeters.@Nullable Phase phase) {
    double rate = parts.settings().limits().requestsPerSecond();
    if (phase == null || !phase.paced() || rate == 0) {
      return Optional.empty();
    }
    long left = Math.max(0, phase.total() - phase.done());
    return Optional.of(parts.clock().instant().plusSeconds((long) (left / rate)));
  }

  @Override
  public void close() {
    parts.files().close();
  }
}
