package lazaret.vetting.desk.snapshots;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.Durations;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.advisory.FeedAgeLimits;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.feeds.BlastRadius;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.feeds.ReevaluationNotices;
import lazaret.vetting.gate.snapshots.SnapshotAdapter;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.LeaseRun;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.SnapshotFlip;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.Rulebook;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;

/// The service that makes snapshots of what a gate serves, and that puts imported ones in force.
/// Thread-safe; changes run one at a time.
public final class SnapshotService {
  private final GateContext parts;
  private final Gate gate;
  private final LeaseRun turn;

  public SnapshotService(GateContext parts, Gate gate) {
    this.parts = parts;
    this.gate = gate;
    this.turn = new LeaseRun(parts.store(), "snapshots");
  }

  /// Returns the store of the snapshots.
  public Store store() {
    return parts.store();
  }

  /// Returns the rulebook in force.
  public Rulebook rulebook() {
    return parts.rules().current();
  }

  /// Returns the current moment by the gate's clock.
  public Instant now() {
    return parts.clock().instant();
  }

  /// Returns the retained snapshots, by sequence.
  public List<SnapshotInfo> all() {
    return parts.store().snapshots().all();
  }

  /// Returns the sequence of the served snapshot, or 0 if an upstream supplies the store.
  public long head() {
    return parts.store().snapshots().head();
  }

  /// Returns the promised next snapshot. Empty if snapshots are made here, or if none was imported
  /// yet.
  public Optional<PromisedSnapshot> next() {
    List<SnapshotInfo> all = all();
    if (head() == 0 || all.isEmpty()) {
      return Optional.empty();
    }
    return parts
        .store()
        .meta(MetaKey.SNAPSHOT_NEXT)
        .map(value -> Instant.parse(value.text()))
        .map(by -> new PromisedSnapshot(all.getLast().sequence(), by, now().isAfter(by)));
  }

  /// Drafts the next snapshot: fetches requested versions, evaluates, and writes the rows that
  /// differ from the previous one. The rows have no effect until [#record].
  ///
  /// @throws MalformedException if the store serves a snapshot itself
  public SnapshotDraft draft(SnapshotOrder order) {
    return turn.run(
        () -> {
          if (head() != 0) {
            throw new MalformedException(
                "cannot make a snapshot: this store serves snapshot %d of another one; export there"
                    .formatted(head()));
          }
          gate.usageLog().flush();
          return new SnapshotBuilder(parts, gate, order).run();
        });
  }

  /// Returns whether the version of a line is currently denied, by a person or by the policy. A
  /// version that only waits, or that a person must look at, is not denied. A version that the
  /// index no longer lists is denied if its line names a person's decision.
  public boolean denies(SnapshotLine line) {
    Optional<CrateState> file = gate.files().find(line.entry().name());
    return file.flatMap(f -> f.line(line.entry().version()))
        .map(held -> file.get().under(rulebook()).evaluate(held, now()) instanceof Verdict.Deny)
        .orElseGet(
            () ->
                line.statement().claim().decisions().stream()
                    .anyMatch(d -> !d.by().equals(SnapshotAdapter.BY_POLICY)));
  }

  /// Returns whether a version is currently served with these bytes.
  public boolean serves(CrateId id) {
    return served(id.name(), id.version())
        .filter(line -> line.entry().cksum().equals(id.cksum()))
        .isPresent();
  }

  /// Returns the reason why a version of an earlier snapshot is not in the draft.
  ///
  /// @param exact whether versions that were not requested were removed
  public SnapshotDraft.Dropped dropped(CrateName name, CrateVersion version, boolean exact) {
    if (parts.upstream().origin(name) == NameOrigin.RESERVED) {
      return new SnapshotDraft.Dropped(name, version, "reserved", SnapshotBuilder.RESERVED);
    }
    Optional<CrateState> file = gate.files().find(name);
    Optional<StoredLine> line = file.flatMap(f -> f.line(version));
    if (line.isEmpty()) {
      String gone = Reason.Code.GONE_UPSTREAM.code();
      return new SnapshotDraft.Dropped(name, version, gone, "the index does not have it any more");
    }
    Verdict verdict = file.get().under(rulebook()).evaluate(line.get(), now());
    if (exact || (verdict.allows() && store().hasArtifact(line.get().entry().cksum()))) {
      return new SnapshotDraft.Dropped(
          name, version, "not-named", "nothing that was named for this export needs it");
    }
    if (verdict.allows()) {
      return new SnapshotDraft.Dropped(name, version, "not-held", SnapshotStatements.UNFETCHED);
    }
    Reason reason = verdict.reason();
    String until =
        verdict instanceof Verdict.Hold hold
            ? ", held until " + hold.until().truncatedTo(ChronoUnit.SECONDS)
            : "";
    return new SnapshotDraft.Dropped(name, version, reason.code().code(), reason.detail() + until);
  }

