package lazaret.vetting.deskapi.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Entries of the ledger.
///
/// @param events the entries in their order; the newest first if the latest were requested
/// @param next the value of `after` for the next request
/// @param earlier the value of `before` for the next request of the latest entries; null after the
///   first entry, or if the latest were not requested
public record EventsReply(List<EventInfo> events, long next, @Nullable Long earlier) {
  public EventsReply {
    events = List.copyOf(events);
  }

  /// Creates a page of entries in their order.
  public EventsReply(List<EventInfo> events, long next) {
    this(events, next, null);
  }
}
