package lazaret.vetting.inventory;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.serving.IndexRefresher.Lookup;
import lazaret.vetting.gate.shares.ActingClient;
import lazaret.vetting.gate.shares.UpstreamLimit;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.BatchCondition;
import lazaret.vetting.gate.store.CrateRecords;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.RemovedArtifact;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.index.Validators;
import lazaret.vetting.inventory.RetentionPlan.PlannedRemoval;
import lazaret.vetting.ledger.LedgerEntry;

/// The removal of one artifact, with all checks again on fresh data. Upstream must have confirmed
/// within a day that it still lists the version. One batch drops the artifact with its use and
/// stores the evidence. Thread-safe; blocks.
final class ArtifactRemoval {
  private static final Duration CONFIRMED = Duration.ofDays(1);

  /// Permits requests to upstream of which clients leave a share.
  private static final UpstreamLimit UNUSED_SHARE = () -> Optional.empty();

  private final GateContext parts;
  private final Store store;
  private final Gate gate;
  private final ArtifactFactsReader facts;
  private final ProtectedArtifacts kept;

  ArtifactRemoval(
      GateContext parts, Gate gate, ArtifactFactsReader facts, ProtectedArtifacts kept) {
    this.parts = parts;
    this.store = parts.store();
    this.gate = gate;
    this.facts = facts;
    this.kept = kept;
  }

  /// The outcome for one artifact.
  enum Outcome {
    /// It was removed.
    REMOVED,
    /// It is used, protected or gone since it was planned.
    KEPT,
    /// Upstream did not confirm that it lists the version.
    UNCONFIRMED
  }

  /// Begins a run: what other nodes stored since the last one is read again.
  void begin() {
    kept.reload();
  }

  /// Removes an artifact if its rule still holds and nothing protects it.
  Outcome remove(PlannedRemoval planned, RetentionRules rules) {
    CrateId id = planned.facts().id();
    if (!isConfirmed(id.name())) {
      return Outcome.UNCONFIRMED;
    }
    writeUses();
    if (!gate.files().exclusively(id.name(), () -> removed(planned, rules))) {
      return Outcome.KEPT;
    }
    gate.artifactCache().forget(id.cksum());
    return Outcome.REMOVED;
  }

  /// Writes the downloads and lockfiles that this node has in heap. A thread of its own does so:
  /// they must not be lost with the lease of this one.
  private void writeUses() {
    Thread writing = Thread.ofVirtual().name("uses before a removal").start(gate.usageLog()::flush);
    try {
      writing.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Returns whether the stored index file is that of upstream, confirmed within a day. Upstream
  /// confirms nothing while a mass removal is suspected: stored files then keep lines that it does
  /// not list. They have no validators, so that upstream is asked for each of them again later.
  private boolean isConfirmed(CrateName name) {
    if (gate.keeper().removals().isMassSuspected()) {
      return false;
    }
    boolean validated =
        store
            .freshness(name)
            .filter(known -> !known.validators().equals(Validators.NONE))
            .isPresent();
    Duration age = validated ? CONFIRMED : Duration.ZERO;
    Lookup lookup = ActingClient.limited(UNUSED_SHARE, () -> gate.keeper().lookup(name, age));
    return switch (lookup) {
      case Lookup.Found found -> !found.stale();
      case Lookup.Absent _, Lookup.Unavailable _ -> false;
    };
  }

  private boolean removed(PlannedRemoval planned, RetentionRules rules) {
    if (gate.keeper().removals().isMassSuspected()) {
      // The request of a moment ago raised the alarm.
      return false;
    }
    CrateId id = planned.facts().id();
    Instant now = parts.clock().instant();
    CrateRecords crate = store.records(id.name()).orElse(null);
    StoredLine line = crate == null ? null : crate.crate().line(id.version()).orElse(null);
    if (crate == null || line == null || !line.entry().cksum().equals(id.cksum())) {
      return false;
    }
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    ArtifactFacts fresh = facts.read(line, today, rules.needsOrigin()).orElse(null);
    if (fresh == null
        || !isDue(planned, fresh, rules, now)
        || kept.first(new ProtectedArtifacts.Subject(crate, line, now)).isPresent()) {
      return false;
    }
    List<Write> writes =
        List.of(
            new Write.DropArtifact(id.cksum()),
            new Write.DropUse(id.cksum()),
            new Write.DropDeskRow(DeskTable.IMPORTED_ARTIFACTS, id.cksum().hex()),
            new Write.PutRemoved(new RemovedArtifact(id, fresh.bytes(), now, planned.rule())));
    // A decision of another node in between is a conflict: the checks then run again.
    List<LedgerEntry> _ =
        store.commit(
            Batch.synced(writes)
                .with(new BatchCondition.CrateAt(id.name(), crate.revision(), crate.revision())));
    return true;
  }

  /// Returns whether the rule still holds. For the limit of all artifacts, it must not have been
  /// used since.
  private static boolean isDue(
      PlannedRemoval planned, ArtifactFacts fresh, RetentionRules rules, Instant now) {
    return planned.rule().equals(RetentionRules.MAX_SIZE)
        ? !fresh.used().isAfter(planned.facts().used())
        : rules.first(fresh, now).isPresent();
  }
}
