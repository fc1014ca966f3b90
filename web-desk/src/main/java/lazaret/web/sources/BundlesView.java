package lazaret.web.sources;

import java.util.List;
import java.util.Locale;
import lazaret.vetting.deskapi.bundles.RetainedSnapshotInfo;
import lazaret.vetting.deskapi.bundles.SnapshotsReply;
import lazaret.vetting.deskapi.bundles.TrustReply;
import lazaret.web.page.PageQuery;
import lazaret.web.page.RowPosition;
import org.jspecify.annotations.Nullable;

/// The content of the page about snapshots and bundles.
///
/// @param snapshots the snapshots
/// @param trust the root by which bundles are verified
/// @param place the place of the rows
public record BundlesView(SnapshotsReply snapshots, TrustReply trust, RowPosition place) {
  /// The path of the page.
  static final String PATH = "/desk/bundles";

  /// Returns the view at a place.
  ///
  /// @param from the number of rows before those of the page as typed; null for 0
  static BundlesView of(SnapshotsReply snapshots, TrustReply trust, @Nullable String from) {
    RowPosition place = RowPosition.of(from, snapshots.snapshots().size(), PageQuery.of(PATH));
    return new BundlesView(snapshots, trust, place);
  }

  /// Returns the snapshots of the page, the newest first.
  public List<RetainedSnapshotInfo> rows() {
    return place.of(snapshots.snapshots().reversed());
  }

  /// Returns the kind of the bundle that carries a snapshot.
  public String kind(RetainedSnapshotInfo snapshot) {
    return snapshot.kind().name().toLowerCase(Locale.ROOT);
  }

  /// Returns whether a snapshot is the one that is served.
  public boolean isServed(RetainedSnapshotInfo snapshot) {
    return snapshot.sequence() == snapshots.head();
  }
}
