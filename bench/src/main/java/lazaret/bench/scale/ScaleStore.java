package lazaret.bench.scale;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import lazaret.storage.objects.ObjectStoreSettings;
import lazaret.storage.provider.ProvidedStore;
import lazaret.storage.provider.StoreProvider;
import lazaret.storage.provider.StoreSettings;
import lazaret.storage.provider.StoreTasks;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Store;

/// The store of a simulation: on RocksDB, or on PostgreSQL with a bucket on loopback.
///
/// @param store the store as the gate sees it
/// @param tasks the figures of a store that several servers share
record ScaleStore(Store store, StoreTasks tasks) implements AutoCloseable {
  /// The default of `cluster.max-staleness`.
  private static final Duration MAX_STALENESS = Duration.ofSeconds(1);

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int CONNECTIONS = 8;

  /// Opens an empty store.
  ///
  /// @param folder an existing folder
  /// @param clock the clock of the simulation
  /// @param shared address, name and role of the database, address and name of the bucket; empty
  ///   for RocksDB
  /// @throws IOException if the folder cannot be written
  static ScaleStore open(Path folder, Clock clock, List<String> shared) throws IOException {
    ProvidedStore inner =
        shared.isEmpty()
            ? new ProvidedStore(
                RocksStore.open(folder.resolve("data"), RocksOptions.DEFAULT, clock),
                StoreTasks.NONE)
            : provided(settings(folder, shared));
    return new ScaleStore(new SnapshotViewStore(inner.store()), inner.tasks());
  }

  /// Opens a shared store with the clock of the machine. Beats compare it with the monotonic one,
  /// and that of the simulation goes faster.
  private static ProvidedStore provided(StoreSettings settings) {
    return StoreProvider.find()
        .orElseThrow(() -> new IllegalStateException("the plug-ins of the cluster are missing"))
        .open(settings, Clock.systemUTC());
  }

  private static StoreSettings settings(Path folder, List<String> shared) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    Path credentials =
        Files.writeString(
            folder.resolve("credentials"),
            "[default]\naws_access_key_id = lazaret\naws_secret_access_key = secret\n");
    return new StoreSettings(
        new StoreSettings.Node("bench", "bench", data, MAX_STALENESS),
        new StoreSettings.Database(
            List.of(shared.get(0)),
            shared.get(1),
            new StoreSettings.Login(shared.get(2), null),
            new StoreSettings.Transport(false, null),
            CONNECTIONS,
            false,
            true),
        new ObjectStoreSettings(
            URI.create(shared.get(3)), "us-east-1", shared.get(4), "", true, credentials, TIMEOUT),
        Duration.ofHours(24));
  }

  /// Returns the number of statements that were sent to the database; 0 on RocksDB.
  long statements() {
    return tasks.figures().statements();
  }

  @Override
  public void close() {
    store.close();
  }
}
