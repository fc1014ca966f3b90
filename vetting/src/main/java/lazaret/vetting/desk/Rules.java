package lazaret.vetting.desk;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Rulebook;

/// The one place that holds the rulebook in force. Whoever reads it keeps it for the whole answer,
/// so that no answer is given under two. Thread-safe: readers never wait, writers take turns.
public final class Rules {
  private final ReentrantLock writers = new ReentrantLock();
  private volatile Rulebook current;

  /// Begins with a rulebook.
  public Rules(Rulebook first) {
    this.current = first;
  }

  /// Begins with a policy, and with no advisories and no audits.
  public static Rules of(Policy policy) {
    return new Rules(Rulebook.of(policy));
  }

  /// Returns the rulebook in force.
  public Rulebook current() {
    return current;
  }

  /// Puts another rulebook in force, made from the one before. The next answer follows it: a view
  /// that was made under another generation is made anew before it is served.
  ///
  /// @param change from the rulebook in force to the next; called under the writers' lock
  /// @return the rulebook that was in force before
  public Rulebook change(UnaryOperator<Rulebook> change) {
    writers.lock();
    try {
      Rulebook before = current;
      current = change.apply(before);
      return before;
    } finally {
      writers.unlock();
    }
  }
}
