package lazaret.vetting.gate.store;

import lazaret.vetting.text.Coded;

/// The tables of the desk: rows of a key and a small document. The codes are stored and never
/// change.
public enum DeskTable implements Coded {
  /// Sessions of browsers, by the SHA-256 of their secret.
  SESSIONS("sessions", false),
  /// Persons who signed in, by their name in the ledger.
  PEOPLE("people", true),
  /// The content that persons read, by its SHA-256 and person.
  READ_CONTENT("read-content", true),
  /// Notes on lines, by crate and version.
  LINE_NOTES("line-notes", true),
  /// Texts that persons have not sent yet, by person and version.
  DRAFTS("drafts", false);

  private final String code;
  private final boolean kept;

  DeskTable(String code, boolean kept) {
    this.code = code;
    this.kept = kept;
  }

  /// Returns the stored name.
  @Override
  public String code() {
    return code;
  }

  /// Returns whether a backup contains the table. Credentials and drafts stay in the store.
  public boolean isBackedUp() {
    return kept;
  }
}
