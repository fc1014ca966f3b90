package lazaret.storage.rocks;

import java.util.List;

/// The result of a repair of a store, one clause for each item.
///
/// @param repaired the parts that were restored as they were
/// @param dropped the parts that were removed and are fetched or made again
/// @param lost the parts that cannot be restored here
public record RepairReport(List<String> repaired, List<String> dropped, List<String> lost) {
  /// Copies the lists.
  public RepairReport {
    repaired = List.copyOf(repaired);
    dropped = List.copyOf(dropped);
    lost = List.copyOf(lost);
  }

  /// Returns whether the store was sound, so that nothing was done.
  public boolean sound() {
    return repaired.isEmpty() && dropped.isEmpty() && lost.isEmpty();
  }
}
