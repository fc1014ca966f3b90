package lazaret.mirror.following;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import lazaret.mirror.outbound.FeedClient;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.Store;
import org.jspecify.annotations.Nullable;

/// The background work that follows a registry, if it is configured. The leader of the nodes that
/// share a store does it. Thread-safe.
public final class FollowService implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FollowService.class.getName());

  /// The delay after the start, so that the first requests of clients are answered first.
  private static final Duration AFTER_START = Duration.ofSeconds(5);

  /// The time after which a node that does not follow looks again whether it should.
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private final @Nullable FollowRun run;
  private volatile @Nullable Thread thread;

  /// Creates the service without starting it.
  ///
  /// @param clock the current time
  /// @param options the way to upstream, for feeds, dumps and lockfiles
  /// @param folder a folder for the totals of the dump
  public FollowService(
      Gate gate,
      Store store,
      Clock clock,
      FollowSettings settings,
      UpstreamOptions options,
      Path folder) {
    URI source = settings.source();
    this.run =
        settings.follows() && source != null
            ? new FollowRun(
                new FollowContext(
                    gate,
                    store,
                    settings,
                    new HttpRegistryFiles(source, options, clock),
                    new FeedClient(options, clock),
                    folder,
                    FollowContext.Time.of(clock)))
            : null;
  }

  /// Sets the receiver of each name of the registry's list of all crates; see [FollowRun#onListed].
  public void onListed(Consumer<CrateName> receiver) {
    FollowRun mine = run;
    if (mine != null) {
      mine.onListed(receiver);
    }
  }

  /// Returns whether the registry has a crate, by the last list of all crates; empty if this node
  /// has no list that is recent enough. Nothing is requested.
  ///
  /// @param age the maximum age of the list
  public Optional<Boolean> lists(CrateName name, Duration age) {
    FollowRun mine = run;
    return mine == null ? Optional.empty() : mine.lists(name, age);
  }

  /// Passes each name of this node's last list of all crates to a receiver, if the list was made
  /// after a moment. Nothing is requested.
  ///
  /// @return the time of the list; empty if this node has no such list
  public Optional<Instant> names(Instant after, Consumer<CrateName> receiver) {
    FollowRun mine = run;
    return mine == null ? Optional.empty() : mine.names(after, receiver);
  }

  /// Starts the work in the background, unless no registry is followed.
  ///
  /// @param leader chooses the node that follows
  public void start(Leader leader) {
    FollowRun mine = run;
    if (mine != null) {
      thread = Thread.ofVirtual().name("follow").start(() -> loop(mine, leader));
    }
  }

  private static void loop(FollowRun mine, Leader leader) {
    Duration pause = LOOK_EVERY;
    try {
      Thread.sleep(AFTER_START);
      while (true) {
        long begun = System.nanoTime();
        boolean failed = !attempt(mine, leader);
        boolean soon = System.nanoTime() - begun < LONGEST_PAUSE.toNanos();
        pause = failed && soon ? afterFailure(pause) : LOOK_EVERY;
        Thread.sleep(pause);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Returns the pause after one more failure: each attempt requests the feeds.
  static Duration afterFailure(Duration before) {
    Duration longer = before.multipliedBy(2);
    return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }

  /// Follows the registry if this node leads, and returns whether no failure ended it. An error,
  /// such as one of a task that needs too much heap, ends the attempt alone.
  static boolean attempt(FollowRun mine, Leader leader) throws InterruptedException {
    try {
      boolean _ = leader.run(() -> follow(mine));
      return true;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "following the registry pauses for a moment", e);
      return false;
    } catch (Error e) {
      LOG.log(System.Logger.Level.ERROR, "following the registry pauses after an error", e);
      return false;
    }
  }

  /// Follows the registry until the thread is interrupted, or the store refuses a write, as it does
  /// once another node leads.
  private static void follow(FollowRun mine) throws InterruptedException {
    mine.begin();
    try {
      while (true) {
        Thread.sleep(mine.round());
      }
    } finally {
      mine.end();
    }
  }

  /// Returns the state of following.
  public FollowStatus status() {
    FollowRun mine = run;
    return mine == null ? FollowStatus.OFF : mine.status();
  }

  /// Returns the handler of the operation on the state of following.
  public HandlerSource handlers() {
    return handlers -> handlers.add(StoreOperations.FOLLOW, (_, _) -> status().reply());
  }

  /// Ends the work.
  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      try {
        running.join(Duration.ofSeconds(5));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    FollowRun mine = run;
    if (mine != null) {
      mine.close();
    }
  }
}
