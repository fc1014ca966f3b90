package lazaret.bundle.plan;

import java.util.List;
import java.util.stream.Stream;
import lazaret.bundle.format.BundleStatement;
import lazaret.vetting.crates.Sha256;

/// The changes that a bundle makes. They depend only on the bundle and the stored state.
///
/// @param bundle the SHA-256 of the statement of the bundle, by which people approve it
/// @param statement the statement of the bundle
/// @param base the sequence of the snapshot that it is compared with, or 0 for none
/// @param changes the differing versions
/// @param attention the versions that a person should review before the import
/// @param load the amount of data
public record ImportPlan(
    Sha256 bundle,
    BundleStatement statement,
    long base,
    Changes changes,
    Attention attention,
    Volume load) {
  /// The largest number of items that are named in one list.
  public static final int MOST_ITEMS = 100;

  /// A list whose first items are named.
  ///
  /// @param count the number of items
  /// @param first the first items, at most [#MOST_ITEMS], in the order of collision keys; each is a
  ///   text that begins with `NAME VERSION`
  public record Sample(long count, List<String> first) {
    /// Copies the list.
    public Sample {
      first = List.copyOf(first);
    }
  }

  /// The versions that differ, each in one list.
  ///
  /// @param added the new versions
  /// @param changed the versions whose line or decision differs in another way than the following
  /// @param yanked the versions whose `yanked` field differs
  /// @param removed the versions that are no longer in the snapshot
  /// @param revoked the versions that were served and are denied now
  public record Changes(
      Sample added, Sample changed, Sample yanked, Sample removed, Sample revoked) {}

  /// The changes that a person should review before the import.
  ///
  /// @param cksumChanged the versions that have other bytes under the same number
  /// @param buildScripts the versions that run code at build time although the previous served
  ///   version of the crate did not
  /// @param advisories the new or changed served versions with a security advisory in the feeds of
  ///   the import
  /// @param olderFeeds the feeds of the bundle that are left out, because newer ones came with a
  ///   bundle of advisories
  /// @param deniedHere the Git sources that a person here denied, and the bundle does not; they
  ///   stay denied
  public record Attention(
      Sample cksumChanged,
      Sample buildScripts,
      Sample advisories,
      Sample olderFeeds,
      Sample deniedHere) {
    /// Returns whether all lists are empty.
    public boolean isEmpty() {
      return Stream.of(cksumChanged, buildScripts, advisories, olderFeeds, deniedHere)
          .allMatch(sample -> sample.count() == 0);
    }
  }

  /// The amount of data of an import.
  ///
  /// @param crates the number of crates in the tables of the bundle
  /// @param entries the number of their lines
  /// @param artifacts the number of artifacts that must be imported
  /// @param bytes their total length
  /// @param stored the number of artifacts that are stored already
  public record Volume(long crates, long entries, long artifacts, long bytes, long stored) {}
}
