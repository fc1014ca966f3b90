package lazaret.vetting.gate.serving;

import java.time.Clock;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.evaluation.IndexViewBuilder;
import lazaret.vetting.gate.snapshots.SnapshotAdapter;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.Validators;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;

/// The retained snapshots as cargo requests them: the content of each, under the current rules. A
/// version that a snapshot served counts as approved. Later denials apply. Thread-safe.
public final class RetainedSnapshots {
  private final Store store;
  private final Clock clock;
  private final CrateStates files;

  public RetainedSnapshots(Store store, Clock clock, CrateStates files) {
    this.store = store;
    this.clock = clock;
    this.files = files;
  }

  /// Returns the index file of a crate under a snapshot.
  public IndexOutcome index(long snapshot, CrateName asked) {
    CrateState file = file(snapshot, asked).orElse(null);
    if (file == null) {
      return new IndexOutcome.Absent(absent(snapshot, asked));
    }
    if (!file.crate().name().indexName().equals(asked.indexName())) {
      return new IndexOutcome.Absent(
          "there is no '%s', but '%s'".formatted(asked.published(), file.crate().name()));
    }
    IndexViewBuilder.BuiltView made =
        IndexViewBuilder.make(file, files.rulebook(), clock.instant());
    return new IndexOutcome.Served(made.view(), file.freshness(), false);
  }

  /// Finds a version under a snapshot.
  public VersionLookup find(long snapshot, CrateName name, CrateVersion version) {
    CrateState file = file(snapshot, name).filter(f -> f.crate().name().equals(name)).orElse(null);
    if (file == null) {
      return new VersionLookup.NotFound(new DownloadOutcome.Unknown(absent(snapshot, name)));
    }
    return file.line(version)
        .<VersionLookup>map(line -> new VersionLookup.Found(file, line))
        .orElseGet(
            () ->
                new VersionLookup.NotFound(
                    new DownloadOutcome.Unknown(
                        "snapshot %d has no '%s %s'".formatted(snapshot, name, version))));
  }

  /// Reads the rows of a crate before the record of the snapshot. Records are removed first, so
  /// that an existing record proves that no row was missing.
  private Optional<CrateState> file(long snapshot, CrateName name) {
    Optional<SnapshotCrate> crate = store.snapshots().crate(name, snapshot);
    return info(snapshot)
        .flatMap(
            info ->
                crate.map(
                    c ->
                        files.ofOrigin(
                            CrateState.of(
                                SnapshotAdapter.held(c),
                                new Freshness(Validators.NONE, info.issued(), info.issued()),
                                SnapshotAdapter.decisions(c, snapshot, store.decisions(name)),
                                store,
                                files.relatedCrates()))));
  }

  /// Returns the reason why a snapshot is not available, or empty if it is retained.
  public Optional<String> gone(long snapshot) {
    return info(snapshot).isPresent()
        ? Optional.empty()
        : Optional.of(
            "there is no snapshot %d here; kept are %s"
                .formatted(
                    snapshot,
                    store.snapshots().all().stream().map(SnapshotInfo::sequence).toList()));
  }

  private Optional<SnapshotInfo> info(long snapshot) {
    return store.snapshots().all().stream().filter(s -> s.sequence() == snapshot).findFirst();
  }

  private String absent(long snapshot, CrateName name) {
    return gone(snapshot).orElse("snapshot %d has no crate '%s'".formatted(snapshot, name));
  }
}
