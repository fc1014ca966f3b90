package lazaret.vetting.gate.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import lazaret.vetting.ErrorCode;
import org.jspecify.annotations.Nullable;

/// The test whether a node may answer with what it knows. Each request asks, before anything that
/// is kept in heap is used for its answer: a denial on another node may be newer. Thread-safe.
public final class ServingCheck {
  private static final int MILLIS_DIGITS = 3;

  private final Store store;
  private final @Nullable SharedState shared;

  /// Creates the test for a store.
  public ServingCheck(Store store) {
    this.store = store;
    this.shared = store.shared().orElse(null);
  }

  /// Refuses service while acknowledged writes are missing, since a denial may be among them, and
  /// while the node does not know the newest decisions.
  ///
  /// @throws StoreException with code `store-loss` or `node-behind`
  public void require() {
    StoreCondition condition = store.condition();
    if (condition.withholds()) {
      throw new StoreException(ErrorCode.STORE_LOSS, "cannot serve: " + condition.refusal(), null);
    }
    Optional<String> behind = behind();
    if (behind.isPresent()) {
      throw new StoreException(ErrorCode.NODE_BEHIND, "cannot serve: " + behind.get(), null);
    }
  }

  /// Returns why the node does not know the newest decisions, as a sentence for people; empty if it
  /// does. It costs one read of the monotonic clock.
  public Optional<String> behind() {
    SharedState nodes = shared;
    if (nodes == null || nodes.isCurrent()) {
      return Optional.empty();
    }
    return Optional.of(
        "this node does not know the newest decisions: its last read of the database began %s s ago, and max-staleness is %s s; try again"
            .formatted(seconds(nodes.age()), seconds(nodes.maxStaleness())));
  }

  private static String seconds(Duration time) {
    BigDecimal seconds = BigDecimal.valueOf(time.toMillis(), MILLIS_DIGITS);
    return seconds.setScale(2, RoundingMode.CEILING).stripTrailingZeros().toPlainString();
  }
}
