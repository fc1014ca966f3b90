package lazaret.vetting.deskapi.hosting;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.binding.InPath;

/// An order of an administrator to change the owners of a private crate. First all are added, then
/// all are removed.
///
/// @param name the crate
/// @param add persons, or `group:` and a group
/// @param remove owners
public record PrivateOwnersRequest(@InPath CrateName name, List<String> add, List<String> remove) {
  public PrivateOwnersRequest {
    add = List.copyOf(add);
    remove = List.copyOf(remove);
  }
}
