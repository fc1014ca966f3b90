package lazaret.vetting.desk.api;

import java.util.List;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.deskapi.EventOperations;
import lazaret.vetting.deskapi.events.EventsReply;
import lazaret.vetting.deskapi.events.EventsRequest;
import lazaret.vetting.ledger.LedgerEntry;

/// The operations on the ledger.
final class EventHandlers {
  private static final int DEFAULT_LIMIT = 1_000;
  private static final int MAX_LIMIT = 10_000;

  private final Desk desk;

  EventHandlers(Desk desk) {
    this.desk = desk;
  }

  void addTo(HandlerTable handlers) {
    handlers.add(EventOperations.EVENTS, (request, _) -> events(request));
  }

  private EventsReply events(EventsRequest request) {
    long after = request.after() == null ? 0 : request.after();
    int limit = request.limit() == null ? DEFAULT_LIMIT : request.limit();
    if (after < 0) {
      throw new MalformedException(
          "cannot read the request: expected 0 or more as `after`, found " + after);
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new MalformedException(
          "cannot read the request: expected 1 to %d as `limit`, found %d"
              .formatted(MAX_LIMIT, limit));
    }
    List<LedgerEntry> entries = desk.events(after, limit);
    return new EventsReply(
        entries.stream().map(EventInfos::of).toList(),
        entries.isEmpty() ? after : entries.getLast().sequence());
  }
}
