package lazaret.vetting.hosting.owners;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.vetting.MalformedException;

/// The stored owners of one private crate, in the order in which they were added.
///
/// @param format the number of the form
/// @param crate the spelling of the crate
/// @param owners the owners, at most [#MAX_OWNERS]; empty if the last one was removed with its
///   account, or the row was lost
public record CrateOwners(int format, String crate, List<OwnerEntry> owners) {
  /// The maximum number of owners.
  public static final int MAX_OWNERS = 100;

  /// The number of the form of today.
  static final int FORMAT = 1;

  /// Copies the list and checks the form.
  ///
  /// @throws MalformedException if a newer program wrote it
  public CrateOwners {
    owners = List.copyOf(owners);
    if (format != FORMAT) {
      throw new MalformedException(
          "cannot read the owners of %s: expected format %d, found %d; a newer program wrote them"
              .formatted(crate, FORMAT, format));
    }
  }

  /// Returns whether an owner is among them.
  boolean has(CrateOwner owner) {
    return owners.stream().anyMatch(each -> each.is(owner));
  }

  /// Returns these owners with others at the end.
  CrateOwners with(Collection<OwnerEntry> more) {
    List<OwnerEntry> all = new ArrayList<>(owners);
    all.addAll(more);
    return new CrateOwners(format, crate, all);
  }

  /// Returns these owners without others.
  CrateOwners without(Collection<CrateOwner> gone) {
    return new CrateOwners(
        format, crate, owners.stream().filter(each -> gone.stream().noneMatch(each::is)).toList());
  }

  /// Returns the owners for a message: `ada, group:platform`.
  String names() {
    return owners.isEmpty()
        ? "none"
        : owners.stream().map(each -> each.crateOwner().login()).collect(Collectors.joining(", "));
  }
}
