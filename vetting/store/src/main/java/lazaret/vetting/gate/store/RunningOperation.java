package lazaret.vetting.gate.store;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import lazaret.vetting.progress.ProgressShare;

/// The progress of a long operation: its current phase and the number of completed steps. The code
/// that does the work finds it by [#current()]. Thread-safe.
public final class RunningOperation {
  static final ScopedValue<RunningOperation> CURRENT = ScopedValue.newInstance();

  private final String name;
  private volatile Phase phase = new Phase("", 0, "");

  RunningOperation(String name) {
    this.name = name;
  }

  /// Returns the operation of the calling thread, or an unlisted one if there is none. Threads that
  /// the operation starts do not inherit it: pass them the returned object.
  public static RunningOperation current() {
    return CURRENT.isBound() ? CURRENT.get() : new RunningOperation("");
  }

  /// Begins a phase whose name is also the unit of its steps, such as `crates`, and ends the
  /// previous one.
  ///
  /// @param phase the name of the phase, one word
  /// @param total the number of steps, or 0 if it is not known
  public void begin(String phase, long total) {
    begin(phase, total, phase);
  }

  /// Begins a phase and ends the previous one.
  ///
  /// @param phase the name of the phase, one word
  /// @param total the number of steps, or 0 if it is not known
  /// @param unit the unit of the steps in the plural, such as `bytes`
  public void begin(String phase, long total, String unit) {
    this.phase = new Phase(phase, total, unit);
  }

  /// Runs a phase that has one step for each item.
  ///
  /// @param phase the name of the phase, one word
  /// @param action the work of one step
  public <T> void each(String phase, Collection<T> items, Consumer<T> action) {
    begin(phase, items.size());
    for (T item : items) {
      action.accept(item);
      step();
    }
  }

  /// Counts one completed step of the phase.
  public void step() {
    phase.done.incrementAndGet();
  }

  /// Sets the number of completed steps of the phase.
  public void reach(long done) {
    phase.done.set(done);
  }

  /// Returns the current state.
  public State state() {
    Phase now = phase;
    long done = now.done.get();
    return new State(
        name,
        new ProgressShare(
            now.name, now.total > 0 ? Math.min(done, now.total) : done, now.total, now.unit));
  }

  /// The state of an operation at one moment.
  ///
  /// @param name the name of the operation, such as `export`
  /// @param share the completed share of the current phase, which has no name before the first one
  public record State(String name, ProgressShare share) {}

  private static final class Phase {
    private final String name;
    private final long total;
    private final String unit;
    private final AtomicLong done = new AtomicLong();

    Phase(String name, long total, String unit) {
      this.name = name;
      this.total = total;
      this.unit = unit;
    }
  }
}
