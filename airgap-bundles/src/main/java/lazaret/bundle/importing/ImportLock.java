package lazaret.bundle.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;

/// Sees to it that one import at a time runs on a data folder. Within this process is enough: no
/// other one can have the store.
final class ImportLock implements AutoCloseable {
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path data;

  private ImportLock(Path data) {
    this.data = data;
  }

  /// Takes the lock.
  ///
  /// @throws BundleException `import-in-progress` where somebody has it
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
