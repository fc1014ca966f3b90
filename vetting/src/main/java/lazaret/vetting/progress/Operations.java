package lazaret.vetting.progress;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/// The long operations that run in a program; as many as there are callers. Thread-safe.
public final class Operations {
  private final Queue<Operation> running = new ConcurrentLinkedQueue<>();

  /// Runs an operation, which is listed until it ends.
  ///
  /// @param name the operation: `export`
  public <T> T run(String name, Supplier<T> action) {
    Operation operation = new Operation(name);
    running.add(operation);
    try {
      return ScopedValue.where(Operation.CURRENT, operation).call(action::get);
    } finally {
      running.remove(operation);
    }
  }

  /// Returns the states of the operations that run, in the order in which they began.
  public List<Operation.State> running() {
    return running.stream().map(Operation::state).toList();
  }
}
