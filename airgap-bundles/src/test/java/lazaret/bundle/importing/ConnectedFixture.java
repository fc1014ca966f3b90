package lazaret.bundle.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.exporting.ExportOptions;
import lazaret.bundle.exporting.StoreSnapshotSource;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.Formats;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoredFeed;
import lazaret.vetting.index.Validators;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;

/// An exporting site: a history of snapshots in a store, and their bundles.
final class ConnectedFixture {
  final Store store = new InMemoryStore();
  private final Path folder;
  private long version;
  private Instant issued = Formats.NOW.minusSeconds(36_000);

  /// Creates a site without snapshots.
  ///
  /// @param folder the folder for bundles
  ConnectedFixture(Path folder) {
    this.folder = folder;
    feed(Formats.feed("osv"));
  }

  void feed(Feed feed) {
    store.commit(
        Batch.relaxed(List.of(new Batch.Write.PutFeed(new StoredFeed(feed, Validators.NONE)))));
  }

  /// Makes the next snapshot, with the artifacts of [Formats].
  long snapshot(SnapshotCrate... crates) {
    for (SnapshotCrate crate : crates) {
      for (SnapshotLine line : crate.lines()) {
        CrateId id = line.entry().id();
        Bytes bytes = Formats.artifact(crate.name().published(), id.version().text());
        if (Sha256.of(bytes).equals(id.cksum())) {
          artifact(id, bytes);
        }
      }
    }
    long sequence = newest() + 1;
    Map<String, SnapshotCrate> now = new TreeMap<>();
    for (SnapshotCrate crate : crates) {
      now.put(crate.name().collisionKey(), crate);
    }
    for (SnapshotCrate before : crates(sequence - 1)) {
      now.putIfAbsent(before.name().collisionKey(), new SnapshotCrate(before.name(), List.of()));
    }
    List<Batch.Write> writes = new ArrayList<>();
    now.values().stream()
        .filter(
            crate ->
                !store
                    .snapshots()
                    .crate(crate.name(), sequence - 1)
                    .map(crate::equals)
                    .orElse(crate.gone()))
        .forEach(crate -> writes.add(new Batch.Write.PutSnapshotCrate(sequence, crate)));
    writes.add(new Batch.Write.PutSnapshot(info(sequence, now.values().stream().toList())));
    store.commit(Batch.relaxed(writes));
    return sequence;
  }

  private static SnapshotInfo info(long sequence, List<SnapshotCrate> all) {
    List<SnapshotCrate> crates = all.stream().filter(c -> !c.gone()).toList();
    return new SnapshotInfo(
        1,
        sequence,
        SnapshotKind.FULL,
        TestExports.root(crates),
        Sha256.of(Bytes.EMPTY),
        Formats.NOW,
        Formats.NOW,
        crates.size(),
        crates.stream().mapToLong(c -> c.lines().size()).sum(),
        7);
  }

  /// Stores the bytes of a version.
  void artifact(CrateId id, Bytes bytes) {
    if (new UnverifiedCrate(bytes).verify(id) instanceof Verification.Match(var verified)) {
      store.commit(Batch.relaxed(List.of(new Batch.Write.PutArtifact(verified))));
    } else {
      throw new IllegalArgumentException("other bytes than those of " + id);
    }
  }

  long newest() {
    List<SnapshotInfo> all = store.snapshots().all();
    return all.isEmpty() ? 0 : all.getLast().sequence();
  }

  SnapshotInfo info(long sequence) {
    return store.snapshots().all().stream()
        .filter(info -> info.sequence() == sequence)
        .findFirst()
        .orElseThrow();
  }

  List<SnapshotCrate> crates(long sequence) {
    try (Stream<SnapshotCrate> all = store.snapshots().crates(sequence)) {
      return all.toList();
    }
  }

  /// Exports the newest snapshot.
  Path bundle(SnapshotKind kind, long... bases) throws IOException {
    return bundle(order(kind, bases));
  }

  Path bundle(ExportOptions order) throws IOException {
    return BundleExporter.export(
            order, new StoreSnapshotSource(store, order.snapshot()), TestExports.signers(), folder)
        .folder();
  }

  /// Returns the order of a bundle of the newest snapshot, a minute after the previous one, in
  /// small parts.
  ExportOptions order(SnapshotKind kind, long... bases) {
    List<BundleStatement.State> states = new ArrayList<>();
    for (long base : bases) {
      states.add(new BundleStatement.State(base, info(base).stateRoot()));
    }
    return order(info(newest()), kind, states, List.of("*"));
  }

  ExportOptions order(
      SnapshotInfo info,
      SnapshotKind kind,
      List<BundleStatement.State> bases,
      List<String> audience) {
    issued = issued.plusSeconds(60);
    return new ExportOptions(
        TestExports.STREAM,
        audience,
        1,
        ++version,
        kind,
        bases,
        info.sequence(),
        new BundleStatement.Result(info.stateRoot(), info.crates(), info.versions(), info.bytes()),
        Optional.empty(),
        issued,
        ExportOptions.Times.DEFAULT,
        Sha256.of(Bytes.utf8("policy")),
        8192);
  }
}
