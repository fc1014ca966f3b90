package lazaret.vetting.gate.snapshots;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;

/// The store's snapshots, with the head in heap because every request reads it.
final class ViewedSnapshots implements Snapshots {
  private final Snapshots all;
  private final LongSupplier head;

  ViewedSnapshots(Snapshots all, LongSupplier head) {
    this.all = all;
    this.head = head;
  }

  @Override
  public List<SnapshotInfo> all() {
    return all.all();
  }

  @Override
  public long head() {
    return head.getAsLong();
  }

  @Override
  public Optional<SnapshotCrate> crate(CrateName name, long asOf) {
    return all.crate(name, asOf);
  }

  @Override
  public Stream<SnapshotCrate> crates(long asOf) {
    return all.crates(asOf);
  }

  @Override
  public Stream<SnapshotCrate> changed(long after, long upTo) {
    return all.changed(after, upTo);
  }

  @Override
  public Stream<Leaf> leaves(long asOf) {
    return all.leaves(asOf);
  }

  @Override
  public Stream<Row> rows() {
    return all.rows();
  }
}
