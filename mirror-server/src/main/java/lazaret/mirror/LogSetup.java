package lazaret.mirror;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import lazaret.mirror.config.LogFormat;
import lazaret.vetting.json.JsonWriter;

/// The log of a running server: one line per event on standard error, in UTC. Messages of the HTTP
/// library about its own start and stop are left out, and its warnings appear once per kind and
/// minute. The server's own messages are limited too. Errors that end a thread are logged.
final class LogSetup {
  /// A strong reference, because the log manager forgets the level of a logger without one.
  private static final Logger LIBRARY = Logger.getLogger("io.helidon");

  private static final Logger OWN = Logger.getLogger("lazaret.mirror");

  private LogSetup() {}

  static void apply(LogFormat format) {
    LIBRARY.setLevel(Level.WARNING);
    LibraryLogFilter library = new LibraryLogFilter();
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setFormatter(
          switch (format) {
            case TEXT -> new OneLine();
            case JSON -> new OneObject();
          });
      handler.setFilter(library);
    }
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, error) ->
            OWN.log(Level.SEVERE, "thread '" + thread.getName() + "' ended by an error", error));
  }

  /// The JSON form: one event on one line, including its stack trace.
  private static final class OneObject extends Formatter {
    @Override
    public String format(LogRecord event) {
      StringWriter trace = new StringWriter();
      if (event.getThrown() != null) {
        event.getThrown().printStackTrace(new PrintWriter(trace, true));
      }
      return JsonWriter.object(
                  json -> {
                    json.text("at", event.getInstant())
                        .text("level", event.getLevel().getName())
                        .text("logger", event.getLoggerName())
                        .text("message", formatMessage(event));
                    if (event.getThrown() != null) {
                      json.text("error", trace);
                    }
                  })
              .text()
          + "\n";
    }
  }

  /// The text form: one event on one line, followed by its stack trace.
  private static final class OneLine extends Formatter {
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String format(LogRecord event) {
      String name = event.getLoggerName();
      StringWriter text = new StringWriter();
      text.append(TIME.format(event.getInstant())).append(' ').append(event.getLevel().getName());
      text.append(' ').append(name == null ? "-" : name).append(": ");
      // Text from outside in a message must not be able to forge a log line.
      text.append(formatMessage(event).replace("\n", "\\n").replace("\r", "\\r")).append('\n');
      if (event.getThrown() != null) {
        event.getThrown().printStackTrace(new PrintWriter(text, true));
      }
      return text.toString();
    }
  }
}
