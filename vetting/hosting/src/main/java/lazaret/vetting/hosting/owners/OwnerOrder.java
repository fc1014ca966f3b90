package lazaret.vetting.hosting.owners;

import java.util.List;
import lazaret.vetting.crates.CrateName;

/// An order to add or remove owners, all of them or none.
///
/// @param name the crate
/// @param adds whether they are added
/// @param owners the owners as a person typed them, in the form of [CrateOwner#parse]
public record OwnerOrder(CrateName name, boolean adds, List<String> owners) {
  /// Copies the list.
  public OwnerOrder {
    owners = List.copyOf(owners);
  }
}
