package lazaret.vetting.gate.context;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import lazaret.vetting.gate.shares.UpstreamWait;
import lazaret.vetting.trace.CurrentSpan;
import org.jspecify.annotations.Nullable;

/// A set of runs that callers with the same key share. Each run has a thread of its own and
/// continues when callers stop waiting. A client that leaves does not cost the others their result.
/// In a trace, a run belongs to the span of the caller who started it.
public final class SingleFlight<K, V> {
  private final ConcurrentHashMap<K, Flight<K, V>> running = new ConcurrentHashMap<>();
  private final Predicate<Runnable> threads;

  /// Creates a set whose runs have virtual threads.
  public SingleFlight() {
    this(_ -> false);
  }

  /// Creates a set whose runs have threads that exist.
  ///
  /// @param threads starts a run on one of them; returns false without having started it if none is
  ///   available, and a virtual thread runs it then
  public SingleFlight(Predicate<Runnable> threads) {
    this.threads = threads;
  }

  /// Waits for the run of a key, and starts it if there is none. The time for which the run waits
  /// for upstream meanwhile counts for the caller.
  ///
  /// @return the result, or empty if the wait ended first; the run then continues
  public Optional<V> join(K key, Supplier<V> work, Duration wait) {
    Flight<K, V> mine = new Flight<>(key, work, running);
    long since = UpstreamWait.now();
    Flight<K, V> flight = running.putIfAbsent(key, mine);
    if (flight == null) {
      flight = mine;
      start(mine, key);
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
    } finally {
      UpstreamWait caller = UpstreamWait.current();
      if (caller != null) {
        caller.include(flight.wait, since);
      }
    }
  }

  private void start(Flight<K, V> run, K key) {
    boolean started = false;
    try {
      started = threads.test(run);
    } finally {
      if (!started) {
        Thread.ofVirtual().name("flight " + key).start(run);
      }
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
    private final UpstreamWait wait;

    Flight(K key, Supplier<V> work, ConcurrentHashMap<K, Flight<K, V>> running) {
      this(work, () -> running.remove(key), new UpstreamWait());
    }

    private Flight(Supplier<V> work, Runnable land, UpstreamWait wait) {
      super(CurrentSpan.carried(() -> wait.measure(work))::get);
      this.land = land;
      this.wait = wait;
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
