package lazaret.vetting.deskapi.bundles;

import java.util.List;

/// The versions that an import removes without a denial.
///
/// @param since the oldest snapshot that was compared; 0 for none
/// @param count the number of versions
/// @param items the first versions, at most 500
public record RemovedVersionsInfo(long since, long count, List<RemovedVersionInfo> items) {
  public RemovedVersionsInfo {
    items = List.copyOf(items);
  }
}
