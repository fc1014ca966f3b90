package lazaret.bundle.importing;

import java.nio.file.Path;
import java.util.function.Supplier;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.gate.store.LeaseRun;
import lazaret.vetting.gate.store.Store;

/// A lock that permits one import at a time into a store, on any of its nodes. The lock is not
/// reentrant. Thread-safe.
final class ImportLock {
  private final LeaseRun runs;

  ImportLock(Store store) {
    this.runs = new LeaseRun(store, "bundle-import");
  }

  /// Runs an import. The commits of its thread are refused after the lock was lost.
  ///
  /// @param data the data folder, for the message
  /// @throws BundleException `import-in-progress` if another import runs
  <T> T run(Path data, Supplier<T> work) {
    return runs.tryRun(work)
        .orElseThrow(
            () ->
                new BundleException(
                    BundleCode.IMPORT_IN_PROGRESS,
                    "cannot import: another import runs on '%s'; try again when it has ended"
                        .formatted(data)));
  }
}
