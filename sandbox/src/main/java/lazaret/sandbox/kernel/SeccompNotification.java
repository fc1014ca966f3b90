package lazaret.sandbox.kernel;

import java.util.List;

/// A system call that is suspended until it is answered.
///
/// @param id the identifier of the call in the answer
/// @param thread the id of the calling thread as seen by this process; 0 if it is not visible
/// @param number the number of the call
/// @param arguments the six arguments. Pointers refer to the memory of the caller, which may change
///   it at any time.
public record SeccompNotification(long id, int thread, int number, List<Long> arguments) {
  /// Copies the list.
  public SeccompNotification {
    arguments = List.copyOf(arguments);
  }

  /// Returns an argument by its index, 0 to 5.
  public long argument(int index) {
    return arguments.get(index);
  }

  /// Returns all arguments.
  public long[] six() {
    return arguments.stream().mapToLong(Long::longValue).toArray();
  }
}
