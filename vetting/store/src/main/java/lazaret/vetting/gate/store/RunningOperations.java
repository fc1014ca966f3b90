package lazaret.vetting.gate.store;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import lazaret.vetting.progress.ProgressShare;
import lazaret.vetting.trace.CurrentSpan;

/// The long operations that currently run in a program, one for each caller. Thread-safe.
public final class RunningOperations {
  private final Queue<RunningOperation> running = new ConcurrentLinkedQueue<>();

  /// Runs an operation, which is listed until it ends. In a trace, it has a span of its name.
  ///
  /// @param name the name of the operation, such as `export`
  /// @param action the work, run on the calling thread
  /// @return the result of the action
  public <T> T run(String name, Supplier<T> action) {
    RunningOperation operation = new RunningOperation(name);
    running.add(operation);
    try {
      return CurrentSpan.child(
          name, _ -> ScopedValue.where(RunningOperation.CURRENT, operation).call(action::get));
    } finally {
      running.remove(operation);
    }
  }

  /// Returns the completed share of the operation that began last, or [ProgressShare#UNKNOWN] if
  /// none runs.
  public ProgressShare share() {
    return running.stream()
        .reduce((_, newer) -> newer)
        .map(each -> each.state().share())
        .orElse(ProgressShare.UNKNOWN);
  }

  /// Returns the states of the running operations, in the order in which they began.
  public List<RunningOperation.State> running() {
    return running.stream().map(RunningOperation::state).toList();
  }
}
