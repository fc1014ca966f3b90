package lazaret.mirror.http;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import lazaret.mirror.config.AccessLogFormat;
import lazaret.mirror.config.MirrorConfig;
import org.jspecify.annotations.Nullable;

/// One line per request, written by a thread of its own, as soon as it can: an answer never waits
/// for the disk. Lines that cannot be kept, because they come too fast or the disk is full, are
/// counted and given up. The file is rotated, so that it never fills the disk by itself.
/// Thread-safe.
final class AccessLog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AccessLog.class.getName());

  /// Lines that are held at once; a second's worth at full speed.
  private static final int MAX_LINES = 100_000;

  /// Where more lines than this come while others are written, they are collected for a moment, so
  /// that one write takes many.
  private static final int BUSY = 32;

  private static final Duration COLLECT = Duration.ofMillis(2);
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final long ROTATE_AT = 64L << 20;
  private static final int OLD_FILES = 4;

  /// Where lines go.
  private sealed interface Place {
    /// Nowhere.
    record Off() implements Place {}

    /// Standard error.
    record Stderr() implements Place {}

    /// A file, rotated.
    record File(Path path) implements Place {
      @Override
      public String toString() {
        return path.toString();
      }
    }
  }

  private final Place place;
  private final AccessLogFormat format;
  private final LongAdder dropped = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();
  // guarded by lock
  private List<LogLine> lines = new ArrayList<>();
  private final @Nullable Thread writer;
  private volatile boolean closing;

  // used by the writer only
  private @Nullable OutputStream out;
  private long written;
  private boolean failing;

  private AccessLog(Place place, AccessLogFormat format) {
    this.place = place;
    this.format = format;
    if (place instanceof Place.Off) {
      this.writer = null;
      return;
    }
    try {
      this.out = open();
    } catch (IOException e) {
      throw new ServerException(
          "cannot open the access log %s (%s); set access-log.file to another file, or to off"
              .formatted(place, e.getClass().getSimpleName()),
          e);
    }
    this.writer = Thread.ofPlatform().name("access-log").daemon().start(this::run);
  }

  /// Opens the log where the configuration wants it.
  ///
  /// @throws ServerException if its file cannot be opened
  static AccessLog open(MirrorConfig config) {
    MirrorConfig.AccessLogSettings settings = config.server().accessLog();
    Place place =
        switch (settings.file()) {
          case "off" -> new Place.Off();
          case "stderr" -> new Place.Stderr();
          default -> new Place.File(config.dataDir().resolve(settings.file()));
        };
    return new AccessLog(place, settings.format());
  }

  /// Tells whether lines are kept at all.
  boolean on() {
    return writer != null;
  }

  /// Returns how many lines were given up since the start.
  long dropped() {
    return dropped.sum();
  }

  void add(LogLine line) {
    Thread thread = writer;
    if (thread == null) {
      return;
    }
    int held;
    lock.lock();
    try {
      held = lines.size();
      if (held < MAX_LINES) {
        lines.add(line);
      }
    } finally {
      lock.unlock();
    }
    if (held >= MAX_LINES) {
      dropped.increment();
    } else if (held == 0) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    while (!closing) {
      if (drain() <= BUSY) {
        LockSupport.parkNanos(INTERVAL.toNanos());
      } else {
        collect();
      }
    }
    drain();
    release();
  }

  private static void collect() {
    try {
      Thread.sleep(COLLECT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Writes what is held.
  ///
  /// @return how many lines that were
  private int drain() {
    List<LogLine> taken;
    lock.lock();
    try {
      if (lines.isEmpty()) {
        return 0;
      }
      taken = lines;
      lines = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    try {
      write(taken);
      failing = false;
    } catch (IOException e) {
      dropped.add(taken.size());
      release();
      if (!failing) {
        // Once, not for every line: the disk may be full, and this too is written to it.
        LOG.log(System.Logger.Level.WARNING, "access log lines are lost: " + e.getMessage());
      }
      failing = true;
    }
    return taken.size();
  }

  private void write(List<LogLine> taken) throws IOException {
    OutputStream to = out == null ? open() : out;
    out = to;
    if (failing) {
      // The line that met the full disk may be there in part.
      to.write('\n');
    }
    for (LogLine line : taken) {
      String text = format == AccessLogFormat.JSON ? line.json() : line.common();
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      to.write(bytes);
      written += bytes.length;
    }
    to.flush();
    if (written > ROTATE_AT && place instanceof Place.File(Path path)) {
      to.close();
      out = null;
      rotate(path);
    }
  }

  private OutputStream open() throws IOException {
    return switch (place) {
      case Place.Off _ -> OutputStream.nullOutputStream();
      case Place.Stderr _ ->
          new BufferedOutputStream(new FileOutputStream(java.io.FileDescriptor.err));
      case Place.File(Path path) -> {
        try {
          // Readable by its owner only: who fetched what is nobody else's business.
          Files.createFile(
              path,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException _) {
          // it goes on where it ended
        }
        written = Files.size(path);
        yield new BufferedOutputStream(
            Files.newOutputStream(path, StandardOpenOption.APPEND), 1 << 16);
      }
    };
  }

  private static void rotate(Path path) throws IOException {
    for (int number = OLD_FILES - 1; number >= 1; number--) {
      Path old = path.resolveSibling(path.getFileName() + "." + number);
      if (Files.exists(old)) {
        Path older = path.resolveSibling(path.getFileName() + "." + (number + 1));
        Files.move(old, older, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.move(
        path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
  }

  private void release() {
    OutputStream open = out;
    out = null;
    if (open != null && place instanceof Place.File) {
      try {
        open.close();
      } catch (IOException _) {
        // what could not be written was counted already
      }
    }
  }

  /// Writes what is held, and closes. Closing twice is allowed.
  @Override
  public void close() {
    Thread thread = writer;
    if (thread == null) {
      return;
    }
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(5_000);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
