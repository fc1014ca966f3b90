package lazaret.vetting.hosting.owners;

import java.time.Instant;

/// An owner of one crate, as it is stored.
///
/// @param owner the owner, in the form of [CrateOwner#text]
/// @param by the person or program that added it
/// @param at the time
public record OwnerEntry(String owner, String by, Instant at) {
  /// Returns the owner.
  ///
  /// @throws lazaret.vetting.MalformedException if the stored text is not one
  public CrateOwner crateOwner() {
    return CrateOwner.parse(owner);
  }

  /// Returns whether this entry has an owner.
  boolean is(CrateOwner other) {
    return owner.equals(other.text());
  }
}
