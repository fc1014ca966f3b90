package lazaret.mirror.limits;

/// The weight of a request in the rate limits, by the work that it causes.
public enum RequestWeight {
  /// A request for an index file or an artifact that the store answers.
  READ("read", 1),
  /// A request for an index file or an artifact that needs upstream, whatever the number of
  /// requests to upstream.
  UPSTREAM("upstream", 10),
  /// One query of the desk, as its budget counts queries.
  DESK("desk", 5),
  /// An attempt to sign in, to exchange a token, or to use a token that is not valid.
  SIGN_IN("sign-in", 20),
  /// A request for a version without a token. It has a limit of its own, in requests an hour.
  SUBMISSION("submission", 1),
  /// An upload of a version of a private crate.
  PUBLISH("publish", 20);

  private final String label;
  private final int units;

  RequestWeight(String label, int units) {
    this.label = label;
    this.units = units;
  }

  /// Returns the label in metrics.
  public String label() {
    return label;
  }

  /// Returns the units that one request takes.
  public int units() {
    return units;
  }
}
