package lazaret.vetting.gate.context;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.rules.Rulebook;

/// The holder of the rulebook in force. A reader uses one rulebook for the whole response, so that
/// a response never mixes two. Thread-safe: readers never wait, writers run one at a time.
public final class CurrentRulebook {
  private final ReentrantLock writers = new ReentrantLock();
  private volatile Rulebook current;
  private volatile PolicyOrigin origin;

  /// Creates a holder of a rulebook.
  public CurrentRulebook(Rulebook first) {
    this.current = first;
    this.origin = PolicyOrigin.of(first.policy());
  }

  /// Creates a holder of a policy without advisories and audits.
  public static CurrentRulebook of(Policy policy) {
    return new CurrentRulebook(Rulebook.of(policy));
  }

  /// Returns the rulebook in force.
  public Rulebook current() {
    return current;
  }

  /// Puts a rulebook in force that is made from the previous one. The next response follows it: a
  /// view of another generation is built again before it is served.
  ///
  /// @param change the function from the rulebook in force to the next; called under the writers'
  ///   lock
  /// @return the previous rulebook
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
  /// @return the previous rulebook
  public Rulebook take(Policy policy, PolicyOrigin from) {
    return change(
        book -> {
          origin = from;
          return book.with(policy);
        });
  }

  /// Records that the policy stays in force although its file has changed.
  ///
  /// @param why the fault of the file
  public void refuse(String why) {
    change(
        book -> {
          origin = origin.refusing(why);
          return book;
        });
  }

  /// Returns the origin of the policy in force.
  public PolicyOrigin origin() {
    return origin;
  }
}
