package lazaret.cli.review;

/// The sets of requests that can be listed.
public enum QueueView {
  /// Requests that a person must decide.
  WAITING("waiting", "wait for a person", "", "nothing waits"),
  /// Requests whose version is only held by its age.
  HOLD("hold", "end by themselves", "--holds", "no request only waits for its cooldown"),
  /// Requests whose version is served now.
  SERVED("served", "are served now", "--served", "no requested version is served now"),
  /// Requests that a reviewer closed.
  CLOSED("closed", "are closed", "--closed", "no request is closed"),
  /// All open requests.
  ALL("all", "in all", "--all", "there are no requests");

  private final String code;

  private final String words;
  private final String option;
  private final String empty;

  QueueView(String code, String words, String option, String empty) {
    this.code = code;
    this.words = words;
    this.option = option;
    this.empty = empty;
  }

  /// Returns the name in the desk API, for example `waiting`.
  public String code() {
    return code;
  }

  String words() {
    return words;
  }

  String option() {
    return option.isEmpty() ? "without options" : option;
  }

  String empty() {
    return empty;
  }
}
