package lazaret.bundle.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;

/// A lock that permits one import at a time for a data folder. It is local to the process, because
/// only one process can have the store open.
final class ImportLock implements AutoCloseable {
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path data;

  private ImportLock(Path data) {
    this.data = data;
  }

  /// Acquires the lock.
  ///
  /// @throws BundleException `import-in-progress` if it is in use
  static ImportLock take(Path data) throws IOException {
    Path real = data.toRealPath();
    if (!HELD.add(real)) {
      throw new BundleException(
          BundleCode.IMPORT_IN_PROGRESS,
          "cannot import: another import runs on '%s'; try again when it has ended"
              .formatted(data));
    }
    return new ImportLock(real);
  }

  @Override
  public void close() {
    HELD.remove(data);
  }
}
