package lazaret.mirror;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.HexFormat;
import java.util.logging.LogRecord;
import lazaret.vetting.text.Printable;

/// The texts of one event of the log, in bounded length.
final class LogText {
  /// The maximum length of a message in characters.
  static final int MAX_MESSAGE = 8_192;

  /// The maximum length of a stack trace in characters.
  static final int MAX_TRACE = 32_768;

  private static final int MAX_NAME = 100;
  private static final String CUT = "..";

  private LogText() {}

  /// Returns a text on one line. Line feeds and what a terminal would obey become escapes, so that
  /// text from outside cannot forge a line.
  static String line(String text, int max) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), max) + CUT.length());
    text.codePoints().limit(max).forEach(c -> append(line, c));
    return text.length() > max ? line.append(CUT).toString() : line.toString();
  }

  private static void append(StringBuilder line, int codePoint) {
    switch (codePoint) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (Printable.isSafe(codePoint)) {
          line.appendCodePoint(codePoint);
        } else {
          line.append("\\u{%x}".formatted(codePoint));
        }
      }
    }
  }

  /// Returns a JSON document with escapes in place of all characters outside printable ASCII. Some
  /// of them control a terminal, or end a line for some readers.
  static String ascii(String json) {
    StringBuilder text = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c > 0x7e) {
        text.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /// Returns a message, cut at [#MAX_MESSAGE].
  static String cut(String message) {
    return message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + CUT : message;
  }

  /// Returns the name of the thread that logs.
  static String thread() {
    Thread thread = Thread.currentThread();
    String name = thread.getName();
    return line(name.isEmpty() ? "thread-" + thread.threadId() : name, MAX_NAME);
  }

  /// Returns the name of the logger.
  static String logger(LogRecord event) {
    String name = event.getLoggerName();
    return name == null ? "-" : line(name, MAX_NAME);
  }

  /// Returns a stack trace with its causes, cut at [#MAX_TRACE].
  static String trace(Throwable thrown) {
    Bounded trace = new Bounded();
    thrown.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }

  /// A writer that drops the rest of a text that is too long.
  private static final class Bounded extends Writer {
    private final StringWriter text = new StringWriter();
    private boolean cut;

    @Override
    public void write(char[] chars, int from, int length) {
      int left = Math.min(length, MAX_TRACE - text.getBuffer().length());
      text.write(chars, from, left);
      cut |= left < length;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
      return cut ? text + CUT + "\n" : text.toString();
    }
  }
}
