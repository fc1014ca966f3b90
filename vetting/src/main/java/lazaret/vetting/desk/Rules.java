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
  private volatile PolicyOrigin origin;

  /// Begins with a rulebook.
  public Rules(Rulebook first) {
    this.current = first;
    this.origin = PolicyOrigin.of(first.policy());
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

  /// Puts another policy in force.
  ///
  /// @return the rulebook that was in force before
  public Rulebook take(Policy policy, PolicyOrigin from) {
    return change(
        book -> {
          origin = from;
          return book.with(policy);
        });
  }

  /// Notes that the policy stays in force though its file has changed.
  ///
  /// @param why what is wrong with the file
  public void refuse(String why) {
    change(
        book -> {
          origin = origin.refusing(why);
          return book;
        });
  }

  /// Returns where the policy in force came from.
  public PolicyOrigin origin() {
    return origin;
  }
}
