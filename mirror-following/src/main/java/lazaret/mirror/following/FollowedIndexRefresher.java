package lazaret.mirror.following;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lazaret.mirror.following.FollowMeters.Part;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.serving.IndexRefresher;
import lazaret.vetting.gate.shares.ActingClient;
import lazaret.vetting.gate.shares.UpstreamLimit;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexView;
import org.jspecify.annotations.Nullable;

/// The refresher of index files that are followed. It sends a conditional request for each name, in
/// turn and within the budget, which leaves clients their part. After failures it waits, longer
/// each time. Thread-safe; blocks.
final class FollowedIndexRefresher {
  /// The number of failures in a row after which upstream counts as down.
  private static final int DOWN_AFTER = 8;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /// The pause before the next attempt if no request was sent.
  private static final Duration UNSENT = Duration.ofSeconds(1);

  private static final int MOST_TRIES = 5;

  /// The bytes that count for a response without a body.
  private static final long HEADERS = 500;

  private final FollowContext parts;
  private final FollowBudget budget;
  private final FollowMeters meters;

  // guarded by this
  private int failures;
  private long pausedUntil;
  private @Nullable CrateName confirmed;

  FollowedIndexRefresher(FollowContext parts, FollowBudget budget, FollowMeters meters) {
    this.parts = parts;
    this.budget = budget;
    this.meters = meters;
    this.pausedUntil = parts.time().nanos().getAsLong();
  }

  /// A record whether a request was sent.
  private static final class Permit implements UpstreamLimit {
    private volatile boolean taken;

    @Override
    public Optional<Duration> take() {
      taken = true;
      return Optional.empty();
    }
  }

  /// Returns whether upstream failed several times in a row a short time ago.
  synchronized boolean isDown() {
    return failures >= DOWN_AFTER && pausedUntil - parts.time().nanos().getAsLong() > 0;
  }

  /// Returns whether no request is sent now: upstream is down, or the bytes of the day are used up.
  boolean isHalted() {
    return isDown() || budget.isSpent();
  }

  /// Returns whether work can go on until a moment.
  boolean goesOn(Instant until) {
    return parts.clock().instant().isBefore(until) && !isHalted();
  }

  /// Returns whether upstream confirms a crate that it confirmed before. The failures of others are
  /// then their own.
  boolean works() throws InterruptedException {
    CrateName name;
    synchronized (this) {
      name = confirmed;
    }
    return name != null && refresh(name);
  }

  /// Refreshes several index files at once.
  ///
  /// @return those that upstream did not confirm
  List<CrateName> refreshAll(List<CrateName> names) throws InterruptedException {
    List<Optional<CrateName>> unconfirmed =
        ParallelCalls.all(
            parts.settings().limits().parallel(),
            names,
            name -> refresh(name) ? Optional.empty() : Optional.of(name));
    return unconfirmed.stream().flatMap(Optional::stream).toList();
  }

  /// Refreshes an index file.
  ///
  /// @return whether upstream confirmed it, sent another one, or has no such crate
  boolean refresh(CrateName name) throws InterruptedException {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      if (isHalted()) {
        return false;
      }
      budget.awaitTurn();
      Instant asked = parts.clock().instant();
      Permit permit = new Permit();
      IndexRefresher.Lookup found =
          ActingClient.limited(permit, () -> parts.gate().keeper().lookup(name, Duration.ZERO));
      switch (found) {
        case IndexRefresher.Lookup.Found(CrateState file, boolean stale) when !stale -> {
          budget.received(length(file, asked));
          confirmed(name);
          return true;
        }
        case IndexRefresher.Lookup.Absent _ -> {
          budget.received(HEADERS);
          succeeded();
          return true;
        }
        case IndexRefresher.Lookup.Found _ when permit.taken -> {
          failed("upstream did not confirm an index file", null);
          return false;
        }
        case IndexRefresher.Lookup.Unavailable none when permit.taken -> {
          failed(none.detail(), none.retryAfter());
          return false;
        }
        case IndexRefresher.Lookup.Found _, IndexRefresher.Lookup.Unavailable _ ->
            parts.time().pause().sleep(UNSENT);
      }
    }
    return false;
  }

  /// Returns about as many bytes as a response had.
  private static long length(CrateState file, Instant asked) {
    Freshness freshness = file.freshness();
    IndexView view = file.view();
    return freshness.fetchedAt().isBefore(asked) || view == null
        ? HEADERS
        : HEADERS + view.body().length();
  }

  private synchronized void confirmed(CrateName name) {
    confirmed = name;
    succeeded();
  }

  /// Records a response of upstream.
  synchronized void succeeded() {
    failures = 0;
    meters.works(Part.INDEX);
  }

  /// Records a failure of upstream. The next request waits.
  ///
  /// @param why one clause for a person
  /// @param asked the pause that upstream asked for; null if it asked for none
  synchronized void failed(String why, @Nullable Duration asked) {
    failures++;
    meters.failed();
    meters.failing(Part.INDEX, why);
    Duration own = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
    Duration bounded = own.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : own;
    Duration pause = asked != null && asked.compareTo(bounded) > 0 ? asked : bounded;
    if (failures < DOWN_AFTER) {
      budget.pause(pause);
    } else {
      Duration most = FollowBudget.LONGEST_PAUSE;
      Duration rest = pause.compareTo(most) > 0 ? most : pause;
      pausedUntil = parts.time().nanos().getAsLong() + rest.toNanos();
    }
  }
}
