package lazaret.mirror.following;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Calls that run at once, on threads that end with them.
final class ParallelCalls {
  private ParallelCalls() {}

  /// A call for one input.
  interface Call<A, T> {
    T on(A input) throws InterruptedException;
  }

  /// Performs a call for each input, and returns the results in the order of the inputs.
  ///
  /// @param most the number of calls at once
  /// @throws InterruptedException if this thread or one of the calls is interrupted; no call is in
  ///   progress then
  static <A, T> List<T> all(int most, List<A> inputs, Call<A, T> call) throws InterruptedException {
    if (inputs.isEmpty()) {
      return List.of();
    }
    List<Callable<T>> calls =
        inputs.stream().<Callable<T>>map(input -> () -> call.on(input)).toList();
    List<T> results = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(most, calls.size()), Thread.ofVirtual().name("follow-", 0).factory())) {
      for (Future<T> each : threads.invokeAll(calls)) {
        results.add(each.get());
      }
    } catch (ExecutionException e) {
      throw failure(e);
    }
    return results;
  }

  private static RuntimeException failure(ExecutionException e) throws InterruptedException {
    return switch (e.getCause()) {
      case InterruptedException interrupted -> throw interrupted;
      case RuntimeException failure -> failure;
      case Error error -> throw error;
      case null, default -> new IllegalStateException("a call failed", e);
    };
  }
}
