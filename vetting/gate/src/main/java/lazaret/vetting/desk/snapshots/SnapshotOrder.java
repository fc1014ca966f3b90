package lazaret.vetting.desk.snapshots;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// An order for the next snapshot.
///
/// @param wishes the requested versions; empty for all that are vetted and stored
/// @param exact whether versions of the previous snapshot are removed if they are not requested;
///   otherwise a snapshot keeps those that are still served
/// @param onlyDenials whether the scope is that of the previous snapshot and only denied versions
///   change: the snapshot of a revocation. Requested versions have no effect then
public record SnapshotOrder(List<Wish> wishes, boolean exact, boolean onlyDenials) {
  /// Copies the list.
  public SnapshotOrder {
    wishes = onlyDenials ? List.of() : List.copyOf(wishes);
  }

  /// Creates an order for a snapshot that may grow.
  public SnapshotOrder(List<Wish> wishes, boolean exact) {
    this(wishes, exact, false);
  }

  /// Returns the order for the snapshot of a revocation.
  public static SnapshotOrder denials() {
    return new SnapshotOrder(List.of(), false, true);
  }

  /// A requested version, or all vetted and stored versions of a crate.
  ///
  /// @param name the crate
  /// @param version the version; null for all
  /// @param cksum the required SHA-256; null if unknown
  public record Wish(CrateName name, @Nullable CrateVersion version, @Nullable Sha256 cksum) {}
}
