package lazaret.vetting.queue;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import lazaret.vetting.desk.requests.RequestHistories;
import lazaret.vetting.desk.requests.RequestState;
import org.jspecify.annotations.Nullable;

/// The queue in numbers, as the background work saw it last.
///
/// @param versions the number of queued versions in each state, of at most the 10,000 latest ones
/// @param oldest the first request of the version that waits longest for a decision; null if none
///   waits
public record QueueSummary(Map<RequestState, Long> versions, @Nullable Instant oldest) {
  /// Copies the map.
  public QueueSummary {
    versions = Map.copyOf(versions);
  }

  static QueueSummary of(QueueIndex.View view, RequestHistories histories) {
    Map<RequestState, Long> versions = new EnumMap<>(RequestState.class);
    for (RequestState state : RequestState.values()) {
      versions.put(state, 0L);
    }
    Instant oldest = null;
    for (QueueRow row : view.rows()) {
      RequestState state = row.state(histories.of(row.name(), row.version().text()));
      versions.merge(state, 1L, Long::sum);
      Instant first = row.request().first();
      if (state == RequestState.WAITING && (oldest == null || first.isBefore(oldest))) {
        oldest = first;
      }
    }
    return new QueueSummary(versions, oldest);
  }
}
