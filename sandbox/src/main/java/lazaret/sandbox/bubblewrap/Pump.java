package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import lazaret.sandbox.limits.Watchdog;
import lazaret.sandbox.output.TerminalText;
import lazaret.sandbox.watch.Decoys;

/// Carries what a command prints to those who read it, as text that does nothing. One thread for
/// each stream, started by one that no filter binds.
final class Pump implements Watchdog.Traffic {
  private static final int TAIL = 2_000;
  private static final int CHUNK = 16_384;

  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong last = new AtomicLong(System.nanoTime());
  private final StringBuilder tail = new StringBuilder();

  /// Where a stream goes.
  ///
  /// @param name what reports call it
  /// @param decoys whose values are looked for in it
  record Way(String name, OutputStream to, Optional<Decoys> decoys) {}

  /// Starts carrying.
  Thread carry(InputStream from, Way way) {
    return Thread.ofPlatform().daemon().name("sandbox " + way.name()).start(() -> run(from, way));
  }

  private void run(InputStream from, Way way) {
    Optional<Decoys.Search> search = way.decoys().map(d -> d.search(way.name()));
    byte[] chunk = new byte[CHUNK];
    boolean open = true;
    try (from;
        TerminalText text = new TerminalText(way.to())) {
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
      // The command was killed, or nobody reads any more: what it still had to say is lost.
    }
  }

  /// Who no longer reads must not stop the command from being read.
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

  /// Returns the last of what was printed.
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
