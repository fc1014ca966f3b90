package lazaret.mirror.config;

/// The forms of the access log.
public enum AccessLogFormat {
  /// One JSON object per line.
  JSON,
  /// The Common Log Format.
  COMMON,
  /// The Common Log Format, followed by referrer and user agent, as of the Apache HTTP server.
  COMBINED
}
