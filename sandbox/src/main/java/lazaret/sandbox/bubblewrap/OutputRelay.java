package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import lazaret.sandbox.limits.Watchdog;
import lazaret.sandbox.output.OutputSanitizer;
import lazaret.sandbox.watch.Decoys;

/// The transfer of the output of a command to its readers, with control characters neutralized.
/// Each stream has a thread of its own, which must be started by a thread without a filter.
final class OutputRelay implements Watchdog.Traffic {
  private static final int TAIL = 2_000;
  private static final int CHUNK = 16_384;

  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong last = new AtomicLong(System.nanoTime());
  private final StringBuilder tail = new StringBuilder();

  /// The destination of a stream.
  ///
  /// @param name the name of the stream in reports
  /// @param to the destination
  /// @param decoys the decoys whose values are searched in the stream, or empty
  record Way(String name, OutputStream to, Optional<Decoys> decoys) {}

  /// Starts a transfer.
  Thread carry(InputStream from, Way way) {
    return Thread.ofPlatform().daemon().name("sandbox " + way.name()).start(() -> run(from, way));
  }

  private void run(InputStream from, Way way) {
    Optional<Decoys.Search> search = way.decoys().map(d -> d.search(way.name()));
    byte[] chunk = new byte[CHUNK];
    boolean open = true;
    try (from;
        OutputSanitizer text = new OutputSanitizer(way.to())) {
      for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
        bytes.addAndGet(read);
        last.set(System.nanoTime());
        keep(chunk, read);
        if (search.isPresent()) {
          search.get().accept(chunk, 0, read);
        }
        open = open && written(text, chunk, read);
      }
    } catch (IOException _) {
      // The command was killed or the reader is gone, so the remaining output is dropped.
    }
  }

  /// Writes output, and returns false if the reader is gone. The command is still read then, so
  /// that it does not block.
  private static boolean written(OutputStream to, byte[] chunk, int length) {
    try {
      to.write(chunk, 0, length);
      to.flush();
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private synchronized void keep(byte[] chunk, int length) {
    tail.append(new String(chunk, 0, length, StandardCharsets.UTF_8));
    if (tail.length() > TAIL) {
      tail.delete(0, tail.length() - TAIL);
    }
  }

  /// Returns the end of the output.
  synchronized String tail() {
    return tail.toString().strip();
  }

  @Override
  public long bytes() {
    return bytes.get();
  }

  @Override
  public Duration silence() {
    return Duration.ofNanos(System.nanoTime() - last.get());
  }
}
