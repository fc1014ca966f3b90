package lazaret.vetting.gate.context;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import lazaret.vetting.trace.CurrentSpan;
import org.jspecify.annotations.Nullable;

/// A set of runs that callers with the same key share. Each run has a virtual thread of its own and
/// continues when callers stop waiting. A client that leaves does not cost the others their result.
/// In a trace, a run belongs to the span of the caller who started it.
public final class SingleFlight<K, V> {
  private final ConcurrentHashMap<K, FutureTask<V>> running = new ConcurrentHashMap<>();

  /// Waits for the run of a key, and starts it if there is none.
  ///
  /// @return the result, or empty if the wait ended first; the run then continues
  public Optional<V> join(K key, Supplier<V> work, Duration wait) {
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

  /// Returns whether a run of a key is in progress.
  public boolean isRunning(K key) {
    return running.containsKey(key);
  }

  /// A run that leaves the set before its callers continue. A later caller therefore never gets the
  /// outcome of a run that had already ended.
  private static final class Flight<K, V> extends FutureTask<V> {
    private final Runnable land;

    Flight(K key, Supplier<V> work, ConcurrentHashMap<K, FutureTask<V>> running) {
      super(CurrentSpan.carried(work)::get);
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
