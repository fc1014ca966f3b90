package lazaret.testkit;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/// A lock for files that the tests of several JVMs share. Thread-safe.
public final class CrossJvmLock {
  private static final Object THIS_JVM = new Object();

  private CrossJvmLock() {}

  /// Does work while no other caller with the same file does, in this JVM or in another. Work must
  /// not take the same file again.
  ///
  /// @param file the file whose lock is taken; it is created if it is absent, and kept
  /// @throws UncheckedIOException if the file cannot be created or locked
  public static <T> T hold(Path file, Supplier<T> work) {
    // The lock of a file belongs to a whole JVM.
    synchronized (THIS_JVM) {
      Path folder = file.toAbsolutePath().resolveSibling("");
      try (FileChannel channel = opened(folder, file);
          FileLock _ = channel.lock()) {
        return work.get();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot lock " + file, e);
      }
    }
  }

  private static FileChannel opened(Path folder, Path file) throws IOException {
    Files.createDirectories(folder);
    return FileChannel.open(file, CREATE, WRITE);
  }
}
