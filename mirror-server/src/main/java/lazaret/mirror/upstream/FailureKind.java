package lazaret.mirror.upstream;

/// How a question to upstream came to nothing. The label is the value of a metric's label.
public enum FailureKind {
  /// No connection, a name that does not resolve, or a connection that broke before an answer.
  CONNECT("connect", true),
  /// A certificate that nobody vouches for, or another failed handshake: asking again does not
  /// help.
  TLS("tls", false),
  /// No connection or no answer in time.
  TIMEOUT("timeout", true),
  /// A body that stopped, dripped or took too long.
  STALL("stall", true),
  /// A body shorter than announced, or one whose last line or gzip stream has no end.
  TRUNCATED("truncated", true),
  /// 429.
  TOO_MANY_REQUESTS("too-many-requests", true),
  /// 408 or 5xx.
  SERVER_ERROR("server-error", true),
  /// Any other status that answers no question.
  STATUS("status", false),
  /// A redirect or a `dl` to where it must not lead, or too many redirects.
  REDIRECT("redirect", false),
  /// A body over its limit.
  TOO_LARGE("too-large", false),
  /// HTML, an unknown coding, a `config.json` that cannot be read.
  UNUSABLE("unusable", false),
  /// Not asked: the politeness budget is spent, or too much is under way.
  BUDGET("budget", false),
  /// Not asked: upstream failed several times in a row a moment ago, or wants to be left alone.
  CIRCUIT("circuit", false),
  /// Not asked: the server is stopping, or the one who asked gave up.
  CANCELLED("cancelled", false),
  /// A file of a folder that cannot be read.
  FILE("file", false);

  private final String label;
  private final boolean passing;

  FailureKind(String label, boolean passing) {
    this.label = label;
    this.passing = passing;
  }

  /// Returns the word for metrics, in kebab case.
  public String label() {
    return label;
  }

  /// Tells whether the same question may be answered a moment later, so that it is asked again.
  boolean passing() {
    return passing;
  }
}
