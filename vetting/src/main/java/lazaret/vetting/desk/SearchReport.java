package lazaret.vetting.desk;

import java.util.List;

/// What a search of names found.
///
/// @param crates crates with a version that is served
/// @param total how many there are altogether
public record SearchReport(List<CrateReport> crates, long total) {
  /// Copies the list.
  public SearchReport {
    crates = List.copyOf(crates);
  }
}
