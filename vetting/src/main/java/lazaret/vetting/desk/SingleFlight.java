package lazaret.vetting.desk;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets many callers share one run of the same work. The run has a virtual thread of its own and
/// goes on when callers stop waiting: a client that leaves does not cost the others their answer.
final class SingleFlight<K, V> {
  private final ConcurrentHashMap<K, FutureTask<V>> running = new ConcurrentHashMap<>();

  /// Waits for the run of a key, starting it where none is under way.
  ///
  /// @return the result; empty where the wait was over first, and the run goes on
  Optional<V> join(K key, Supplier<V> work, Duration wait) {
    Flight<K, V> mine = new Flight<>(key, work, running);
    FutureTask<V> flight = running.putIfAbsent(key, mine);
    if (flight == null) {
      flight = mine;
      Thread.ofVirtual().name("flight " + key).start(mine);
    }
    try {
      return Optional.of(flight.get(wait.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw sameKind(e.getCause());
    }
  }

  private static RuntimeException sameKind(@Nullable Throwable cause) {
    return switch (cause) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      case null, default -> new IllegalStateException("shared work failed", cause);
    };
  }

  /// Returns whether a run of a key is under way.
  boolean isRunning(K key) {
    return running.containsKey(key);
  }

  /// A run that is over for newcomers before its callers go on, so that nobody is given the outcome
  /// of a run that ended before they asked.
  private static final class Flight<K, V> extends FutureTask<V> {
    private final Runnable land;

    Flight(K key, Supplier<V> work, ConcurrentHashMap<K, FutureTask<V>> running) {
      super(work::get);
      this.land = () -> running.remove(key);
    }

    @Override
    protected void set(V outcome) {
      land.run();
      super.set(outcome);
    }

    @Override
    protected void setException(Throwable failure) {
      land.run();
      super.setException(failure);
    }
  }
}
