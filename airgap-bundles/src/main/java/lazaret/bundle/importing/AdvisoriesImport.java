package lazaret.bundle.importing;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.checking.VerifyingTargetStream;
import lazaret.bundle.format.AdvisoryChangeTable;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.ChangeLists;
import lazaret.bundle.format.FeedChanges;
import lazaret.bundle.plan.ImportPlan;
import lazaret.bundle.plan.TableDiff;
import lazaret.bundle.trust.StoredTrust;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotLine;

/// The import of a bundle of advisories, between two snapshots: the changed feeds are in force by
/// one write, and everything served is judged again. A version that the advisories send to a review
/// is denied until a snapshot that was made later allows it, because the approval of its origin is
/// older than they are. The metadata of the bundle is not stored, so that a snapshot that was made
/// before it can still be imported. For one use.
final class AdvisoriesImport {
  private final ImportContext site;
  private final ImportOptions order;
  private final VerifiedBundle look;
  private final Instant now;

  AdvisoriesImport(ImportContext site, ImportOptions order, VerifiedBundle look) {
    this.site = site;
    this.order = order;
    this.look = look;
    this.now = site.clock().instant();
  }

  private BundleInspection bundle() {
    return look.bundle();
  }

  private BundleStatement statement() {
    return bundle().statement();
  }

  private long number() {
    return statement().extras().advisories().orElseThrow().sequence();
  }

  private String what() {
    return "%s number %d".formatted(SnapshotChain.what(statement()), number());
  }

  /// Imports the bundle, or returns the plan of a dry run.
  ///
  /// @throws BundleException `bundle-sequence-gap` before the first snapshot, `bundle-replayed`,
  ///   `advisories-base`, `feed-rollback`, `table-malformed`, `table-hash-mismatch`
  ImportOutcome run() throws IOException {
    List<SnapshotInfo> noted = site.desk().all();
    if (noted.isEmpty()) {
      throw new BundleException(
          BundleCode.BUNDLE_SEQUENCE_GAP,
          "cannot import %s: no snapshot is stored yet; ask for a full bundle".formatted(what()));
    }
    Optional<ImportedAdvisories> last =
        ImportedAdvisories.of(site.store()).filter(l -> l.epoch() == statement().epoch());
    if (last.isPresent() && last.get().number() >= number()) {
      return again(last.get(), noted.getLast());
    }
    Tables tables = tables();
    FeedImport feeds = feeds(tables.changes());
    site.steps().done("advisories read");
    Judged judged = judged(feeds);
    ImportPlan plan = plan(judged, noted.getLast());
    if (order.dryRun()) {
      return new ImportOutcome.Planned(plan);
    }
    tables.files().revoke();
    FeedUpdateReport.Reevaluation consequences = site.desk().publish(writes(feeds, judged));
    site.steps().done("advisories in force");
    return new ImportOutcome.Imported(
        info(noted.getLast(), now),
        plan,
        consequences,
        new RollbackGuard(site).store().orElseThrow(),
        Optional.empty());
  }

  private ImportOutcome again(ImportedAdvisories last, SnapshotInfo newest) {
    if (last.bundle().equals(bundle().digest())) {
      return new ImportOutcome.AlreadyImported(info(newest, last.at()));
    }
    throw BundleException.older(
        BundleCode.BUNDLE_REPLAYED,
        "cannot import %s: number %d was imported, which is newer; nothing is left to do"
            .formatted(what(), last.number()));
  }

  /// Returns the description of the import for the response. It has the sequence of the snapshot
  /// that stays served, which can be older than that of the bundle.
  private SnapshotInfo info(SnapshotInfo newest, Instant at) {
    return new SnapshotInfo(
        statement().epoch(),
        site.desk().head(),
        statement().kind(),
        newest.stateRoot(),
        bundle().digest(),
        statement().issued(),
        at,
        newest.crates(),
        newest.versions(),
        newest.bytes());
  }

  /// The content of the tables of the bundle.
  ///
  /// @param files the revocations of inspection results
  private record Tables(List<FeedChanges> changes, SiteImport files) {}

  /// Applies changes to the stored feeds.
  private FeedImport feeds(List<FeedChanges> all) {
    Map<String, Feed> stored = FeedImport.stored(site.store());
    Set<String> whole = new HashSet<>(statement().extras().advisories().orElseThrow().whole());
    List<Feed> brought = new ArrayList<>();
    for (FeedChanges changes : all) {
      String name = changes.header().info().name();
      Feed known = stored.get(name);
      Map<Sha256, Advisory> before =
          known == null || whole.contains(name) ? Map.of() : FeedChanges.records(known);
      Feed feed = changes.applied(before);
      Sha256 found = FeedChanges.digest(FeedChanges.records(feed).keySet());
      if (!found.equals(changes.header().digest())
          || feed.advisories().stream().anyMatch(each -> !each.feed().equals(name))) {
        throw new BundleException(
            BundleCode.ADVISORIES_BASE,
            ("cannot import %s: its changes of the feed '%s' do not apply to the stored one%s; ask for"
                    + " one with --complete, or --since a snapshot whose feeds are here")
                .formatted(
                    what(), name, known == null ? " (none)" : " as of " + known.info().asOf()));
      }
      brought.add(feed);
    }
    return FeedImport.of(brought, stored);
  }

