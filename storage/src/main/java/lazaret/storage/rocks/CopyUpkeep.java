package lazaret.storage.rocks;

import java.time.Duration;
import lazaret.vetting.gate.store.StoreException;

/// The copies that an open store keeps outside of its database. Each decision extends the copy of
/// the ledger. A thread copies the list of the database's files after a change. Thread-safe.
final class CopyUpkeep implements AutoCloseable {
  /// The time between two copies of the list of files.
  static final Duration EVERY = Duration.ofSeconds(2);

  private final Parts parts;
  private final LedgerCopy ledgerCopy;
  private final Thread thread;

  private CopyUpkeep(Parts parts, LedgerCopy ledgerCopy) {
    this.parts = parts;
    this.ledgerCopy = ledgerCopy;
    this.thread = Thread.ofVirtual().name("store-upkeep").unstarted(this::copy);
  }

  /// The parts of a store that the copies are made from.
  record Parts(
      DatabaseGuard engine,
      DiskExecutor writers,
      RecordLookup lookups,
      Acknowledgements acknowledgements) {}

  /// Opens the copy of the ledger in a data folder. No thread runs before [#start].
  static CopyUpkeep of(DataFolder folder, Parts parts) {
    return new CopyUpkeep(parts, LedgerCopy.in(folder.path()));
  }

  /// Extends the copy of the ledger by the entries that it lacks, and starts copying the list of
  /// files. While the store withholds, the copy of the ledger is not changed, because it has the
  /// entries that the database lost.
  ///
  /// @throws StoreException if the ledger cannot be read; no thread runs then
  void start() {
    parts
        .acknowledgements()
        .ledgerCopy(
            (sequence, hash) -> {
              if (sequence > 0) {
                ledgerCopy.catchUp(parts.lookups(), sequence, hash);
              }
            });
    if (!parts.engine().condition().withholds()) {
      boolean _ =
          parts
              .writers()
              .run(
                  () -> {
                    parts
                        .lookups()
                        .ledgerHead()
                        .ifPresent(
                            end -> ledgerCopy.catchUp(parts.lookups(), end.sequence(), end.hash()));
                    return true;
                  });
    }
    thread.start();
  }

  private void copy() {
    try {
      while (true) {
        Thread.sleep(EVERY);
        boolean _ =
            parts
                .writers()
                .run(
                    () -> {
                      parts.engine().keepManifest();
                      return true;
                    });
      }
    } catch (InterruptedException | StoreException _) {
      // The store was closed.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    ledgerCopy.close();
  }
}
