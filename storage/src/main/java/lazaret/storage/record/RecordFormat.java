package lazaret.storage.record;

/// The first byte of each record: the kind in the high half, the version of its form in the low
/// half. A changed form gets a new number here and the old one stays readable.
final class RecordFormat {
  static final int CRATE_WITHOUT_MISSING = 0x11;
  static final int CRATE_WITHOUT_REFUSED = 0x12;
  static final int CRATE = 0x13;
  static final int FRESHNESS = 0x21;
  static final int VIEW_WITHOUT_TIME = 0x31;
  static final int VIEW = 0x32;
  static final int FINDINGS_WITHOUT_SIGNALS = 0x41;
  static final int FINDINGS_WITHOUT_PLACES = 0x42;
  static final int FINDINGS_WITHOUT_PARTICULARS = 0x43;
  static final int FINDINGS = 0x44;
  static final int REQUEST = 0x51;
  static final int ACCESS = 0x61;
  static final int TOKEN_WITHOUT_OWNER = 0x71;
  static final int TOKEN_WITHOUT_ROLES = 0x72;
  static final int TOKEN = 0x73;
  static final int APPROVED_TOKEN = 0x74;
  static final int LEDGER = 0x81;
  static final int DECISION = 0x91;
  static final int HELD_ARTIFACT = 0xA1;
  static final int META = 0xB1;
  static final int FEED = 0xC1;
  static final int VERDICT = 0xD1;
  static final int LOCKFILE = 0xE1;
  static final int SNAPSHOT = 0xF1;
  static final int SNAPSHOT_CRATE = 0xF2;
  static final int SNAPSHOT_LEAF = 0xF3;
  static final int SUMMARY = 0xF4;
  static final int ARTIFACT_USE = 0xF6;
  static final int REMOVED_ARTIFACT = 0xF7;

  private RecordFormat() {}
}
