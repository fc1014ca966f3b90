package lazaret.vetting.deskapi.hosting;

import java.util.List;
import lazaret.vetting.crates.CrateName;

/// The owners of a private crate after a change.
///
/// @param name the crate
/// @param owners the owners as cargo shows them
public record PrivateOwnersReply(CrateName name, List<String> owners) {
  public PrivateOwnersReply {
    owners = List.copyOf(owners);
  }
}
