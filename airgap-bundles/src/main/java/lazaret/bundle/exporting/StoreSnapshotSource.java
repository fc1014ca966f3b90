package lazaret.bundle.exporting;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lazaret.bundle.site.SiteSelection;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoredFeed;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;

/// The snapshots of a store.
///
/// @param store the store, which is not closed
/// @param sequence the sequence of the exported snapshot, which the store has recorded
/// @param revoked the denied lines that a revocation contains
/// @param site what the bundle carries of the site
public record StoreSnapshotSource(
    Store store, long sequence, Predicate<SnapshotLine> revoked, SiteSelection site)
    implements SnapshotSource {
  /// Creates a source of crates alone, for which a revocation contains all denied lines.
  public StoreSnapshotSource(Store store, long sequence) {
    this(store, sequence, _ -> true, SiteSelection.NONE);
  }

  @Override
  public Stream<SnapshotCrate> changed(long since) {
    return since == 0
        ? store.snapshots().crates(sequence)
        : store.snapshots().changed(since, sequence);
  }

  @Override
  public Optional<SnapshotCrate> crate(CrateName name, long asOf) {
    return asOf == 0 ? Optional.empty() : store.snapshots().crate(name, asOf);
  }

  @Override
  public Optional<Bytes> artifact(Sha256 cksum) {
    return store.artifact(cksum);
  }

  @Override
  public Optional<String> license(Sha256 cksum) {
    return store.findings(cksum).flatMap(f -> Optional.ofNullable(f.facts().license()));
  }

  @Override
  public boolean revokes(SnapshotLine denied) {
    return revoked.test(denied);
  }

  @Override
  public List<Feed> feeds() {
    return store.feeds().stream().map(StoredFeed::feed).toList();
  }
}
