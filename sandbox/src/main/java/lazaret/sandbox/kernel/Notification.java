package lazaret.sandbox.kernel;

import java.util.List;

/// A system call that waits for an answer.
///
/// @param id what the answer names
/// @param thread the calling thread's id, as this process sees it; 0 where it cannot see it
/// @param number the number of the call
/// @param arguments its six arguments: pointers point into the caller, which may change what is
///   there at any time
public record Notification(long id, int thread, int number, List<Long> arguments) {
  /// Copies the list.
  public Notification {
    arguments = List.copyOf(arguments);
  }

  /// Returns an argument, 0 to 5.
  public long argument(int index) {
    return arguments.get(index);
  }

  /// Returns all arguments.
  public long[] six() {
    return arguments.stream().mapToLong(Long::longValue).toArray();
  }
}
