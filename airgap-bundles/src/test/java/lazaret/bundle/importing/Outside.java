package lazaret.bundle.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.bundle.exporting.Exporter;
import lazaret.bundle.exporting.Order;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.Formats;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;

/// The connected side: a history of snapshots, and bundles of them.
public final class Outside {
  final TestExports.Memory source = new TestExports.Memory();
  final Path folder;
  private long version;
  private long minutes;

  /// @param folder gets the bundles
  public Outside(Path folder) {
    this.folder = folder;
  }

  /// Makes the next snapshot.
  public long snapshot(SnapshotCrate... crates) {
    long sequence = source.newest() + 1;
    source.add(sequence, crates);
    return sequence;
  }

  /// Exports the newest snapshot.
  public Path bundle(SnapshotKind kind, long... bases) throws IOException {
    return bundle(order(kind, bases));
  }

  public Path bundle(Order order) throws IOException {
    return Exporter.export(order, source, TestExports.signers(), folder).folder();
  }

  /// Orders a bundle of the newest snapshot, a minute after the one before, in small parts.
  public Order order(SnapshotKind kind, long... bases) {
    return order(source.newest(), kind, bases);
  }

  Order order(long sequence, SnapshotKind kind, long... bases) {
    List<BundleStatement.State> states = new ArrayList<>();
    for (long base : bases) {
      states.add(new BundleStatement.State(base, TestExports.root(source.crates(base))));
    }
    List<SnapshotCrate> crates = source.crates(sequence);
    return new Order(
        TestExports.STREAM,
        List.of("*"),
        1,
        ++version,
        kind,
        states,
        sequence,
        new BundleStatement.Result(
            TestExports.root(crates),
            crates.size(),
            crates.stream().mapToLong(c -> c.lines().size()).sum(),
            7),
        Optional.empty(),
        Formats.NOW.minusSeconds(3600).plusSeconds(60 * minutes++),
        Order.Times.DEFAULT,
        Sha256.of(Bytes.utf8("policy")),
        8192);
  }
}
