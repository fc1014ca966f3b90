package lazaret.mirror.deskapi;

import lazaret.vetting.Bytes;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.ledger.LedgerEntry;

/// The JSON form of ledger entries, the same in `/desk/v1/events` and in webhooks.
public final class EventJson {
  private EventJson() {}

  /// Returns one entry as an object.
  public static Bytes of(LedgerEntry entry) {
    return JsonWriter.object(json -> ReportJson.entry(json, entry));
  }
}
