package lazaret.mirror.following;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import lazaret.mirror.outbound.FeedClient;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.store.Store;

/// The parts with which a registry is followed.
///
/// @param gate the gate of the store
/// @param store the store, which has the state
/// @param settings the settings
/// @param files the files in which the registry announces releases; closed with the [FollowRun]
/// @param lockfiles the client for watched addresses of lockfiles
/// @param folder a folder for the totals of the dump, which is made if it is missing
/// @param time the passage of time
public record FollowContext(
    Gate gate,
    Store store,
    FollowSettings settings,
    RegistryFiles files,
    FeedClient lockfiles,
    Path folder,
    Time time) {

  /// The passage of time.
  ///
  /// @param clock the current time
  /// @param nanos a clock that never goes back
  /// @param pause lets time pass
  /// @param background runs what takes longer than the feeds may wait
  public record Time(Clock clock, LongSupplier nanos, Pause pause, Executor background) {
    /// Returns the time of the system, with the clock of the program.
    public static Time of(Clock clock) {
      return new Time(
          clock,
          System::nanoTime,
          Thread::sleep,
          work -> Thread.ofVirtual().name("dump").start(work));
    }
  }

  /// A pause of the calling thread.
  public interface Pause {
    /// Returns when a time has passed.
    ///
    /// @throws InterruptedException if the thread is interrupted before
    void sleep(Duration time) throws InterruptedException;
  }

  Clock clock() {
    return time.clock();
  }
}
