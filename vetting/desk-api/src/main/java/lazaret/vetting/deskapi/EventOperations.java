package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.events.EventsReply;
import lazaret.vetting.deskapi.events.EventsRequest;

/// The operations on the ledger.
public final class EventOperations {
  /// Lists entries of the ledger.
  public static final Operation<EventsRequest, EventsReply> EVENTS =
      Operation.get("events", "/events", EventsRequest.class, EventsReply.class)
          .access(Access.INSPECT)
          .summary("List entries of the ledger");

  private EventOperations() {}
}
