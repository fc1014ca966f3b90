package lazaret.vetting.deskapi.events;

import java.util.List;

/// Entries of the ledger.
///
/// @param events the entries in their order
/// @param next the value of `after` for the next request
public record EventsReply(List<EventInfo> events, long next) {
  public EventsReply {
    events = List.copyOf(events);
  }
}
