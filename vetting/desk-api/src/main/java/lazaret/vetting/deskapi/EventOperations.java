package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.events.EventsReply;
import lazaret.vetting.deskapi.events.EventsRequest;
import lazaret.vetting.deskapi.events.LedgerVerificationReply;

/// The operations on the ledger.
public final class EventOperations {
  /// Lists entries of the ledger.
  public static final Operation<EventsRequest, EventsReply> EVENTS =
      Operation.get("events", "/events", EventsRequest.class, EventsReply.class)
          .access(Access.INSPECT)
          .summary("List entries of the ledger");

  /// Verifies the hash chain of the ledger.
  public static final Operation<EmptyRequest, LedgerVerificationReply> VERIFY_LEDGER =
      Operation.get(
              "verifyLedger",
              "/ledger/verification",
              EmptyRequest.class,
              LedgerVerificationReply.class)
          .access(Access.INSPECT)
          .summary("Verify the hash chain of the ledger");

  private EventOperations() {}
}