  /// Refuses to continue if an aging feed is past the stop age of the policy. Approved versions
  /// stay served, but no new one is admitted. Denials are never delayed by this.
  ///
  /// @param feeds the feeds that will be in force
  /// @param what the intended action for the message, such as `import snapshot 42`
  /// @throws StaleDataException if a feed is too old
  public void requireFreshFeeds(List<FeedInfo> feeds, String what) {
    Instant now = now();
    FeedAgeLimits limits = rulebook().policy().advisories().feeds().limits();
    for (FeedInfo feed : feeds) {
      FeedAge age = FeedAge.of(feed, now, limits);
      if (age.state() == FeedAge.State.STALE) {
        throw new StaleDataException(
            "cannot %s: %s, and past %s new versions are refused; import newer feeds first"
                .formatted(what, age, Durations.words(limits.stop())));
      }
    }
  }

  /// Removes the rows of a draft.
  public void drop() {
    boolean _ =
        turn.run(
            () -> {
              List<SnapshotInfo> all = all();
              SnapshotBuilder.clear(parts.store(), all.isEmpty() ? 0 : all.getLast().sequence());
              return true;
            });
  }

  /// Records a snapshot whose rows and bundle are written.
  ///
  /// @param draft the draft; unless it is a revocation, a person accepted its omissions
  /// @param by the name of the person who made it
  /// @param more further writes of the same batch
  public void record(SnapshotInfo info, SnapshotDraft draft, String by, List<Batch.Write> more) {
    List<Batch.Write> writes = new ArrayList<>(more);
    if (info.kind() != SnapshotKind.REVOCATION) {
      writes.add(AcceptedOmissions.of(parts.store()).and(draft.missing()));
    }
    writes.add(new Batch.Write.PutSnapshot(info));
    writes.add(
        new Batch.Write.Append(
            new Notice(
                Notice.Kind.SNAPSHOT_MADE,
                now(),
                by,
                null,
                null,
                "snapshot %d, %s: %d versions of %d crates, state root %s"
                    .formatted(
                        info.sequence(),
                        info.kind().code(),
                        info.versions(),
                        info.crates(),
                        info.stateRoot().hex()))));
    parts.store().commit(Batch.synced(writes));
  }

  /// Removes the records of old snapshots, except the served one, which cannot change meanwhile.
  /// Rows that no request can reach may be removed afterwards.
  ///
  /// @param most the number of the newest snapshots that stay
  /// @param more a write of the same batch, if any record is removed
  public void dropNotes(int most, Batch.Write more) {
    boolean _ =
        turn.run(
            () -> {
              List<SnapshotInfo> noted = all();
              List<Batch.Write> writes = new ArrayList<>();
              for (SnapshotInfo info : noted.subList(0, Math.max(0, noted.size() - most))) {
                if (info.sequence() != head()) {
                  writes.add(new Batch.Write.DropSnapshot(info.sequence()));
                }
              }
              if (!writes.isEmpty()) {
                writes.add(more);
                parts.store().commit(Batch.synced(writes));
              }
              return !writes.isEmpty();
            });
  }

  /// Puts the content of a bundle in force in one synced batch. The next response of the gate
  /// follows it. Then evaluates downloaded versions again, and records in the ledger who has
  /// versions that are no longer served.
  ///
  /// @param writes the writes that become visible together: the head, the record, feeds, denials,
  ///   trust
  public FeedUpdateReport.Reevaluation publish(List<Batch.Write> writes) {
    return published(writes, () -> SnapshotFlip.commit(parts.store(), Batch.synced(writes)));
  }

  /// Puts the content of a bundle in force as [#publish(List)], together with writes that are made
  /// in a scope right before the commit.
  ///
  /// @param more makes these writes, which append nothing to the ledger; it may run several times
  public FeedUpdateReport.Reevaluation publish(
      List<Batch.Write> writes, WriteScope scope, Supplier<List<Batch.Write>> more) {
    return published(
        writes, () -> SnapshotFlip.commit(parts.store(), Batch.synced(writes), scope, more));
  }

