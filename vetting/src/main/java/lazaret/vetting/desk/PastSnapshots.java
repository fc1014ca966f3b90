package lazaret.vetting.desk;

import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.Validators;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;

/// The snapshots that are kept, as cargo asks for them: each as it was, under the rules of now.
/// What a snapshot served counts as approved; a denial that came later counts too. Thread-safe.
final class PastSnapshots {
  private final GateParts parts;
  private final CaseFiles files;

  PastSnapshots(GateParts parts, CaseFiles files) {
    this.parts = parts;
    this.files = files;
  }

  IndexOutcome index(long snapshot, CrateName asked) {
    CaseFile file = file(snapshot, asked).orElse(null);
    if (file == null) {
      return new IndexOutcome.Absent(absent(snapshot, asked));
    }
    if (!file.crate().name().indexName().equals(asked.indexName())) {
      return new IndexOutcome.Absent(
          "there is no '%s', but '%s'".formatted(asked.published(), file.crate().name()));
    }
    ViewMaker.Made made = ViewMaker.make(file, files.rulebook(), parts.clock().instant());
    return new IndexOutcome.Served(made.view(), file.freshness(), false);
  }

  Gate.Finding find(long snapshot, CrateName name, CrateVersion version) {
    CaseFile file = file(snapshot, name).filter(f -> f.crate().name().equals(name)).orElse(null);
    if (file == null) {
      return new Gate.Finding.None(new DownloadOutcome.Unknown(absent(snapshot, name)));
    }
    return file.line(version)
        .<Gate.Finding>map(line -> new Gate.Finding.Line(file, line))
        .orElseGet(
            () ->
                new Gate.Finding.None(
                    new DownloadOutcome.Unknown(
                        "snapshot %d has no '%s %s'".formatted(snapshot, name, version))));
  }

  /// Reads a crate's rows before the note: notes are let go of first, so while there is one, no row
  /// was missing before.
  private Optional<CaseFile> file(long snapshot, CrateName name) {
    Optional<SnapshotCrate> crate = parts.store().snapshots().crate(name, snapshot);
    return info(snapshot)
        .flatMap(
            info ->
                crate.map(
                    c ->
                        CaseFile.of(
                            Carried.held(c),
                            new Freshness(Validators.NONE, info.issued(), info.issued()),
                            Carried.decisions(c, snapshot, parts.store().decisions(name)),
                            parts.store(),
                            files.neighbours())));
  }

  /// Returns why there is nothing of a snapshot; empty where it is kept.
  Optional<String> gone(long snapshot) {
    return info(snapshot).isPresent()
        ? Optional.empty()
        : Optional.of(
            "there is no snapshot %d here; kept are %s"
                .formatted(
                    snapshot,
                    parts.store().snapshots().all().stream().map(SnapshotInfo::sequence).toList()));
  }

  private Optional<SnapshotInfo> info(long snapshot) {
    return parts.store().snapshots().all().stream()
        .filter(s -> s.sequence() == snapshot)
        .findFirst();
  }

  private String absent(long snapshot, CrateName name) {
    return gone(snapshot).orElse("snapshot %d has no crate '%s'".formatted(snapshot, name));
  }
}
