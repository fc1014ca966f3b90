package lazaret.vetting.desk.requests;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.text.Printable;

/// The notice that a request of persons was settled. It names the requesters, so that a webhook can
/// inform them.
final class SettlementNotice {
  private static final int MAX_NAMED = 10;
  private static final int MAX_REASON = 500;

  private SettlementNotice() {}

  /// The act that settles a request.
  ///
  /// @param words the kind of the act in the past tense
  /// @param by the person
  /// @param reason the reason of the act
  /// @param at the moment
  private record Act(String words, String by, String reason, Instant at) {}

  /// Returns the notice about a decision, or empty if no person asked for the version.
  static Optional<Notice> of(Decision decision, RequestHistory history) {
    String words =
        switch (decision.kind()) {
          case APPROVE -> "approved";
          case EXEMPT -> "exempted";
          case DENY -> "denied";
          case REVOKE -> "revoked";
        };
    return of(
        new Act(words, decision.by(), decision.reason(), decision.at()),
        decision.id().name(),
        decision.id().version().text(),
        history);
  }

  /// Returns the notice about the closing of a request, or empty if no person asked for the
  /// version.
  ///
  /// @param closing the notice `request-closed`
  static Optional<Notice> of(Notice closing, RequestHistory history) {
    CrateName name = closing.name();
    String version = closing.version();
    return name == null || version == null
        ? Optional.empty()
        : of(
            new Act("closed", closing.by(), closing.detail(), closing.at()),
            name,
            version,
            history);
  }

  private static Optional<Notice> of(
      Act act, CrateName name, String version, RequestHistory history) {
    List<NamedRequester> asked = history.requesters();
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    String named =
        asked.reversed().stream()
            .limit(MAX_NAMED)
            .map(SettlementNotice::shown)
            .collect(Collectors.joining(", "));
    long more = asked.size() - Math.min(asked.size(), MAX_NAMED) + history.moreRequesters();
    String detail =
        "%s by %s: %s; asked by %s%s"
            .formatted(
                act.words(),
                act.by(),
                Printable.cut(Printable.line(act.reason()), MAX_REASON),
                named,
                more == 0 ? "" : " and " + more + " more");
    return Optional.of(
        new Notice(Notice.Kind.REQUEST_SETTLED, act.at(), act.by(), name, version, detail));
  }

  private static String shown(NamedRequester requester) {
    String project = requester.reason().project();
    return project == null ? requester.by() : requester.by() + " (" + project + ")";
  }
}
