package lazaret.vetting.desk.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.snapshots.SnapshotOrder.Wish;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;

/// The snapshots of a connected gate, recorded as an export records them.
///
/// @param outside that gate
record SnapshotDrafts(GateFixture outside) {
  static final SnapshotOrder EVERYTHING = new SnapshotOrder(List.of(), false);

  /// Returns the order for versions in addition to those of the previous snapshot.
  static SnapshotOrder wishes(CrateId... ids) {
    return new SnapshotOrder(Stream.of(ids).map(SnapshotDrafts::wish).toList(), false);
  }

  static Wish wish(CrateId id) {
    return new Wish(id.name(), id.version(), id.cksum());
  }

  /// Publishes a version and has it stored.
  CrateId held(String name, String version, int daysOld) {
    // The index file is fetched again by then.
    outside.clock.advance(Duration.ofHours(1));
    CrateId id = outside.publish(name, version, daysOld);
    assertThat(outside.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    return id;
  }

  SnapshotDraft draft(SnapshotOrder order) {
    return outside.desk.snapshots().draft(order);
  }

  /// Drafts a full snapshot and records it.
  SnapshotDraft make(SnapshotOrder order) {
    SnapshotDraft draft = draft(order);
    note(draft, SnapshotKind.FULL);
    return draft;
  }

  void note(SnapshotDraft draft, SnapshotKind kind) {
    outside.desk.snapshots().record(info(draft, kind), draft, "ann", List.of());
  }

  SnapshotInfo info(SnapshotDraft draft, SnapshotKind kind) {
    return new SnapshotInfo(
        1,
        draft.sequence(),
        kind,
        draft.stateRoot(),
        draft.stateRoot(),
        outside.clock.instant(),
        outside.clock.instant(),
        draft.crates(),
        draft.versions(),
        0);
  }
}
