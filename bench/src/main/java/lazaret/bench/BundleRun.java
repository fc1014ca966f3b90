package lazaret.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import lazaret.bench.BundleState.Size;
import lazaret.bundle.checking.BundleFiles;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.checking.BundleVerifier;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.exporting.StoreSnapshotSource;
import lazaret.bundle.importing.BundleImporter;
import lazaret.bundle.importing.ImportOptions;
import lazaret.bundle.importing.ImportOutcome;
import lazaret.bundle.importing.ImportProgress;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.InMemoryTrustStore;
import lazaret.mirror.upstream.OfflineUpstream;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.context.GateOptions;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.snapshot.SnapshotInfo;

/// One step in the life of a bundle as a separate process, with a bounded heap and cold code.
final class BundleRun {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private static final int CHANGED_ONE_IN = 1_000;

  private BundleRun() {}

  /// Runs the step and prints its figures.
  ///
  /// @param arguments name and arguments of the step
  /// @throws IOException if a file cannot be read or written
  public static void main(String[] arguments) throws IOException {
    Path first = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "fill" -> fill(first, Path.of(arguments[2]), number(arguments[3]));
      case "fill-small" -> fillSmall(first, Path.of(arguments[2]), number(arguments[3]));
      case "trust" -> trust(first, Path.of(arguments[2]));
      case "export" -> export(first, Path.of(arguments[2]));
      case "check" -> check(first, Path.of(arguments[2]));
      case "import" -> take(first, Path.of(arguments[2]));
      default -> throw new IllegalArgumentException("no step " + arguments[0]);
    }
    // The management beans would need a twentieth of the time of a check to start.
    ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .ifPresent(cpu -> print("cpu-micros", cpu.toNanos() / 1_000));
  }

  private static int number(String text) {
    return Integer.parseInt(text);
  }

  private static Store store(Path folder) {
    return RocksStore.open(folder, RocksOptions.DEFAULT, CLOCK);
  }

  /// Fills an outer store with artifacts, and writes these as files.
  private static void fill(Path outside, Path files, int versions) throws IOException {
    Files.createDirectories(files);
    try (Store store = store(outside)) {
      new BundleState(store, NOW).withArtifacts(1, new Size(versions / 4, 4), files);
      print("bytes", store.snapshots().all().getFirst().bytes());
    }
  }

  /// Creates an outer store with two snapshots of many crates, and an inner one that serves the
  /// first.
  private static void fillSmall(Path outside, Path inside, int crates) {
    try (Store store = store(outside)) {
      var state = new BundleState(store, NOW);
      state.small(1, crates, CHANGED_ONE_IN);
      state.changed(2, crates, CHANGED_ONE_IN);
    }
    trust(inside);
    try (Store store = store(inside)) {
      new BundleState(store, NOW).small(1, crates, CHANGED_ONE_IN);
      Write head = new Write.PutMeta(MetaKey.SNAPSHOT_HEAD, Bytes.utf8("1"));
      store.commit(Batch.synced(List.of(head)));
      print("crates", crates);
    }
  }

  /// Creates an inner store that trusts the stream, and writes the trusted root as a file.
  private static void trust(Path inside, Path file) throws IOException {
    Files.write(file, trust(inside).array());
    print("trusted", 1);
  }

  private static Bytes trust(Path inside) {
    try (Store store = store(inside)) {
      Bytes root = new BundleStream(NOW).root();
      new StoredTrust(store).init(root, StoredTrust.fingerprint(root), NOW, "bench");
      return root;
    }
  }

  private static void export(Path folder, Path into) throws IOException {
    try (Store store = store(folder)) {
      List<SnapshotInfo> all = store.snapshots().all();
      SnapshotInfo newest = all.getLast();
      var stream = new BundleStream(NOW);
      BundleExporter.Exported made =
          BundleExporter.export(
              stream.order(newest, all.size() > 1 ? all.getFirst() : null),
              new StoreSnapshotSource(store, newest.sequence()),
              stream.signers(),
              into);
      print("parts", made.statement().contents().parts());
    }
  }

  private static void check(Path bundle, Path root) throws IOException {
    var trusted = new InMemoryTrustStore(Bytes.of(Files.readAllBytes(root)));
    BundleInspection seen = BundleInspection.of(BundleFiles.of(bundle), trusted, CLOCK);
    print("artefacts", BundleVerifier.check(seen, _ -> {}).artifacts());
  }

  private static void take(Path inside, Path bundle) {
    try (Store store = new SnapshotViewStore(store(inside));
        Gate gate = new Gate(parts(store))) {
      BundleImporter importer =
          BundleImporter.over(new Desk(parts(store), gate).snapshots(), inside, CLOCK);
      ImportOutcome outcome = importer.run(ImportOptions.of(bundle, "bench"), ImportProgress.NONE);
      if (!(outcome instanceof ImportOutcome.Imported done)) {
        throw new IllegalStateException("expected an import, found " + outcome);
      }
      print("versions", done.snapshot().versions());
    }
  }

  private static GateContext parts(Store store) {
    return new GateContext(
        store,
        new OfflineUpstream(CLOCK),
        CurrentRulebook.of(Policy.DEFAULT),
        CLOCK,
        GateOptions.DEFAULT);
  }

  private static void print(String what, long count) {
    System.out.println(what + " " + count);
  }
}
