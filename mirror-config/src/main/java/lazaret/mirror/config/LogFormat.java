package lazaret.mirror.config;

/// The forms of the server's log on standard error.
public enum LogFormat {
  /// One line of text for each event; a stack trace has lines of its own.
  TEXT,
  /// One JSON object for each event, on one line.
  JSON
}
