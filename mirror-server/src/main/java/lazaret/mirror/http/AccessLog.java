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

/// The access log with one line per request. A thread of its own writes the lines soon after, so
/// that a response never waits for the disk. If lines arrive too fast or the disk is full, they are
/// counted and dropped. The file is rotated, which bounds its size. Thread-safe.
public final class AccessLog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AccessLog.class.getName());

  /// The maximum number of lines in memory; the lines of one second at full speed.
  private static final int MAX_LINES = 100_000;

  /// If more lines than this wait, the writer pauses for [#COLLECT], so that one write takes many.
  private static final int BUSY = 32;

  private static final Duration COLLECT = Duration.ofMillis(2);
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final long ROTATE_AT = 64L << 20;
  private static final int OLD_FILES = 4;

  /// The destinations of lines.
  private sealed interface Destination {
    /// No destination.
    record Off() implements Destination {}

    /// Standard error.
    record Stderr() implements Destination {}

    /// A file, rotated.
    record File(Path path) implements Destination {
      @Override
      public String toString() {
        return path.toString();
      }
    }
  }

  private final Destination place;
  private final AccessLogFormat format;
  private final LongAdder dropped = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();
  // guarded by lock
  private List<AccessLogLine> lines = new ArrayList<>();
  private final @Nullable Thread writer;
  private volatile boolean closing;

  // used by the writer only
  private @Nullable OutputStream out;
  private long written;
  private boolean failing;

  private AccessLog(Destination place, AccessLogFormat format) {
    this.place = place;
    this.format = format;
    if (place instanceof Destination.Off) {
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

  /// Opens the log at its configured destination.
  ///
  /// @throws ServerException if its file cannot be opened
  public static AccessLog open(MirrorConfig config) {
    MirrorConfig.AccessLogSettings settings = config.server().observation().accessLog();
    Destination place =
        switch (settings.file()) {
          case "off" -> new Destination.Off();
          case "stderr" -> new Destination.Stderr();
          default -> new Destination.File(config.dataDir().resolve(settings.file()));
        };
    return new AccessLog(place, settings.format());
  }

  /// Returns whether lines are written at all.
  public boolean on() {
    return writer != null;
  }

  /// Returns whether lines contain the referrer and the user agent.
  public boolean combined() {
    return format == AccessLogFormat.COMBINED;
  }

  /// Returns the number of lines that were dropped since the start.
  public long dropped() {
    return dropped.sum();
  }

  /// Queues a line for the writer.
  public void add(AccessLogLine line) {
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

  /// Writes the lines in memory.
  ///
  /// @return the number of lines
  private int drain() {
    List<AccessLogLine> taken;
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
        // Logged once, not for every line: the disk may be full, and this message is written to it
        // too.
        LOG.log(System.Logger.Level.WARNING, "access log lines lost: " + e.getMessage());
      }
      failing = true;
    }
    return taken.size();
  }

  private void write(List<AccessLogLine> taken) throws IOException {
    OutputStream to = out == null ? open() : out;
    out = to;
    if (failing) {
      // The line whose write failed may be on the disk in part.
      to.write('\n');
    }
    for (AccessLogLine line : taken) {
      String text =
          switch (format) {
            case JSON -> line.json();
            case COMMON -> line.common();
            case COMBINED -> line.combined();
          };
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      to.write(bytes);
      written += bytes.length;
    }
    to.flush();
    if (written > ROTATE_AT && place instanceof Destination.File(Path path)) {
      to.close();
      out = null;
      rotate(path);
    }
  }

  private OutputStream open() throws IOException {
    return switch (place) {
      case Destination.Off _ -> OutputStream.nullOutputStream();
      case Destination.Stderr _ ->
          new BufferedOutputStream(new FileOutputStream(java.io.FileDescriptor.err));
      case Destination.File(Path path) -> {
        try {
          // Readable only by its owner, because it shows which client fetched which crate.
          Files.createFile(
              path,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException _) {
          // the log continues in the existing file
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
    if (open != null && place instanceof Destination.File) {
      try {
        open.close();
      } catch (IOException _) {
        // lines that could not be written were counted already
      }
    }
  }

  /// Writes the remaining lines and closes. Closing twice is allowed.
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
