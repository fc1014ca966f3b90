package lazaret.storage.convert;

import java.util.List;
import lazaret.vetting.crates.Sha256;

/// The result of a conversion: what the source and the target have in common at its end.
///
/// @param rows the rows of each kind, in the order of the conversion
/// @param ledgerSequence the sequence of the last ledger entry; 0 if there is none
/// @param ledgerHash the hash of that entry
/// @param roots the state root of each recorded snapshot, by sequence
public record ConversionReport(
    List<RowDigest> rows, long ledgerSequence, Sha256 ledgerHash, List<SnapshotRoot> roots) {
  /// Copies the lists.
  public ConversionReport {
    rows = List.copyOf(rows);
    roots = List.copyOf(roots);
  }

  /// The state root of a snapshot, computed from the leaves in a store.
  ///
  /// @param sequence the sequence of the snapshot
  public record SnapshotRoot(long sequence, Sha256 stateRoot) {}
}
