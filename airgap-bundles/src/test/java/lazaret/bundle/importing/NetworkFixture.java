package lazaret.bundle.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.Formats;
import lazaret.bundle.trust.StoredTrust;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateOptions;
import lazaret.vetting.gate.fixture.GateUnderTest;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.snapshots.SnapshotUpstream;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.upstream.Upstream;
import lazaret.vetting.index.Validators;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.StateTree;

/// A network that receives crates by bundles alone: a gate and a desk on a real store, without an
/// upstream. At the end of a test fsck finds no fault of the store.
public final class NetworkFixture implements AutoCloseable {
  public static final Clock CLOCK = Clock.fixed(Formats.NOW.plusSeconds(60), ZoneOffset.UTC);

  final Path data;
  final Store store;
  final Gate gate;
  final Desk desk;
  final BundleImporter importer;

  private final GateUnderTest tested;

  private NetworkFixture(
      Path data, ImportContext.Steps steps, UnaryOperator<Store> around, Clock clock) {
    this.data = data;
    this.store =
        around.apply(
            new SnapshotViewStore(
                RocksStore.open(
                    data,
                    RocksOptions.DEFAULT.withWriteBufferBytes(4 << 20).withMinFreeBytes(1 << 20),
                    clock)));
    this.tested =
        new GateUnderTest(
            store, new SnapshotUpstream(new Nobody(), store), clock, GateOptions.DEFAULT);
    this.gate = tested.gate;
    this.desk = tested.desk;
    this.importer = BundleImporter.over(new ImportContext(desk.snapshots(), data, clock, steps));
  }

  /// Opens the store in a folder, and trusts the root of [TestExports] if no root is trusted.
  public static NetworkFixture open(Path data) throws IOException {
    return open(data, ImportContext.Steps.NONE);
  }

  static NetworkFixture open(Path data, ImportContext.Steps steps) throws IOException {
    return open(data, steps, store -> store);
  }

  /// Opens the store in a folder with a clock, and trusts a root if no root is trusted.
  public static NetworkFixture open(Path data, Bytes root, Clock clock) throws IOException {
    return open(data, ImportContext.Steps.NONE, store -> store, root, clock);
  }

  /// Opens the store in a folder.
  ///
  /// @param around the function that wraps the store
  static NetworkFixture open(Path data, ImportContext.Steps steps, UnaryOperator<Store> around)
      throws IOException {
    return open(data, steps, around, TestExports.root(Duration.ofDays(900)), CLOCK);
  }

  private static NetworkFixture open(
      Path data, ImportContext.Steps steps, UnaryOperator<Store> around, Bytes root, Clock clock)
      throws IOException {
    if (!Files.exists(data)) {
      Files.createDirectories(
          data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    var inside = new NetworkFixture(data, steps, around, clock);
    var trust = new StoredTrust(inside.store);
    if (trust.root().isEmpty()) {
      trust.init(root, StoredTrust.fingerprint(root), clock.instant(), "ann");
    }
    return inside;
  }

  public ImportOutcome run(Path bundle) {
    return run(ImportOptions.of(bundle, "ann"));
  }

  public ImportOutcome run(ImportOptions order) {
    return importer.run(order, ImportProgress.NONE);
  }

  public ImportOutcome run(ImportOptions order, ImportProgress progress) {
    return importer.run(order, progress);
  }

  public Store store() {
    return store;
  }

  public Path data() {
    return data;
  }

  /// Returns the state root of the served snapshot.
  public Sha256 root() {
    try (Stream<Snapshots.Leaf> leaves = store.snapshots().leaves(store.snapshots().head())) {
      return StateTree.root(leaves.map(Snapshots.Leaf::hash).iterator());
    }
  }

  List<SnapshotCrate> crates() {
    return crates(store.snapshots().head());
  }

  List<SnapshotCrate> crates(long asOf) {
    try (Stream<SnapshotCrate> all = store.snapshots().crates(asOf)) {
      return all.toList();
    }
  }

  public List<Snapshots.Row> rows() {
    try (Stream<Snapshots.Row> all = store.snapshots().rows()) {
      return all.toList();
    }
  }

  public List<Sha256> artifacts() {
    try (Stream<Sha256> all = store.artifacts()) {
      return all.toList();
    }
  }

  public String index(String name) {
    return tested.index(name);
  }

  DownloadOutcome download(CrateId id) {
    return tested.download(id);
  }

  /// Leaves out the check of the store when this closes.
  ///
  /// @param reason what the test does to the store
  public void withoutFsck(String reason) {
    tested.withoutFsck(reason);
  }

  /// Closes gate and store.
  ///
  /// @throws AssertionError if fsck finds a fault of the store
  @Override
  public void close() {
    tested.close();
  }

  /// An upstream that is never available.
  private static final class Nobody implements Upstream {
    @Override
    public IndexResponse index(CrateName name, Validators known) {
      return new IndexResponse.Unavailable("there is no way out", null);
    }

    @Override
    public ArtifactResponse artifact(CrateId id) {
      return new ArtifactResponse.Unavailable("there is no way out", null);
    }

    @Override
    public String describe() {
      return "nobody";
    }

    @Override
    public void close() {}
  }
}
