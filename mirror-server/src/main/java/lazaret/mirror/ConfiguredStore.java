package lazaret.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import lazaret.mirror.clients.DescriptorCount;
import lazaret.mirror.config.MirrorConfig;
import lazaret.storage.files.PrivateFiles;
import lazaret.storage.provider.ProvidedStore;
import lazaret.storage.provider.StoreProvider;
import lazaret.storage.provider.StoreSettings;
import lazaret.storage.provider.StoreTasks;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.cluster.ChangeApplier;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.ConversionState;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The store of a server by its configuration.
///
/// @param store the store as the gate sees it
/// @param followHead serves the snapshot that the store names
/// @param changes collects the changes of other nodes since before anything was read
/// @param tasks the work that keeps the store in order
record ConfiguredStore(Store store, Runnable followHead, ChangeApplier changes, StoreTasks tasks) {
  /// Opens the store: that of the data folder, or one that several servers share. The caller closes
  /// it.
  ///
  /// @throws StoreException if it cannot be opened, or has a part of its data alone
  static ConfiguredStore open(MirrorConfig config, Clock clock) {
    ProvidedStore provided = openAlone(config, clock);
    return of(provided.store(), provided.tasks());
  }

  /// Opens the store for work without a gate. It may have a part of its data alone. The caller
  /// closes it.
  ///
  /// @throws StoreException if it cannot be opened
  static ProvidedStore openAlone(MirrorConfig config, Clock clock) {
    StoreSettings shared = config.cache().shared();
    return shared == null ? ownStore(config, clock) : sharedStore(shared, clock);
  }

  private static ProvidedStore ownStore(MirrorConfig config, Clock clock) {
    RocksOptions options =
        RocksOptions.DEFAULT
            .withMinFreeBytes(config.cache().minFreeBytes())
            .withMaxOpenFiles(DescriptorCount.storeFiles(RocksOptions.DEFAULT.maxOpenFiles()));
    return new ProvidedStore(RocksStore.open(config.dataDir(), options, clock), StoreTasks.NONE);
  }

  private static ProvidedStore sharedStore(StoreSettings settings, Clock clock) {
    StoreProvider engine =
        StoreProvider.find()
            .orElseThrow(
                () ->
                    unusable(
                        "cannot open the store: 'storage.engine' is postgres, and the program was"
                            + " started without the plug-ins of the cluster; name their folder in"
                            + " LAZARET_PLUGINS",
                        null));
    prepare(settings.node().dataDir());
    return engine.open(settings, clock);
  }

  /// Makes sure that the folder for the token, the socket and the record of the last write is
  /// private. It may be empty at each start.
  static void prepare(Path folder) {
    try {
      if (!Files.exists(folder)) {
        PrivateFiles.createFolders(folder);
      }
      String why = PrivateFiles.whyNotPrivate(folder);
      if (why != null) {
        throw unusable("cannot use the folder '%s': %s".formatted(folder, why), null);
      }
    } catch (IOException e) {
      throw unusable(
          "cannot use the folder '%s': %s".formatted(folder, PrivateFiles.describe(e)), e);
    }
  }

  /// Returns the failure to use a store or its folder.
  static StoreException unusable(String message, @Nullable Throwable cause) {
    return new StoreException(ErrorCode.STORE_UNUSABLE, message, cause);
  }

  private static ConfiguredStore of(Store inner, StoreTasks tasks) {
    try {
      ConversionState.requireComplete(inner);
      var changes = new ChangeApplier();
      // Before anything is read: a later change of what is read is then applied.
      inner.shared().ifPresent(nodes -> nodes.follow(changes));
      var view = new SnapshotViewStore(inner);
      return new ConfiguredStore(view, view::switchToStored, changes, tasks);
    } catch (RuntimeException e) {
      inner.close();
      throw e;
    }
  }

  /// Returns a store of the caller, whose changes by other nodes are not applied.
  static ConfiguredStore over(Store store) {
    return new ConfiguredStore(store, () -> {}, new ChangeApplier(), StoreTasks.NONE);
  }
}
