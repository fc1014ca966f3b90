package lazaret.mirror.outbound;

/// The kinds of failed requests to upstream. The label is the value of a label of metrics.
public enum FailureKind {
  /// No connection, a name that does not resolve, or a connection that broke before an answer.
  CONNECT("connect", true),
  /// A certificate from an untrusted authority, or another failed handshake. A retry does not help.
  TLS("tls", false),
  /// No connection or no response in time.
  TIMEOUT("timeout", true),
  /// A body that stopped, dripped or took too long.
  STALL("stall", true),
  /// A body shorter than announced, or one whose last line or gzip stream has no end.
  TRUNCATED("truncated", true),
  /// 429.
  TOO_MANY_REQUESTS("too-many-requests", true),
  /// 408 or 5xx.
  SERVER_ERROR("server-error", true),
  /// Any other status without a meaning for the request.
  STATUS("status", false),
  /// A redirect or a `dl` to an address that is not allowed, or too many redirects.
  REDIRECT("redirect", false),
  /// A body over its limit.
  TOO_LARGE("too-large", false),
  /// HTML, an unknown coding, or a `config.json` that cannot be read.
  UNUSABLE("unusable", false),
  /// Not sent: the request budget is used up, or too many requests are in progress.
  BUDGET("budget", false),
  /// Not sent: upstream failed several times in a row recently, or requested a pause.
  CIRCUIT("circuit", false),
  /// Not sent: the server is stopping, or the caller gave up.
  CANCELLED("cancelled", false),
  /// Not sent: it would have revealed the name of a private crate.
  PRIVATE_NAME("private-name", false),
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

  /// Returns whether the request was attempted; false if it was refused or given up before.
  public boolean attempted() {
    return this != BUDGET && this != CIRCUIT && this != CANCELLED && this != PRIVATE_NAME;
  }

  /// Returns whether the failure may be temporary, so that the request is repeated.
  boolean passing() {
    return passing;
  }
}
