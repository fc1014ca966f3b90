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

/// Tells when a run has used up what the kernel does not count: time, silence, output, disk. Asked
/// by one thread, a few times a second.
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

  /// Starts the clocks.
  ///
  /// @param target the folder that the build writes
  /// @param traffic what came out of the run
  /// @throws IOException if the disk of the target folder cannot be asked
  public Watchdog(SandboxLimits limits, Path target, Traffic traffic) throws IOException {
    this.limits = limits;
    this.target = target;
    this.traffic = traffic;
    this.store = Files.getFileStore(target);
  }

  /// Returns the time since the clocks were started.
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /// Returns the limit that was reached, in words; empty while none is.
  public Optional<String> exceeded() {
    if (elapsed().compareTo(limits.wall()) > 0) {
      return Optional.of("it took longer than " + words(limits.wall()));
    }
    if (traffic.silence().compareTo(limits.silence()) > 0) {
      return Optional.of("it said nothing for " + words(limits.silence()));
    }
    if (traffic.bytes() > limits.outputBytes()) {
      return Optional.of("it printed more than %,d bytes".formatted(limits.outputBytes()));
    }
    return disk();
  }

  /// Walking the folder is slow, asking the disk is not: what the whole disk has gained since the
  /// last walk is the most that the folder can have.
  private Optional<String> disk() {
    try {
      long free = store.getUsableSpace();
      if (free < RESERVE) {
        return Optional.of("the disk is full but for %,d bytes".formatted(free));
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
            "the target folder holds more than %,d bytes".formatted(limits.targetBytes()));
      }
      return sizes.files > FILES
          ? Optional.of("the target folder holds more than %,d files".formatted(FILES))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of("the size of the target folder cannot be told: " + e);
    }
  }

  private static String words(Duration time) {
    return time.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  /// What came out of a run.
  public interface Traffic {
    /// Returns how many bytes were printed.
    long bytes();

    /// Returns how long ago the last of them was.
    Duration silence();
  }

  /// The build goes on meanwhile: what has just vanished counts for nothing.
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
