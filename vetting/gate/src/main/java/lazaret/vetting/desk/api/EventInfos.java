package lazaret.vetting.desk.api;

import lazaret.vetting.deskapi.events.EventInfo;
import lazaret.vetting.deskapi.events.NoticeInfo;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;

/// The conversion of ledger entries to records of the API. Webhooks send the same records.
public final class EventInfos {
  private EventInfos() {}

  /// Returns the record of an entry.
  public static EventInfo of(LedgerEntry entry) {
    return switch (entry.event()) {
      case Decision decision ->
          new EventInfo(
              entry.sequence(),
              entry.hash(),
              entry.previous(),
              entry.encoded().text(),
              Infos.decision(decision),
              null);
      case Notice notice ->
          new EventInfo(
              entry.sequence(),
              entry.hash(),
              entry.previous(),
              entry.encoded().text(),
              null,
              notice(notice));
    };
  }

  private static NoticeInfo notice(Notice notice) {
    return new NoticeInfo(
        notice.kind().code(),
        notice.kind().alarm(),
        notice.at(),
        notice.by(),
        notice.name(),
        notice.version(),
        notice.detail());
  }
}
