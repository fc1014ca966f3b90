package lazaret.bundle.exporting;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.HeldFeed;
import lazaret.vetting.desk.Store;
import lazaret.vetting.snapshot.SnapshotCrate;

/// The snapshots of a store.
///
/// @param store stays open
/// @param sequence the snapshot that is exported; one that the store has noted
public record StoreSource(Store store, long sequence) implements SnapshotSource {
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
  public Optional<Bytes> artefact(Sha256 cksum) {
    return store.artefact(cksum);
  }

  @Override
  public Optional<String> licence(Sha256 cksum) {
    return store.findings(cksum).flatMap(f -> Optional.ofNullable(f.facts().licence()));
  }

  @Override
  public List<Feed> feeds() {
    return store.feeds().stream().map(HeldFeed::feed).toList();
  }
}
