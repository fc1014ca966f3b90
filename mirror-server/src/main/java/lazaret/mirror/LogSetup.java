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

/// The log of a running server: one line per event on standard error, in UTC. The HTTP library's
/// news of its own starting and stopping are left out, its warnings appear once per kind and
/// minute, messages of its own are limited too, and errors that end a thread are logged.
final class LogSetup {
  /// Kept, since the log manager forgets levels of loggers that nobody holds.
  private static final Logger LIBRARY = Logger.getLogger("io.helidon");

  private static final Logger OWN = Logger.getLogger("lazaret.mirror");

  private LogSetup() {}

  static void apply() {
    LIBRARY.setLevel(Level.WARNING);
    LibraryMessages library = new LibraryMessages();
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setFormatter(new OneLine());
      handler.setFilter(library);
    }
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, error) ->
            OWN.log(Level.SEVERE, "thread '" + thread.getName() + "' ended by an error", error));
  }

  private static final class OneLine extends Formatter {
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String format(LogRecord event) {
      String name = event.getLoggerName();
      StringWriter text = new StringWriter();
      text.append(TIME.format(event.getInstant())).append(' ').append(event.getLevel().getName());
      text.append(' ').append(name == null ? "-" : name).append(": ");
      // Foreign text in a message must not forge a line.
      text.append(formatMessage(event).replace("\n", "\\n").replace("\r", "\\r")).append('\n');
      if (event.getThrown() != null) {
        event.getThrown().printStackTrace(new PrintWriter(text, true));
      }
      return text.toString();
    }
  }
}
