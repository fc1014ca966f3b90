package lazaret.cli.review;

import lazaret.vetting.deskapi.requests.QueueCountsInfo;
import lazaret.vetting.deskapi.requests.QueueRequest;

/// The sets of requests that can be listed.
public enum QueueView {
  /// Requests that a person must decide.
  WAITING(QueueRequest.View.WAITING, "wait for a person", "", "nothing waits"),
  /// Requests whose version is only held by its age.
  HOLD(
      QueueRequest.View.HOLD,
      "end by themselves",
      "--holds",
      "no request only waits for its cooldown"),
  /// Requests whose version is served now.
  SERVED(
      QueueRequest.View.SERVED, "are served now", "--served", "no requested version is served now"),
  /// Requests that a reviewer closed.
  CLOSED(QueueRequest.View.CLOSED, "are closed", "--closed", "no request is closed"),
  /// All open requests.
  ALL(QueueRequest.View.ALL, "in all", "--all", "there are no requests");

  private final QueueRequest.View requested;
  private final String words;
  private final String option;
  private final String empty;

  QueueView(QueueRequest.View requested, String words, String option, String empty) {
    this.requested = requested;
    this.words = words;
    this.option = option;
    this.empty = empty;
  }

  /// Returns the view in the desk API.
  QueueRequest.View requested() {
    return requested;
  }

  /// Returns the number of requests in this view; 0 for [#ALL], which has no count of its own.
  long count(QueueCountsInfo counts) {
    return switch (this) {
      case WAITING -> counts.waiting();
      case HOLD -> counts.hold();
      case SERVED -> counts.served();
      case CLOSED -> counts.closed();
      case ALL -> 0;
    };
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
