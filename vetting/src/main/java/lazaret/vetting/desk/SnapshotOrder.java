package lazaret.vetting.desk;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// What the next snapshot shall hold.
///
/// @param wishes what shall be in it; none for everything that is vetted and held
/// @param exact whether what the snapshot before held and nobody wishes any longer goes; else a
///   snapshot keeps what is still served
/// @param onlyDenials whether the scope stays that of the snapshot before, and only versions that
///   are denied now change: the snapshot of a revocation. Wishes have no effect on it
public record SnapshotOrder(List<Wish> wishes, boolean exact, boolean onlyDenials) {
  /// Copies the list.
  public SnapshotOrder {
    wishes = onlyDenials ? List.of() : List.copyOf(wishes);
  }

  /// Orders a snapshot that may grow.
  public SnapshotOrder(List<Wish> wishes, boolean exact) {
    this(wishes, exact, false);
  }

  /// Returns the order for the snapshot of a revocation.
  public static SnapshotOrder denials() {
    return new SnapshotOrder(List.of(), false, true);
  }

  /// A version that shall be in a snapshot, or all vetted and held versions of a crate.
  ///
  /// @param version null for all
  /// @param cksum what its bytes must be; null where that is not known
  public record Wish(CrateName name, @Nullable CrateVersion version, @Nullable Sha256 cksum) {}
}
