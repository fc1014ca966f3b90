package lazaret.vetting.retention;

import java.util.Locale;

/// A kind of thing that a limit or a retention left out.
public enum DropKind {
  /// Open requests above their limit.
  REQUESTS,
  /// Open requests past their retention.
  OLD_REQUESTS,
  /// Inspections of refused versions that were not begun.
  INSPECTIONS,
  /// Downloads that are counted without their address.
  ADDRESSES,
  /// Records of downloads past their retention.
  OLD_ACCESSES,
  /// Notices that the ledger does not name one by one.
  NOTICES,
  /// Lockfiles above their limit.
  LOCKFILES,
  /// Lockfiles past their retention.
  OLD_LOCKFILES,
  /// Verdicts of a version above their limit.
  VERDICTS,
  /// Records that the store did not take.
  UNWRITTEN;

  /// Returns the kebab-case form, for example `old-requests`.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
