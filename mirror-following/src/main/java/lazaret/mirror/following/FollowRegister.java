package lazaret.mirror.following;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import org.jspecify.annotations.Nullable;

/// The stored state of following. One thread changes it, under a lease if several nodes share the
/// store; each change is then refused after the lease was lost. Any thread may read it.
final class FollowRegister {
  private static final System.Logger LOG = System.getLogger(FollowRegister.class.getName());

  private final Store store;
  private final Clock clock;
  private final FollowBudget budget;
  private volatile @Nullable FollowState state;

  FollowRegister(Store store, Clock clock, FollowBudget budget) {
    this.store = store;
    this.clock = clock;
    this.budget = budget;
  }

  /// Reads the state that this or another node stored last, and begins to change it.
  void begin() {
    FollowState stored = stored().orElseGet(() -> FollowState.begun(clock.instant()));
    budget.restore(stored.day());
    state = stored;
  }

  /// Ends the changes by this node.
  void end() {
    state = null;
  }

  /// Returns the state.
  ///
  /// @throws IllegalStateException before [#begin] and after [#end]
  FollowState state() {
    FollowState now = state;
    if (now == null) {
      throw new IllegalStateException("nothing is followed by this node");
    }
    return now;
  }

  /// Returns the state that this or another node stored last, or empty if nothing was followed yet.
  Optional<FollowState> known() {
    FollowState now = state;
    return now != null ? Optional.of(now) : stored();
  }

  /// Changes and stores the state, with the use of the day.
  void change(UnaryOperator<FollowState> change) {
    FollowState next = change.apply(state()).with(budget.day());
    Bytes text = Bytes.utf8(next.text());
    var _ = store.commit(Batch.relaxed(List.of(new Write.PutMeta(MetaKey.FOLLOW_STATE, text))));
    state = next;
  }

  private Optional<FollowState> stored() {
    try {
      return store.meta(MetaKey.FOLLOW_STATE).map(Bytes::text).map(FollowState::parse);
    } catch (MalformedException e) {
      // All of it can be found again.
      LOG.log(System.Logger.Level.WARNING, "following begins again: {0}", e.getMessage());
      return Optional.empty();
    }
  }
}
