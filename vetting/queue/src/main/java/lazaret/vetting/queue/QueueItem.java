package lazaret.vetting.queue;

import java.time.Instant;
import lazaret.vetting.desk.requests.RequestHistory;
import lazaret.vetting.desk.requests.RequestState;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest.Tab;
import lazaret.vetting.queue.ReadingCache.Reading;
import org.jspecify.annotations.Nullable;

/// A row of the queue with its handling and the least to read.
///
/// @param row the row
/// @param history the handling by reviewers
/// @param state the state of the request
/// @param reading the least to read; null if it was not compared yet
record QueueItem(
    QueueRow row, RequestHistory history, RequestState state, @Nullable Reading reading) {
  /// Returns whether the request waits for a person or for time.
  boolean open() {
    return state == RequestState.WAITING || state == RequestState.HOLD;
  }

  /// Returns whether the request is in a part of the queue.
  ///
  /// @param person the person who asks for the part
  boolean in(Tab tab, String person) {
    return switch (tab) {
      case DECISION -> state == RequestState.WAITING && !row.needsSecondPerson();
      case COOLDOWN -> state == RequestState.HOLD;
      case SECOND_PERSON -> state == RequestState.WAITING && row.needsSecondPerson();
      case MINE -> open() && person.equals(history.assignee());
    };
  }

  /// Returns whether the filters of a query select the request.
  boolean matches(QueueQuery query) {
    String assignee = history.assignee() == null ? "" : history.assignee();
    QueueEvaluation evaluation = row.evaluation();
    return (query.reason() == null || row.has(query.reason()))
        && (query.role() == null
            || (evaluation != null && evaluation.roles().contains(query.role())))
        && (query.to() == null || query.to().equals(assignee))
        && query.matches(row.name());
  }

  /// Returns whether the version was compared and can be read.
  boolean compared() {
    return reading != null && reading.stat() != null;
  }

  /// Returns the lines to read; 0 if the version was not compared.
  long lines() {
    return reading == null || reading.stat() == null ? 0 : reading.stat().lines();
  }

  long requests() {
    return row.request().count();
  }

  Instant first() {
    return row.request().first();
  }
}
