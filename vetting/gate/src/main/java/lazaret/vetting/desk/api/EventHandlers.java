package lazaret.vetting.desk.api;

import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.search.LedgerPart;
import lazaret.vetting.desk.search.LedgerQuery;
import lazaret.vetting.desk.search.LedgerVerification;
import lazaret.vetting.deskapi.EventOperations;
import lazaret.vetting.deskapi.events.EventsReply;
import lazaret.vetting.deskapi.events.EventsRequest;
import lazaret.vetting.deskapi.events.LedgerVerificationReply;
import org.jspecify.annotations.Nullable;

/// The operations on the ledger.
final class EventHandlers {
  private static final int DEFAULT_LIMIT = 1_000;
  private static final int MAX_LIMIT = 10_000;
  private static final int MAX_WORDS = 200;

  private final Desk desk;

  EventHandlers(Desk desk) {
    this.desk = desk;
  }

  void addTo(HandlerTable handlers) {
    handlers.add(EventOperations.EVENTS, (request, _) -> events(request));
    handlers.add(EventOperations.VERIFY_LEDGER, (_, _) -> verify());
  }

  private EventsReply events(EventsRequest request) {
    LedgerPart part = desk.searches().ledger().find(query(request));
    return new EventsReply(
        part.entries().stream().map(EventInfos::of).toList(), part.next(), part.earlier());
  }

  private static LedgerQuery query(EventsRequest request) {
    long after = request.after() == null ? 0 : request.after();
    long before = request.before() == null ? Long.MAX_VALUE : request.before();
    int limit = request.limit() == null ? DEFAULT_LIMIT : request.limit();
    String words = request.words();
    if (after < 0) {
      throw new MalformedException(
          "cannot read the request: expected 0 or more as `after`, found " + after);
    }
    if (before < 1) {
      throw new MalformedException(
          "cannot read the request: expected 1 or more as `before`, found " + before);
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new MalformedException(
          "cannot read the request: expected 1 to %d as `limit`, found %d"
              .formatted(MAX_LIMIT, limit));
    }
    if (words != null && words.length() > MAX_WORDS) {
      throw new MalformedException(
          "cannot read the request: expected at most %d characters as `words`, found %d"
              .formatted(MAX_WORDS, words.length()));
    }
    return new LedgerQuery(
        after,
        before,
        request.latest(),
        limit,
        new LedgerQuery.Filter(kind(request.only()), request.name(), words));
  }

  private static LedgerQuery.Kind kind(EventsRequest.@Nullable Kind only) {
    return switch (only) {
      case null -> LedgerQuery.Kind.ALL;
      case DECISIONS -> LedgerQuery.Kind.DECISIONS;
      case ALARMS -> LedgerQuery.Kind.ALARMS;
    };
  }

  private LedgerVerificationReply verify() {
    LedgerVerification state = desk.searches().verifier().verify();
    return new LedgerVerificationReply(
        state.verified(),
        state.entries(),
        state.complete(),
        state.head(),
        state.at(),
        state.broken(),
        state.fault());
  }
}
