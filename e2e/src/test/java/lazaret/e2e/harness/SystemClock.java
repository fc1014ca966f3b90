package lazaret.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/// The system clock of a gate as libfaketime shows it to the process. It runs on and can be stepped
/// while the gate runs. The monotonic clock is unchanged.
public final class SystemClock {
  private final Path library;
  private final Path file;

  private SystemClock(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /// Returns a correct clock, or empty if libfaketime is not installed.
  public static Optional<SystemClock> install() {
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu*")) {
      for (Path folder : folders) {
        Path library = folder.resolve("faketime/libfaketimeMT.so.1");
        if (Files.isReadable(library)) {
          var clock = new SystemClock(library, WorkFolder.folder("clock").resolve("offset"));
          clock.step(Duration.ZERO);
          return Optional.of(clock);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for libfaketime", e);
    }
    return Optional.empty();
  }

  /// Makes a gate use this clock.
  public GateSettings in(GateSettings settings) {
    return settings
        .variable("LD_PRELOAD", library.toString())
        .variable("FAKETIME_TIMESTAMP_FILE", file.toString())
        .variable("FAKETIME_NO_CACHE", "1")
        .variable("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        // With the repair for old C libraries, each timed wait of a thread ends at once.
        .variable("FAKETIME_FORCE_MONOTONIC_FIX", "0")
        .variable("DONT_FAKE_MONOTONIC", "1");
  }

  /// Steps the clock to an offset from the correct time.
  public void step(Duration offset) {
    try {
      Path next = file.resolveSibling("next");
      Files.writeString(next, "%+d\n".formatted(offset.toSeconds()));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot step the clock", e);
    }
  }
}
