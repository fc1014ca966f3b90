package lazaret.vetting.gate.retention;

import lazaret.vetting.text.Coded;

/// The kind of a record that a limit or a retention left out.
public enum DropKind implements Coded {
  /// Queued requests above their limit.
  REQUESTS("requests"),
  /// Queued requests past their retention.
  OLD_REQUESTS("old-requests"),
  /// Inspections of refused versions that were not started.
  INSPECTIONS("inspections"),
  /// Downloads that are counted without their address.
  ADDRESSES("addresses"),
  /// Download records past their retention.
  OLD_ACCESSES("old-accesses"),
  /// Notices that are not in the ledger one by one.
  NOTICES("notices"),
  /// Lockfiles above their limit.
  LOCKFILES("lockfiles"),
  /// Lockfiles past their retention.
  OLD_LOCKFILES("old-lockfiles"),
  /// Recorded verdicts on a version above their limit.
  VERDICTS("verdicts"),
  /// Records that the store refused.
  UNWRITTEN("unwritten");

  private final String code;

  DropKind(String code) {
    this.code = code;
  }

  /// Returns the kebab-case form, such as `old-requests`.
  @Override
  public String code() {
    return code;
  }
}
