package lazaret.vetting.desk.admin;

import java.util.List;

/// The result of a check of the whole store.
///
/// @param crates the number of crates that were checked
/// @param artifacts the number of artifacts that were hashed
/// @param ledgerEntries the number of ledger entries that were checked
/// @param faults one sentence per fault; empty if the store is sound
/// @param repaired the repairs: dropped artifacts, views that were built again
public record FsckReport(
    long crates, long artifacts, long ledgerEntries, List<String> faults, List<String> repaired) {
  /// The maximum number of faults that are listed.
  public static final int MAX_FAULTS = 1_000;

  /// Copies the lists.
  public FsckReport {
    faults = List.copyOf(faults);
    repaired = List.copyOf(repaired);
  }

  /// Returns whether the check found no fault.
  public boolean clean() {
    return faults.isEmpty();
  }
}
