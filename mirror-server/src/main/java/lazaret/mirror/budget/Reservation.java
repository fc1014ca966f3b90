package lazaret.mirror.budget;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The part of a [Budget] that one request holds until it is closed. Thread-safe.
public final class Reservation implements AutoCloseable {
  private final Budget budget;
  final String client;
  final Budget.Holder holder;

  // All guarded by the budget's lock.
  final Map<Object, Long> keys = HashMap.newHashMap(2);
  long own;
  boolean closed;

  Reservation(Budget budget, String client, Budget.Holder holder) {
    this.budget = budget;
    this.client = client;
    this.holder = holder;
  }

  /// Returns the budget.
  public Budget budget() {
    return budget;
  }

  /// Adds an amount.
  ///
  /// @param patience the longest wait until it fits
  /// @return false if it did not fit; nothing was added then
  public boolean add(long amount, Duration patience) {
    return budget.add(this, amount, patience);
  }

  /// Adds an object that other reservations may use too; equal keys are counted once.
  ///
  /// @param key identifies the object, for example its digest or the array itself
  /// @param patience the longest wait until it fits
  /// @return false if it did not fit; nothing was added then
  public boolean share(Object key, long amount, Duration patience) {
    return budget.share(this, key, amount, patience);
  }

  /// Returns whether it holds an object.
  public boolean holds(Object key) {
    return budget.holds(this, key);
  }

  /// Returns the size of the objects that it holds.
  public long shared() {
    return budget.shared(this);
  }

  /// Releases the whole reservation. Closing twice is allowed.
  @Override
  public void close() {
    budget.release(this);
  }
}
