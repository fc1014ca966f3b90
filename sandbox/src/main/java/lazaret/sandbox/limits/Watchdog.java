package lazaret.sandbox.limits;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import lazaret.sandbox.SandboxLimits;
import org.jspecify.annotations.Nullable;

/// The supervision of the limits that the kernel does not enforce: time, silence, output and disk
/// space. One thread calls it, several times a second.
public final class Watchdog {
  private static final long FILES = 2_000_000;
  private static final long RESERVE = 256L << 20;
  private static final long BETWEEN_WALKS = Duration.ofSeconds(30).toNanos();

  private final SandboxLimits limits;
  private final Path target;
  private final Traffic traffic;
  private final FileStore store;
  private final long begin = System.nanoTime();

  private long sizeThen;
  private long freeThen;
  private long walked;
  private boolean known;

  /// Starts the time measurement.
  ///
  /// @param limits the limits
  /// @param target the target folder of the build
  /// @param traffic the output of the run
  /// @throws IOException if the file system of the target folder cannot be determined
  public Watchdog(SandboxLimits limits, Path target, Traffic traffic) throws IOException {
    this.limits = limits;
    this.target = target;
    this.traffic = traffic;
    this.store = Files.getFileStore(target);
  }

  /// Returns the time since the start.
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /// Returns the limit that was exceeded, as text, or empty.
  public Optional<String> exceeded() {
    if (elapsed().compareTo(limits.wall()) > 0) {
      return Optional.of("it took longer than " + words(limits.wall()));
    }
    if (traffic.silence().compareTo(limits.silence()) > 0) {
      return Optional.of("it printed nothing for " + words(limits.silence()));
    }
    if (traffic.bytes() > limits.outputBytes()) {
      return Optional.of("it printed more than %,d bytes".formatted(limits.outputBytes()));
    }
    return disk();
  }

  /// Checks the disk space. Walking the folder is slow, so it is walked again only if it may be too
  /// large. It grew by at most the space that the whole disk lost since the last walk.
  private Optional<String> disk() {
    try {
      long free = store.getUsableSpace();
      if (free < RESERVE) {
        return Optional.of("the disk has only %,d free bytes".formatted(free));
      }
      long most = sizeThen + Math.max(0, freeThen - free);
      boolean old = System.nanoTime() - walked > BETWEEN_WALKS;
      if (known && !old && most <= limits.targetBytes()) {
        return Optional.empty();
      }
      Sizes sizes = new Sizes();
      Files.walkFileTree(target, sizes);
      sizeThen = sizes.bytes;
      freeThen = free;
      walked = System.nanoTime();
      known = true;
      if (sizes.bytes > limits.targetBytes()) {
        return Optional.of(
            "the target folder has more than %,d bytes".formatted(limits.targetBytes()));
      }
      return sizes.files > FILES
          ? Optional.of("the target folder has more than %,d files".formatted(FILES))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of("the size of the target folder is not known: " + e);
    }
  }

  private static String words(Duration time) {
    return time.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  /// The output of a run.
  public interface Traffic {
    /// Returns the number of bytes that were written.
    long bytes();

    /// Returns the time since the last output.
    Duration silence();
  }

  /// The total size of a folder. The build continues during the walk, so vanished files are
  /// ignored.
  private static final class Sizes extends SimpleFileVisitor<Path> {
    private long bytes;
    private long files;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.size();
      files++;
      return files > FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      files++;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
