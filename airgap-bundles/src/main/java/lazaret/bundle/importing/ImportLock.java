package lazaret.bundle.importing;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;

/// A lock that permits one import at a time. One importer has it, because only one process can have
/// the store open. The lock is not reentrant. Thread-safe.
final class ImportLock {
  private final AtomicBoolean held = new AtomicBoolean();

  /// The permit of one import.
  interface Permit extends AutoCloseable {
    @Override
    void close();
  }

  /// Acquires the lock until the permit is closed.
  ///
  /// @param data the data folder, for the message
  /// @throws BundleException `import-in-progress` if it is in use
  Permit take(Path data) {
    if (!held.compareAndSet(false, true)) {
      throw new BundleException(
          BundleCode.IMPORT_IN_PROGRESS,
          "cannot import: another import runs on '%s'; try again when it has ended"
              .formatted(data));
    }
    return () -> held.set(false);
  }
}
