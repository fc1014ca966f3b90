package lazaret.vetting.deskapi.hosting;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import org.jspecify.annotations.Nullable;

/// A private crate in a list.
///
/// @param name its name
/// @param newest the newest version that is served, or `0.0.0`
/// @param description the description of that version; null if there is none
/// @param since the time of its first version here
/// @param from `here`, or `bundle:` and the stream that brought it
/// @param owners its owners as cargo shows them; empty if the last account was removed, or another
///   server hosts it
public record PrivateCrateInfo(
    CrateName name,
    String newest,
    @Nullable String description,
    Instant since,
    String from,
    List<String> owners) {
  public PrivateCrateInfo {
    owners = List.copyOf(owners);
  }
}
