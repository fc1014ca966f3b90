package lazaret.web.events;

import java.time.Instant;
import java.util.Objects;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.events.EventInfo;
import lazaret.vetting.deskapi.events.NoticeInfo;
import org.jspecify.annotations.Nullable;

/// An entry of the ledger as a row of the page.
///
/// @param sequence the sequence, from 1
/// @param at the time of the event
/// @param icon the name of the icon
/// @param word the decision, or the code of the notice
/// @param name the crate; null if the event concerns none
/// @param version the version; null if the event concerns none
/// @param by the person, or `gate`
/// @param detail the reason, or one sentence with the event
public record EventRowInfo(
    long sequence,
    Instant at,
    String icon,
    String word,
    @Nullable String name,
    @Nullable String version,
    String by,
    String detail) {
  /// Returns the row of an entry.
  public static EventRowInfo of(EventInfo entry) {
    DecisionInfo decision = entry.decision();
    return decision == null
        ? notice(entry, Objects.requireNonNull(entry.notice()))
        : decision(entry, decision);
  }

  private static EventRowInfo decision(EventInfo entry, DecisionInfo decision) {
    boolean permits =
        switch (decision.kind()) {
          case APPROVE, EXEMPT -> true;
          case DENY, REVOKE -> false;
        };
    String word =
        switch (decision.kind()) {
          case APPROVE -> "Approved";
          case EXEMPT -> "Exempted";
          case DENY -> "Denied";
          case REVOKE -> "Revoked";
        };
    return new EventRowInfo(
        entry.sequence(),
        decision.at(),
        permits ? "allow" : "deny",
        word,
        decision.name().published(),
        decision.version().text(),
        decision.by(),
        decision.reason());
  }

  private static EventRowInfo notice(EventInfo entry, NoticeInfo notice) {
    CrateName name = notice.name();
    return new EventRowInfo(
        entry.sequence(),
        notice.at(),
        notice.alarm() ? "warn" : "note",
        notice.kind(),
        name == null ? null : name.published(),
        notice.version(),
        notice.by(),
        notice.detail());
  }

  /// Returns the classes of the icon.
  public String iconStyle() {
    return switch (icon) {
      case "allow" -> "icon ink-allow";
      case "deny", "warn" -> "icon ink-deny";
      default -> "icon soft";
    };
  }
}
