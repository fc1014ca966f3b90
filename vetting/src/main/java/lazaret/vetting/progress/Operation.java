package lazaret.vetting.progress;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// A long operation: its phase, and how much of the phase is done. The code that does the work
/// finds the operation by [#current()]. Thread-safe.
public final class Operation {
  static final ScopedValue<Operation> CURRENT = ScopedValue.newInstance();

  private final String name;
  private volatile Phase phase = new Phase("", 0);

  Operation(String name) {
    this.name = name;
  }

  /// Returns the operation that the calling thread is part of; one that nothing lists if there is
  /// none. Threads that the operation starts are no part of it: hand over what this returned.
  public static Operation current() {
    return CURRENT.isBound() ? CURRENT.get() : new Operation("");
  }

  /// Begins a phase; the one before is over.
  ///
  /// @param phase one word
  /// @param total how many steps it has; 0 if that is not known
  public void begin(String phase, long total) {
    this.phase = new Phase(phase, total);
  }

  /// Does a phase that has one step for each of some items.
  public <T> void each(String phase, Collection<T> items, Consumer<T> action) {
    begin(phase, items.size());
    for (T item : items) {
      action.accept(item);
      step();
    }
  }

  /// Counts one step of the phase.
  public void step() {
    phase.done.incrementAndGet();
  }

  /// Notes how many steps of the phase are done.
  public void reach(long done) {
    phase.done.set(done);
  }

  /// Returns how far the operation is.
  public State state() {
    Phase now = phase;
    long done = now.done.get();
    return new State(name, now.name, now.total > 0 ? Math.min(done, now.total) : done, now.total);
  }

  /// A state of an operation.
  ///
  /// @param name the operation: `export`
  /// @param phase one word; empty before the first phase
  /// @param done steps of the phase that are done, at most the total if that is known
  /// @param total steps of the phase; 0 if that is not known
  public record State(String name, String phase, long done, long total) {}

  private static final class Phase {
    private final String name;
    private final long total;
    private final AtomicLong done = new AtomicLong();

    Phase(String name, long total) {
      this.name = name;
      this.total = total;
    }
  }
}
