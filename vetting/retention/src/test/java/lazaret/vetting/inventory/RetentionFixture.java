package lazaret.vetting.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.feeds.LockfilePackageIndex;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.RemovedArtifact;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.inventory.RetentionPlan.PlannedRemoval;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.lockfile.Lockfile;

/// A gate with stored artifacts, and the parts of retention over it.
final class RetentionFixture implements AutoCloseable {
  /// Rules that remove what no client received for 30 days.
  static final String UNUSED =
      """
      [[rule]]
      name = "unused"
      unused-for = "30d"
      """;

  final GateFixture station;
  final Store store;
  final ArtifactFactsReader facts;
  final ProtectedArtifacts kept;
  final ArtifactRemoval removal;
  final RetentionRegister register;

  RetentionFixture() {
    this(new SnapshotViewStore(new InMemoryStore()));
  }

  RetentionFixture(Store store) {
    this.station = new GateFixture(store);
    this.store = store;
    this.facts = new ArtifactFactsReader(station.parts);
    this.kept =
        new ProtectedArtifacts(
            station.parts, LockfilePackageIndex.of(store, station.gate.usageLog()));
    this.removal = new ArtifactRemoval(station.parts, station.gate, facts, kept);
    this.register = new RetentionRegister(store, station.clock);
  }

  /// Returns a fixture for rows that a test writes itself.
  static RetentionFixture ofRows() {
    RetentionFixture fixture = new RetentionFixture();
    fixture.station.withoutFsck("its rows were written without a gate");
    return fixture;
  }

  @Override
  public void close() {
    station.close();
  }

  static RetentionRules rules(String toml) {
    return RetentionRulesReader.read(Bytes.utf8(toml));
  }

  RetentionPlanner planner(int maxRemovals) {
    return new RetentionPlanner(station.parts, facts, kept, maxRemovals);
  }

  RetentionPlan plan(RetentionRules rules) {
    return planner(1_000).plan(rules, () -> true);
  }

  ArtifactRetentionTask task(RetentionRules rules) {
    return new ArtifactRetentionTask(
        station.parts,
        new ArtifactRetentionTask.Parts(
            () -> Optional.of(rules), planner(1_000), removal, register, Duration.ofMillis(1)));
  }

  void write(List<Write> writes) {
    List<LedgerEntry> _ = store.commit(Batch.synced(writes));
  }

  void write(Write... writes) {
    write(List.of(writes));
  }

  /// Writes crates of one version with their artifacts.
  void put(ArtifactRow... rows) {
    List<Write> writes = new ArrayList<>();
    for (ArtifactRow row : rows) {
      writes.addAll(ArtifactRow.crate(row.id().name(), List.of(row.line())));
      writes.add(row.artifact());
      writes.add(new Write.PutFindings(row.findings()));
      writes.addAll(row.use());
    }
    write(writes);
  }

  /// Publishes a version of 100 days ago and downloads it, so that it is stored and used today.
  CrateId stored(String name) {
    return stored(CrateBuilder.crate(name, "1.0.0").file("src/lib.rs", ""));
  }

  CrateId stored(CrateBuilder crate) {
    CrateId id = station.publish(crate, 100);
    download(id);
    return id;
  }

  void download(CrateId id) {
    String _ = station.index(id.name().published());
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    station.gate.usageLog().flush();
  }

  /// Records that a client sent a lockfile with these versions.
  void sent(String name, CrateId... ids) {
    StringBuilder text = new StringBuilder("version = 4\n");
    for (CrateId id : ids) {
      text.append(
          """

          [[package]]
          name = "%s"
          version = "%s"
          source = "registry+https://github.com/rust-lang/crates.io-index"
          checksum = "%s"
          """
              .formatted(id.name(), id.version(), id.cksum().hex()));
    }
    Bytes bytes = Bytes.utf8(text.toString());
    station.desk.seen(
        Lockfile.parse(bytes), Sha256.of(bytes), name, new Requester("ci", "10.0.0.8"));
    station.gate.usageLog().flush();
  }

  void pass(int days) {
    station.clock.advance(Duration.ofDays(days));
  }

  boolean isStored(CrateId id) {
    return store.hasArtifact(id.cksum());
  }

  List<CrateId> removed() {
    try (Stream<RemovedArtifact> all = store.removedArtifacts()) {
      return all.map(RemovedArtifact::id).toList();
    }
  }

  /// Returns the details of the notices of a kind.
  List<String> notices(Notice.Kind kind) {
    List<String> details = new ArrayList<>();
    for (LedgerEntry entry : station.desk.events(0, 1_000)) {
      if (entry.event() instanceof Notice notice && notice.kind() == kind) {
        details.add(notice.detail());
      }
    }
    return details;
  }

  static List<String> names(List<PlannedRemoval> removals) {
    return removals.stream().map(each -> each.facts().id().name() + " " + each.rule()).toList();
  }
}
