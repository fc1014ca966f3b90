package lazaret.mirror;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import lazaret.mirror.config.LogFormat;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.trace.CurrentSpan;

/// The log of a running server: one line per event on standard error, in UTC. Messages of libraries
/// about their own start and stop are left out, and their warnings appear once per kind and minute.
/// The server's own messages are limited too. Errors that end a thread are logged.
final class LogSetup {
  /// Strong references, because the log manager forgets the level of a logger without one.
  private static final List<Logger> LIBRARIES =
      LibraryLogFilter.LIBRARIES.stream().map(Logger::getLogger).toList();

  private static final Logger OWN = Logger.getLogger("lazaret.mirror");

  private LogSetup() {}

  static void apply(LogFormat format) {
    LIBRARIES.forEach(library -> library.setLevel(Level.WARNING));
    LibraryLogFilter library = new LibraryLogFilter();
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setFormatter(formatter(format));
      handler.setFilter(library);
    }
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, error) ->
            OWN.log(Level.SEVERE, "thread '" + thread.getName() + "' ended by an error", error));
  }

  /// Returns the formatter of a form. It runs in the thread that logs, whose name and trace it
  /// writes.
  static Formatter formatter(LogFormat format) {
    return switch (format) {
      case TEXT -> new OneLine();
      case JSON -> new OneObject();
    };
  }

  /// The JSON form: one event on one line, including its stack trace.
  private static final class OneObject extends Formatter {
    @Override
    public String format(LogRecord event) {
      String trace = CurrentSpan.get().traceId();
      String message = String.valueOf(formatMessage(event));
      Throwable thrown = event.getThrown();
      String object =
          JsonWriter.object(
                  json ->
                      json.text("at", event.getInstant())
                          .text("level", event.getLevel().getName())
                          .text("logger", LogText.logger(event))
                          .text("thread", LogText.thread())
                          .put("trace", trace.isEmpty() ? null : trace)
                          .text("message", LogText.cut(message))
                          .put("error", thrown == null ? null : LogText.trace(thrown)))
              .text();
      return LogText.ascii(object) + "\n";
    }
  }

  /// The text form: one event on one line, followed by its stack trace, whose lines are indented.
  private static final class OneLine extends Formatter {
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String format(LogRecord event) {
      String trace = CurrentSpan.get().traceId();
      String message = String.valueOf(formatMessage(event));
      StringBuilder text = new StringBuilder();
      text.append(TIME.format(event.getInstant())).append(' ').append(event.getLevel().getName());
      text.append(" [").append(LogText.thread());
      text.append(trace.isEmpty() ? "" : " trace=" + trace).append("] ");
      text.append(LogText.logger(event)).append(": ");
      // Text from outside in a message must not be able to forge a log line.
      text.append(LogText.line(message, LogText.MAX_MESSAGE)).append('\n');
      if (event.getThrown() != null) {
        LogText.trace(event.getThrown())
            .lines()
            .map(line -> "\t" + LogText.line(line.strip(), LogText.MAX_MESSAGE) + "\n")
            .forEach(text::append);
      }
      return text.toString();
    }
  }
}
