package lazaret.bundle.importing;

import java.util.List;
import lazaret.bundle.format.BundleStatement;
import lazaret.vetting.crates.Sha256;

/// What a bundle changes: depends on the bundle and on what is held, and on nothing else.
///
/// @param bundle SHA-256 of the bundle's statement, by which people approve it
/// @param statement what the bundle says of itself
/// @param base the sequence of the snapshot that it is compared with; 0 where there is none
/// @param changes what differs
/// @param attention what somebody should look at before
/// @param load how much it is
public record Plan(
    Sha256 bundle,
    BundleStatement statement,
    long base,
    Changes changes,
    Attention attention,
    Load load) {
  /// How many items of one list are named.
  public static final int MOST_ITEMS = 100;

  /// A list of which the first items are named.
  ///
  /// @param count how many there are
  /// @param first the first of them, at most [#MOST_ITEMS], each a text that begins with `NAME
  ///   VERSION`, by collision key
  public record Some(long count, List<String> first) {
    /// Copies the list.
    public Some {
      first = List.copyOf(first);
    }
  }

  /// Versions that differ; each is in one list.
  ///
  /// @param added new
  /// @param changed line or decision differs in another way than the following
  /// @param yanked `yanked` differs
  /// @param removed gone
  /// @param revoked served so far, denied now
  public record Changes(Some added, Some changed, Some yanked, Some removed, Some revoked) {}

  /// What speaks for a look before the import.
  ///
  /// @param cksumChanged versions that have other bytes under the same number
  /// @param buildScripts versions that run code when they are built, of crates that had served
  ///   versions and none that did
  /// @param advisories versions that are new or changed, are served, and are advised against by the
  ///   feeds that will be in force
  public record Attention(Some cksumChanged, Some buildScripts, Some advisories) {
    /// Tells whether there is nothing.
    public boolean isEmpty() {
      return cksumChanged.count() + buildScripts.count() + advisories.count() == 0;
    }
  }

  /// How much an import takes.
  ///
  /// @param crates crates in the bundle's tables
  /// @param entries their lines
  /// @param artefacts artefacts that are to be taken
  /// @param bytes how long those are
  /// @param held artefacts that are held already
  public record Load(long crates, long entries, long artefacts, long bytes, long held) {}
}
