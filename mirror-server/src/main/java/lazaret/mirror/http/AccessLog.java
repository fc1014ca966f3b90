package lazaret.mirror.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import lazaret.mirror.config.AccessLogFormat;
import lazaret.mirror.config.MirrorConfig;
import org.jspecify.annotations.Nullable;

/// One line per request, written by a thread of its own: an answer never waits for the disk. Where
/// lines come faster than they can be written, they are dropped and the number is written instead.
/// Queries and headers are not logged, and foreign text is escaped, so that a path cannot forge a
/// line.
final class AccessLog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AccessLog.class.getName());
  private static final int QUEUE = 16_384;
  private static final Line END = new Line(Instant.EPOCH, "", "", "", 0, 0, 0, "", "");

  private final @Nullable Writer out;
  private final AccessLogFormat format;
  private final BlockingQueue<Line> lines = new ArrayBlockingQueue<>(QUEUE);
  private final LongAdder dropped = new LongAdder();
  private final @Nullable Thread writer;

  private AccessLog(@Nullable Writer out, AccessLogFormat format) {
    this.out = out;
    this.format = format;
    this.writer =
        out == null ? null : Thread.ofPlatform().name("access log").daemon().start(this::write);
  }

  /// One request.
  ///
  /// @param micros how long it took
  record Line(
      Instant at,
      String id,
      String method,
      String path,
      int status,
      long bytes,
      long micros,
      String token,
      String address) {}

  /// Opens the log where the configuration wants it.
  ///
  /// @throws UncheckedIOException if its file cannot be opened
  static AccessLog open(MirrorConfig config) {
    MirrorConfig.AccessLogSettings settings = config.server().accessLog();
    return switch (settings.file()) {
      case "off" -> new AccessLog(null, settings.format());
      case "stderr" ->
          new AccessLog(
              new BufferedWriter(
                  new OutputStreamWriter(
                      new FileOutputStream(FileDescriptor.err), StandardCharsets.UTF_8)),
              settings.format());
      default -> new AccessLog(file(config.dataDir().resolve(settings.file())), settings.format());
    };
  }

  private static Writer file(Path path) {
    try {
      if (Files.notExists(path)) {
        Files.createFile(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      return Files.newBufferedWriter(path, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the access log " + path, e);
    }
  }

  void add(Line line) {
    if (out != null && !lines.offer(line)) {
      dropped.increment();
    }
  }

  boolean on() {
    return out != null;
  }

  private void write() {
    Writer to = out;
    if (to == null) {
      return;
    }
    try {
      for (Line line = lines.take(); !line.equals(END); line = lines.take()) {
        to.write(format == AccessLogFormat.JSON ? json(line) : common(line));
        long lost = dropped.sumThenReset();
        if (lost > 0) {
          to.write("{\"dropped\":" + lost + "}\n");
        }
        if (lines.isEmpty()) {
          to.flush();
        }
      }
      to.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "the access log cannot be written any more", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static String json(Line line) {
    StringBuilder out = new StringBuilder(256);
    out.append("{\"at\":\"").append(line.at());
    text(out.append('"'), "id", line.id());
    text(out, "method", line.method());
    text(out, "path", line.path());
    out.append(",\"status\":").append(line.status());
    out.append(",\"bytes\":").append(line.bytes());
    out.append(",\"micros\":").append(line.micros());
    text(out, "token", line.token());
    text(out, "address", line.address());
    return out.append("}\n").toString();
  }

  private static void text(StringBuilder out, String key, String value) {
    out.append(",\"").append(key).append("\":\"");
    JsonStringEncoder.getInstance().quoteAsString(value, out);
    out.append('"');
  }

  private static String common(Line line) {
    String path = line.path().replaceAll("[^\\x21-\\x7e]|\"", "?");
    return "%s - %s [%s] \"%s %s\" %d %d\n"
        .formatted(
            line.address(),
            line.token(),
            line.at(),
            line.method(),
            path,
            line.status(),
            line.bytes());
  }

  @Override
  public void close() {
    Thread running = writer;
    if (running == null) {
      return;
    }
    try {
      lines.put(END);
      running.join(Duration.ofSeconds(5));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
