package lazaret.web.review;

import java.util.Optional;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.EventOperations;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.events.EventInfo;
import lazaret.vetting.deskapi.events.EventsReply;
import lazaret.vetting.deskapi.events.EventsRequest;
import lazaret.vetting.deskapi.store.StatusReply;
import lazaret.web.PageRequest;

/// The entries of the ledger that record decisions.
final class DecisionEntries {
  private static final int RECENT = 200;

  private DecisionEntries() {}

  /// Returns the entry of a recent decision, or empty if the last 200 entries do not have it.
  static Optional<EventInfo> find(PageRequest request, DecisionInfo decision) {
    if (!(request.reply(StoreOperations.STATUS, new EmptyRequest())
        instanceof Reply.Done<StatusReply> status)) {
      return Optional.empty();
    }
    long after = Math.max(0, status.value().ledgerEntries() - RECENT);
    // The status can be older than the decision.
    return events(request, after, 2 * RECENT)
        .flatMap(
            reply ->
                reply.events().reversed().stream()
                    .filter(event -> isSame(event, decision))
                    .findFirst());
  }

  private static boolean isSame(EventInfo event, DecisionInfo decision) {
    DecisionInfo found = event.decision();
    return found != null
        && found.name().equals(decision.name())
        && found.version().equals(decision.version())
        && found.kind() == decision.kind()
        && found.by().equals(decision.by())
        && found.at().equals(decision.at());
  }

  /// Returns the decision of an entry, or empty if there is none.
  ///
  /// @param sequence the sequence of the entry, from 1
  static Optional<DecisionInfo> at(PageRequest request, long sequence) {
    if (sequence < 1) {
      return Optional.empty();
    }
    return events(request, sequence - 1, 1)
        .flatMap(reply -> reply.events().stream().findFirst())
        .filter(event -> event.sequence() == sequence)
        .flatMap(event -> Optional.ofNullable(event.decision()));
  }

  private static Optional<EventsReply> events(PageRequest request, long after, int limit) {
    return request.reply(EventOperations.EVENTS, new EventsRequest(after, limit))
            instanceof Reply.Done<EventsReply> done
        ? Optional.of(done.value())
        : Optional.empty();
  }
}
