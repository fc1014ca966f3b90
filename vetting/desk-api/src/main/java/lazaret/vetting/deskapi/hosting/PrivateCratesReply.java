package lazaret.vetting.deskapi.hosting;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Private crates, by name.
///
/// @param crates at most 100 crates
/// @param total the number of all crates that were found
/// @param next the value of `after` for the next part; null after the last part
public record PrivateCratesReply(List<PrivateCrateInfo> crates, long total, @Nullable String next) {
  public PrivateCratesReply {
    crates = List.copyOf(crates);
  }
}
