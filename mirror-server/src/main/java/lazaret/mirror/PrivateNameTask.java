package lazaret.mirror;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.hosting.HostingSettings;
import lazaret.vetting.hosting.names.NameAlarmRegister;
import lazaret.vetting.hosting.names.PrivateNameAlarm;
import org.jspecify.annotations.Nullable;

/// The comparison of stored crates, advisories and public names with private ones, each hour. It
/// also reads alarms about names from the ledger, each minute.
final class PrivateNameTask implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PrivateNameTask.class.getName());
  private static final Duration EVERY = Duration.ofMinutes(1);

  /// The number of collections for one comparison.
  private static final int ROUNDS = 60;

  private final Round round;
  private volatile @Nullable Thread running;

  PrivateNameTask(Round round) {
    this.round = round;
  }

  /// The work of one minute.
  interface Round {
    /// Collects alarms.
    ///
    /// @param compares whether names are compared before
    /// @throws InterruptedException if the server is stopped
    void run(boolean compares) throws InterruptedException;
  }

  /// Creates the task of a server.
  ///
  /// @param hosting compares the list of all public names
  static PrivateNameTask of(SiteParts.Around around, HostingSetup hosting) {
    HostingSettings settings = around.config().site().hosting();
    Store store = around.parts().store();
    PrivateNameAlarm alarm = around.names().alarm();
    NameAlarmRegister collector = new NameAlarmRegister(store);
    FeedService feeds = around.desk().feeds();
    Round work =
        round(
            settings.isOn() || !settings.patterns().reserved().isEmpty(),
            hosting::isServed,
            new NameSteps(
                () -> {
                  hosting.compareListed();
                  alarm.compareStored();
                },
                () -> alarm.compareAdvisories(feeds.advisories().feeds()),
                collector::collect));
    return new PrivateNameTask(
        compares -> {
          if (!store.condition().withholds()) {
            work.run(compares);
          }
        });
  }

  /// The steps of a round.
  ///
  /// @param configured compares what depends on the names of the configuration
  /// @param advisories compares public advisories
  /// @param alarms collects alarms
  record NameSteps(Runnable configured, Runnable advisories, Runnable alarms) {}

  /// Returns the work of one minute.
  ///
  /// @param isConfigured whether the configuration has private or reserved names
  /// @param hasNames returns whether there is a private name; a bundle can bring the first one
  static Round round(boolean isConfigured, BooleanSupplier hasNames, NameSteps steps) {
    return compares -> {
      if (compares && isConfigured) {
        steps.configured().run();
      }
      if (isConfigured || hasNames.getAsBoolean()) {
        if (compares) {
          steps.advisories().run();
        }
        steps.alarms().run();
      }
    };
  }

  /// Starts the work.
  ///
  /// @param leader runs what one node of several does
  void start(Leader leader) {
    start(leader, EVERY);
  }

  /// Starts the work with another pause after each round.
  void start(Leader leader, Duration pause) {
    running = Thread.ofVirtual().name("private-names").start(() -> run(leader, pause));
  }

  private void run(Leader leader, Duration pause) {
    boolean failed = false;
    try {
      for (int next = 0; ; next = (next + 1) % ROUNDS) {
        boolean compares = next == 0;
        boolean logs = compares || !failed;
        failed = !isDone(leader, compares, logs);
        Thread.sleep(pause);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Does the work of one round.
  ///
  /// @param compares whether names are compared, too
  /// @param logs whether a failure is logged
  /// @return false if it failed
  private boolean isDone(Leader leader, boolean compares, boolean logs)
      throws InterruptedException {
    try {
      boolean _ = leader.run(() -> round.run(compares));
      return true;
    } catch (RuntimeException e) {
      if (logs) {
        LOG.log(
            System.Logger.Level.WARNING,
            "private names were not compared, or their alarms not collected; it is repeated",
            e);
      }
      return false;
    }
  }

  @Override
  public void close() {
    Thread thread = running;
    if (thread != null) {
      thread.interrupt();
      try {
        // It reads the store, which is closed next.
        boolean _ = thread.join(Duration.ofSeconds(5));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
