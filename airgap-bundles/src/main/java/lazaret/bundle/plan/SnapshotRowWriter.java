package lazaret.bundle.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.ChangeLists;
import lazaret.bundle.format.ExternalDigestSort;
import lazaret.bundle.format.VersionChange;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;
import org.jspecify.annotations.Nullable;

/// The import of the crates of a full bundle or a delta. It writes the rows of differing crates
/// under a sequence that is not published yet, and collects the allowed and denied versions. Not
/// thread-safe.
public final class SnapshotRowWriter implements TableDiff.Visitor {
  private static final long WEIGHT = 2 << 20;

  private final Store store;
  private final BundleStatement statement;
  private final ImportPlanBuilder plan;
  private final ExternalDigestSort allowed;
  private final ExternalDigestSort denied;
  private final boolean write;
  private final Reference reference;
  private final ChangeLists announced = new ChangeLists();
  private final Set<String> expected;
  private final List<Batch.Write> writes = new ArrayList<>();
  private long weight;
  private Optional<String> unannounced = Optional.empty();
  private long denials;

  /// Creates the import of rows.
  ///
  /// @param write whether rows are written; false in a dry run
  public SnapshotRowWriter(
      Store store,
      BundleInspection bundle,
      ImportPlanBuilder plan,
      ExternalDigestSort allowed,
      ExternalDigestSort denied,
      boolean write) {
    this.store = store;
    this.statement = bundle.statement();
    this.plan = plan;
    this.allowed = allowed;
    this.denied = denied;
    this.write = write;
    this.reference = reference();
    this.expected = new HashSet<>(statement.changes().cksumChanged().items());
  }

  /// The state that the lists of changes in a bundle statement are relative to.
  private sealed interface Reference {
    /// The empty state.
    record Empty() implements Reference {}

    /// A stored snapshot.
    ///
    /// @param sequence its sequence
    record Snapshot(long sequence) implements Reference {}

    /// A snapshot that is not stored.
    record Unknown() implements Reference {}
  }

  private Reference reference() {
    if (statement.kind() == SnapshotKind.FULL) {
      return new Reference.Empty();
    }
    BundleStatement.State oldest = statement.bases().getFirst();
    return store.snapshots().all().stream()
        .filter(info -> info.sequence() == oldest.sequence())
        .filter(info -> info.stateRoot().equals(oldest.stateRoot()))
        .<Reference>map(info -> new Reference.Snapshot(info.sequence()))
        .findFirst()
        .orElseGet(Reference.Unknown::new);
  }

  @Override
  public void crate(@Nullable SnapshotCrate stored, SnapshotCrate now) throws IOException {
    Optional<SnapshotCrate> before = Optional.ofNullable(stored);
    announce(now);
    for (SnapshotLine line : now.lines()) {
      if (line.statement().allows()) {
        allowed.add(line.entry().id());
      }
    }
    if (before.map(now::equals).orElse(now.gone())) {
      return;
    }
    plan.add(before, now);
    VersionChange.between(before, now, this::noteBytes);
    for (SnapshotLine line : now.lines()) {
      if (!line.statement().allows() && wasServed(before, line)) {
        denied.add(line.entry().id());
        denials++;
      }
    }
    if (write) {
      put(now);
    }
  }

  private void announce(SnapshotCrate now) {
    switch (reference) {
      case Reference.Empty() -> {
        if (!now.gone()) {
          announced.add(Optional.empty(), now);
        }
      }
      case Reference.Snapshot(long sequence) ->
          announced.add(store.snapshots().crate(now.name(), sequence), now);
      case Reference.Unknown() -> {}
    }
  }

  private static boolean wasServed(Optional<SnapshotCrate> before, SnapshotLine line) {
    return before
        .flatMap(crate -> crate.line(line.entry().version()))
        .filter(was -> was.statement().allows())
        .isPresent();
  }

  private void noteBytes(VersionChange how, SnapshotLine line) {
    if (how == VersionChange.CKSUM_CHANGED && unannounced.isEmpty()) {
      String item = ChangeLists.item(line);
      // A list that is too long to be named is compared by its digest at the end.
      boolean counted =
          expected.isEmpty()
              && statement.changes().cksumChanged().count() > 0
              && reference instanceof Reference.Snapshot;
      if (!expected.contains(item) && !counted) {
        unannounced = Optional.of(item);
      }
    }
  }

  private void put(SnapshotCrate crate) {
    writes.add(new Batch.Write.PutSnapshotCrate(statement.sequence(), crate));
    for (SnapshotLine line : crate.lines()) {
      weight += line.entry().raw().length() + line.statement().payload().length();
    }
    if (weight > WEIGHT || writes.size() == 1_000) {
      flush();
    }
  }

  private void flush() {
    if (!writes.isEmpty()) {
      store.commit(Batch.relaxed(writes));
      writes.clear();
      weight = 0;
    }
  }

  /// Returns the number of denied versions that were served before.
  long denials() {
    return denials;
  }

  /// Writes the remaining rows, and compares the differences with those of the bundle statement.
  ///
  /// @param vouched whether a person approved this bundle
  /// @throws BundleException `cksum-changed`, `bundle-state-mismatch`
  public void finish(boolean vouched) {
    flush();
    if (unannounced.isPresent() && !vouched) {
      throw new BundleException(
          BundleCode.CKSUM_CHANGED,
          ("cannot import the bundle: it has other bytes for %s without announcing them; check it with"
                  + " a dry run, and approve the bundle if the change is intended")
              .formatted(unannounced.get()));
    }
    if (!(reference instanceof Reference.Unknown)
        && !announced.finish().equals(statement.changes())) {
      throw new BundleException(
          BundleCode.BUNDLE_STATE_MISMATCH,
          "cannot import the bundle: its changes are not the announced ones");
    }
  }

  /// Returns the snapshot record for these rows.
  ///
  /// @param bundle the bundle of the snapshot
  /// @param at the time of the import
  public static SnapshotInfo info(BundleInspection bundle, java.time.Instant at) {
    BundleStatement statement = bundle.statement();
    return new SnapshotInfo(
        statement.epoch(),
        statement.sequence(),
        statement.kind(),
        statement.result().stateRoot(),
        bundle.digest(),
        statement.issued(),
        at,
        statement.result().crates(),
        statement.result().versions(),
        statement.result().bytes());
  }
}
