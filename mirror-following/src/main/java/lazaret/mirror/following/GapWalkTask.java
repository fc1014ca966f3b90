package lazaret.mirror.following;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import org.jspecify.annotations.Nullable;

/// The confirmation of known crates after a gap: those of lockfiles first, then all by name. A walk
/// of another process begins again, since its failures are unknown here. Crates that were confirmed
/// since the gap are skipped, so that this repeats no request. One thread at a time.
final class GapWalkTask {
  private static final System.Logger LOG = System.getLogger(GapWalkTask.class.getName());

  private static final int PAGE = 200;

  /// The number of attempts for crates that upstream does not confirm while it confirms others.
  private static final int MOST_PASSES = 3;

  private final FollowContext parts;
  private final FollowRegister register;
  private final FollowMeters meters;
  private final FollowedIndexRefresher refresher;
  private Iterator<CrateName> first = Collections.emptyIterator();
  private @Nullable Instant walking;
  private long considered;
  private int failures;
  private boolean halted;
  private int passes;

  GapWalkTask(
      FollowContext parts,
      FollowRegister register,
      FollowMeters meters,
      FollowedIndexRefresher refresher) {
    this.parts = parts;
    this.register = register;
    this.meters = meters;
    this.refresher = refresher;
  }

  /// Begins to lead. Another node may have walked meanwhile.
  void begin() {
    walking = null;
  }

  /// Confirms known crates until a moment.
  ///
  /// @return whether there is no gap
  boolean walk(Instant until) throws InterruptedException {
    while (register.state().gap().since() != null) {
      if (!refresher.goesOn(until) || !step()) {
        return false;
      }
    }
    return true;
  }

  /// Confirms the next crates.
  ///
  /// @return false after a pass that left some unconfirmed; the next pass waits for the next round
  private boolean step() throws InterruptedException {
    FollowState.Gap gap = register.state().gap();
    Instant since = gap.since();
    if (since == null) {
      return true;
    }
    if (!since.equals(walking)) {
      passes = 0;
      begin(since);
      gap = register.state().gap();
    }
    boolean isFirst = first.hasNext();
    List<CrateName> page = isFirst ? take() : page(gap.walked());
    List<CrateName> due = page.stream().filter(name -> isOlder(name, since)).toList();
    int unconfirmed = refresher.refreshAll(due).size();
    failures += unconfirmed;
    halted |= unconfirmed > 0 && refresher.isHalted();
    considered += page.size();
    meters.working(
        new FollowMeters.Phase(
            "confirming known crates",
            considered,
            Math.max(considered, parts.store().counts().crates()),
            true));
    if (page.isEmpty()) {
      return end(since);
    }
    if (!isFirst) {
      register.change(
          state -> state.with(new FollowState.Gap(since, page.getLast().collisionKey())));
    }
    return true;
  }

  private void begin(Instant since) {
    walking = since;
    considered = 0;
    failures = 0;
    halted = false;
    first = LockfilePackageSet.read(parts.store()).names().iterator();
    register.change(state -> state.with(new FollowState.Gap(since, "")));
  }

  /// Ends the walk, or begins it again if upstream did not confirm all crates. A pass in which no
  /// request was possible for a time is not counted.
  ///
  /// @return whether the walk ended
  private boolean end(Instant since) throws InterruptedException {
    meters.idle();
    if (failures > 0 && (halted || !refresher.works() || ++passes < MOST_PASSES)) {
      begin(since);
      return false;
    }
    if (failures > 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "upstream confirms all known crates but {0}; clients cause the next requests for them",
          failures);
    }
    walking = null;
    register.change(FollowState::closed);
    return true;
  }

  private List<CrateName> take() {
    List<CrateName> page = new ArrayList<>();
    while (first.hasNext() && page.size() < PAGE) {
      page.add(first.next());
    }
    return page;
  }

  private List<CrateName> page(String after) {
    try (Stream<String> names = parts.store().names(after)) {
      return names
          .filter(key -> key.compareTo(after) > 0)
          .limit(PAGE)
          .map(CrateName::parse)
          .toList();
    }
  }

  /// Returns whether a crate is stored and was confirmed last before a moment.
  private boolean isOlder(CrateName name, Instant moment) {
    return parts
        .store()
        .freshness(name)
        .filter(freshness -> freshness.checkedAt().isBefore(moment))
        .isPresent();
  }
}
