package lazaret.vetting.desk;

import java.util.List;

/// What a check of the whole store found.
///
/// @param crates how many crates were looked at
/// @param artefacts how many artefacts were hashed
/// @param ledgerEntries how many ledger entries were checked
/// @param faults one sentence per fault; empty where the store is sound
/// @param mended what was mended: dropped artefacts, views made anew
public record FsckReport(
    long crates, long artefacts, long ledgerEntries, List<String> faults, List<String> mended) {
  /// How many faults are listed.
  public static final int MAX_FAULTS = 1_000;

  /// Copies the lists.
  public FsckReport {
    faults = List.copyOf(faults);
    mended = List.copyOf(mended);
  }

  /// Tells whether nothing was wrong.
  public boolean clean() {
    return faults.isEmpty();
  }
}
