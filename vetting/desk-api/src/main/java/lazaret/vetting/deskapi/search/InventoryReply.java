package lazaret.vetting.deskapi.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Versions that clients downloaded, or that submitted lockfiles contain, and that are not served.
///
/// @param versions the versions, by crate and version; may be empty before the last part
/// @param checked the number of versions in use that were evaluated for this part
/// @param next the value of `after` for the next part; null after the last part
public record InventoryReply(
    List<InventoryVersionInfo> versions, long checked, @Nullable String next) {
  public InventoryReply {
    versions = List.copyOf(versions);
  }
}