  private FeedUpdateReport.Reevaluation published(List<Batch.Write> writes, Runnable commit) {
    return turn.run(
        () -> {
          gate.usageLog().flush();
          Map<BlastRadius.Key, StoredLine> had = served();
          commit.run();
          // First, since it cannot fail: the denials are acknowledged once they are stored.
          forget(writes);
          FeedService.load(parts.store(), parts.rules());
          return consequences(had);
        });
  }

  /// Drops the cached states of crates with new decisions. Decisions apply at once, even if the
  /// snapshot stays the same.
  private void forget(List<Batch.Write> writes) {
    Set<String> keys = new HashSet<>();
    for (Batch.Write write : writes) {
      if (write instanceof Batch.Write.Append(Decision decision)
          && keys.add(decision.id().name().collisionKey())) {
        gate.files().evict(decision.id().name());
      }
    }
  }

  /// Serves an earlier snapshot again. Trust and denials remain.
  ///
  /// @param by the name of the person who orders it
  /// @param reason the reason in the person's own words
  /// @throws MalformedException if the snapshot is not retained or is already served, or if an
  ///   upstream supplies the store
  public FeedUpdateReport.Reevaluation rollback(long sequence, String by, String reason) {
    return turn.run(() -> switchTo(sequence, by, reason));
  }

  private FeedUpdateReport.Reevaluation switchTo(long sequence, String by, String reason) {
    if (head() == 0) {
      throw new MalformedException(
          "cannot go back to snapshot %d: this store is fed by an upstream".formatted(sequence));
    }
    if (head() == sequence || all().stream().noneMatch(s -> s.sequence() == sequence)) {
      throw new MalformedException(
          "cannot go back to snapshot %d: %d is served, and kept are %s"
              .formatted(sequence, head(), all().stream().map(SnapshotInfo::sequence).toList()));
    }
    String detail =
        "snapshot %d is served in place of snapshot %d: %s".formatted(sequence, head(), reason);
    return publish(
        List.of(
            new Batch.Write.PutMeta(MetaKey.SNAPSHOT_HEAD, Bytes.utf8(Long.toString(sequence))),
            new Batch.Write.Append(
                new Notice(Notice.Kind.SNAPSHOT_SERVED, now(), by, null, null, detail))));
  }

  /// Returns the downloaded versions that are currently served.
  private Map<BlastRadius.Key, StoredLine> served() {
    Map<BlastRadius.Key, StoredLine> found = new HashMap<>();
    try (Stream<DownloadRecord> accesses = parts.store().accesses()) {
      for (Iterator<DownloadRecord> rest = accesses.iterator(); rest.hasNext(); ) {
        DownloadRecord access = rest.next();
        CrateName name = access.id().name();
        CrateVersion version = access.id().version();
        if (!found.containsKey(BlastRadius.Key.of(name, version))) {
          served(name, version)
              .ifPresent(line -> found.put(BlastRadius.Key.of(name, version), line));
        }
      }
    }
    return found;
  }

  private Optional<StoredLine> served(CrateName name, CrateVersion version) {
    Optional<CrateState> file = gate.files().find(name);
    return file.flatMap(f -> f.line(version))
        .filter(line -> file.get().under(rulebook()).serves(line, now()));
  }

  private FeedUpdateReport.Reevaluation consequences(Map<BlastRadius.Key, StoredLine> had) {
    ReevaluationNotices consequences =
        new ReevaluationNotices(parts.store(), parts.clock(), gate.usageLog().verdictLog());
    for (StoredLine line : had.values()) {
      consequences.add(
          new ReevaluationNotices.Change(line, true, serves(line), verdict(line), List.of()));
    }
    return consequences.write(had.size());
  }

  private boolean serves(StoredLine before) {
    return served(before.entry().name(), before.entry().version())
        .filter(line -> line.entry().cksum().equals(before.entry().cksum()))
        .isPresent();
  }

  private Verdict verdict(StoredLine before) {
    Optional<CrateState> file = gate.files().find(before.entry().name());
    return file.flatMap(f -> f.line(before.entry().version()))
        .map(line -> file.get().under(rulebook()).evaluate(line, now()))
        .orElseGet(
            () ->
                new Verdict.Review(
                    List.of(
                        new Reason(
                            Reason.Code.GONE_UPSTREAM, "not in snapshot %d".formatted(head())))));
  }
}
