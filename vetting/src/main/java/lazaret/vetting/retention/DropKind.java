package lazaret.vetting.retention;

import java.util.Locale;

/// The kind of a record that a limit or a retention left out.
public enum DropKind {
  /// Queued requests above their limit.
  REQUESTS,
  /// Queued requests past their retention.
  OLD_REQUESTS,
  /// Inspections of refused versions that were not started.
  INSPECTIONS,
  /// Downloads that are counted without their address.
  ADDRESSES,
  /// Download records past their retention.
  OLD_ACCESSES,
  /// Notices that are not in the ledger one by one.
  NOTICES,
  /// Lockfiles above their limit.
  LOCKFILES,
  /// Lockfiles past their retention.
  OLD_LOCKFILES,
  /// Recorded verdicts on a version above their limit.
  VERDICTS,
  /// Records that the store refused.
  UNWRITTEN;

  /// Returns the kebab-case form, such as `old-requests`.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