  private Tables tables() throws IOException {
    if (order.scan().isEmpty()) {
      return read(bundle());
    }
    StagingFolder staging =
        StagingFolder.open(site.folder().resolve("scan-" + bundle().digest().hex()), bundle());
    try {
      for (BundleTarget table : BundleTarget.tables(statement())) {
        staging.copy(table.path(), BundleCode.METADATA_MISSING);
      }
      OperatorScanner.of(order.scan().get(), staging.folder()).scan(staging.folder());
      return read(staging.copies());
    } finally {
      staging.remove();
    }
  }

  private Tables read(BundleInspection from) throws IOException {
    return new Tables(changes(from), SiteImport.read(site, order, bundle(), from));
  }

  private static List<FeedChanges> changes(BundleInspection from) throws IOException {
    try (VerifyingTargetStream table = TableDiff.open(from, BundleTarget.ADVISORY_CHANGES)) {
      try {
        List<FeedChanges> changes =
            AdvisoryChangeTable.read(
                TableDiff.lines(from, table, BundleTarget.ADVISORY_CHANGES),
                from.statement().feeds());
        table.finish();
        return changes;
      } catch (BundleException e) {
        throw table.instead(e);
      }
    }
  }

  /// The served versions that new advisories concern.
  ///
  /// @param items the versions with the ids of the advisories
  /// @param withdrawn the versions that the advisories withdraw
  /// @param denials the denials of those that only a review would release, also of other retained
  ///   snapshots
  private record Judged(
      List<String> items, List<String> withdrawn, Map<CrateId, Decision> denials) {
    void deny(AdvisoryDenials.Effect effect) {
      effect.denials().forEach(denial -> denials.put(denial.id(), denial));
    }
  }

  /// Judges each version that the served snapshot or another retained one allows. Only those that
  /// are served now are listed.
  private Judged judged(FeedImport feeds) {
    var denials =
        new AdvisoryDenials(
            site,
            statement(),
            AdvisorySet.of(List.copyOf(feeds.stored().values())),
            feeds.inForce());
    Judged judged = new Judged(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
    long head = site.desk().head();
    eachAllowed(head, line -> judge(line, denials, judged));
    for (SnapshotInfo retained : site.desk().all()) {
      if (retained.sequence() != head) {
        eachAllowed(
            retained.sequence(), line -> denials.of(line.entry().id()).ifPresent(judged::deny));
      }
    }
    return judged;
  }

  private void eachAllowed(long sequence, Consumer<SnapshotLine> action) {
    try (Stream<SnapshotCrate> crates = site.store().snapshots().crates(sequence)) {
      crates
          .flatMap(crate -> crate.lines().stream())
          .filter(line -> line.statement().allows())
          .forEach(action);
    }
  }

  private void judge(SnapshotLine line, AdvisoryDenials denials, Judged judged) {
    AdvisoryDenials.Effect effect = denials.of(line.entry().id()).orElse(null);
    if (effect == null || !site.desk().serves(line.entry().id())) {
      return;
    }
    String item = ChangeLists.item(line);
    judged.items().add(item + ": " + String.join(", ", effect.ids()));
    if (effect.withdraws()) {
      judged.withdrawn().add(item);
    }
    judged.deny(effect);
  }

  private ImportPlan plan(Judged judged, SnapshotInfo newest) {
    ImportPlan.Sample none = sample(List.of());
    long records = statement().feeds().stream().mapToLong(feed -> feed.info().records()).sum();
    return new ImportPlan(
        bundle().digest(),
        statement(),
        newest.sequence(),
        new ImportPlan.Changes(none, none, none, none, sample(judged.withdrawn())),
        new ImportPlan.Attention(none, none, sample(judged.items()), none, none),
        new ImportPlan.Volume(0, records, 0, 0, 0));
  }

  private static ImportPlan.Sample sample(List<String> items) {
    return new ImportPlan.Sample(
        items.size(), items.subList(0, Math.min(items.size(), ImportPlan.MOST_ITEMS)));
  }

  private List<Batch.Write> writes(FeedImport feeds, Judged judged) {
    List<Batch.Write> writes = new ArrayList<>(feeds.writes(order.by(), now));
    judged.denials().values().forEach(denial -> writes.add(new Batch.Write.Append(denial)));
    writes.add(
        new ImportedAdvisories(
                statement().epoch(), number(), bundle().digest(), statement().issued(), now)
            .write());
    // The high-water mark has this time, so that a store restored from before is noticed.
    writes.addAll(new StoredTrust(site.store()).accepted(statement().issued()));
    return writes;
  }
}
