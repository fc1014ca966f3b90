package lazaret.bundle.importing;

import static lazaret.bundle.format.Formats.crate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.exporting.AdvisoryChanges;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.exporting.ExportOptions;
import lazaret.bundle.exporting.SnapshotSource;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.FeedChanges;
import lazaret.bundle.format.Formats;
import lazaret.testkit.Attack;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.AffectedVersions;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.Severity;
import lazaret.vetting.advisory.SeverityRating;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.StoredFeed;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bundles of advisories between snapshots.
class AdvisoriesImportTest {
  /// A working day of a large feed.
  private static final int DAY = 1_500;

  private static final Feed BEFORE = Formats.feed("osv");
  private static final CrateId ALPHA = crate("alpha", "1.0.0").lines().getFirst().entry().id();

  @TempDir Path folder;
  private final TestExports.Memory source = new TestExports.Memory();
  private NetworkFixture inside;

  /// A source of changes of feeds alone.
  private record Changes(SnapshotSource below, AdvisoryChanges made) implements SnapshotSource {
    @Override
    public Stream<SnapshotCrate> changed(long since) {
      return Stream.empty();
    }

    @Override
    public Optional<SnapshotCrate> crate(CrateName name, long asOf) {
      return below.crate(name, asOf);
    }

    @Override
    public Optional<Bytes> artifact(Sha256 cksum) {
      return Optional.empty();
    }

    @Override
    public Optional<String> license(Sha256 cksum) {
      return Optional.empty();
    }

    @Override
    public List<Feed> feeds() {
      return below.feeds();
    }

    @Override
    public Optional<AdvisoryChanges> advisories() {
      return Optional.of(made);
    }
  }

  @BeforeEach
  void open() throws IOException {
    inside = NetworkFixture.open(folder.resolve("data"));
    Files.createDirectories(folder.resolve("medium"));
    source.add(1, crate("alpha", "1.0.0"), crate("beta", "1.0.0"));
  }

  @AfterEach
  void close() {
    inside.close();
  }

  private static Advisory malware(String id, String crate) {
    return new Advisory(
        id,
        "osv",
        List.of(),
        CrateName.parse(crate),
        AdvisoryKind.MALWARE,
        SeverityRating.MALWARE,
        "takes keys",
        null,
        null,
        false,
        new AffectedVersions(List.of(), new TreeSet<>(List.of("1.0.0"))),
        Advisory.Scope.ALL,
        false,
        List.of());
  }

  private static Advisory vulnerability() {
    return advisory("RUSTSEC-2026-0009", AdvisoryKind.VULNERABILITY);
  }

  private static Advisory advisory(String id, AdvisoryKind kind) {
    return new Advisory(
        id,
        "osv",
        List.of(),
        ALPHA.name(),
        kind,
        new SeverityRating(Severity.HIGH, null, null),
        "reads beyond its buffer",
        null,
        null,
        false,
        new AffectedVersions(List.of(), new TreeSet<>(List.of("1.0.0"))),
        Advisory.Scope.ALL,
        false,
        List.of());
  }

  /// Returns a later state of the feed: without its first record, and with another one.
  private static Feed after(long seconds, Advisory... more) {
    List<Advisory> records = new ArrayList<>(List.of(BEFORE.advisories().getLast()));
    records.addAll(List.of(more));
    FeedInfo info = BEFORE.info();
    return new Feed(
        new FeedInfo(
            info.name(),
            info.format(),
            info.origin(),
            Formats.NOW.plusSeconds(seconds),
            info.newest(),
            records.size(),
            info.skipped()),
        records);
  }

  private static Set<Sha256> lines(Feed feed) {
    return FeedChanges.records(feed).keySet();
  }

  /// Exports the changes of the feed.
  ///
  /// @param number the number among the bundles of advisories
  /// @param before the lines of the base; empty for the whole feed
  private Path export(long number, Set<Sha256> before, Feed now) throws IOException {
    long snapshot = source.newest();
    List<SnapshotCrate> crates = source.crates(snapshot);
    var order =
        new ExportOptions(
            TestExports.STREAM,
            List.of("*"),
            1,
            10 + number,
            SnapshotKind.ADVISORIES,
            List.of(),
            snapshot,
            new BundleStatement.Result(TestExports.root(crates), crates.size(), crates.size(), 0),
            Optional.empty(),
            Formats.NOW.plusSeconds(20 + number),
            ExportOptions.Times.DEFAULT,
            Sha256.of(Bytes.utf8("policy")),
            ExportOptions.PART_SIZE);
    List<String> whole = before.isEmpty() ? List.of("osv") : List.of();
    var changes =
        new AdvisoryChanges(
            new BundleStatement.AdvisoryUpdate(number, whole),
            List.of(FeedChanges.since(before, now)));
    return BundleExporter.export(
            order, new Changes(source, changes), TestExports.signers(), folder.resolve("medium"))
        .folder();
  }

  private Path snapshot(SnapshotKind kind, long sequence, long... bases) throws IOException {
    return BundleExporter.export(
            TestExports.order(source, kind, sequence, bases),
            source,
            TestExports.signers(),
            folder.resolve("medium"))
        .folder();
  }

  /// Exports a snapshot that was made after the bundles of advisories.
  ///
  /// @param feed the feed at that time
  private Path later(long sequence, long base, Feed feed) throws IOException {
    ExportOptions order = TestExports.order(source, SnapshotKind.DELTA, sequence, base);
    return BundleExporter.export(
            new ExportOptions(
                order.stream(),
                order.audience(),
                order.epoch(),
                order.version(),
                order.kind(),
                order.bases(),
                order.snapshot(),
                order.result(),
                order.previous(),
                Formats.NOW.plusSeconds(50),
                order.times(),
                order.policyDigest(),
                order.partSize()),
            new Advised(source, feed),
            TestExports.signers(),
            folder.resolve("medium"))
        .folder();
  }

  /// A source with another state of the feed.
  private record Advised(SnapshotSource below, Feed feed) implements SnapshotSource {
    @Override
    public Stream<SnapshotCrate> changed(long since) {
      return below.changed(since);
    }

    @Override
    public Optional<SnapshotCrate> crate(CrateName name, long asOf) {
      return below.crate(name, asOf);
    }

    @Override
    public Optional<Bytes> artifact(Sha256 cksum) {
      return below.artifact(cksum);
    }

    @Override
    public Optional<String> license(Sha256 cksum) {
      return below.license(cksum);
    }

    @Override
    public List<Feed> feeds() {
      return List.of(feed);
    }
  }

  private void imported(Path bundle) {
    assertThat(inside.run(bundle)).isInstanceOf(ImportOutcome.Imported.class);
  }

  private BundleException refused(Path bundle) {
    BundleException refusal = catchThrowableOfType(BundleException.class, () -> inside.run(bundle));
    assertThat(refusal).isNotNull();
    return refusal;
  }

  private Feed stored() {
    return inside.store().feeds().stream()
        .map(StoredFeed::feed)
        .filter(feed -> feed.info().name().equals("osv"))
        .findFirst()
        .orElseThrow();
  }

  private boolean serves() {
    return inside.desk.snapshots().serves(ALPHA);
  }

  @Test
  void changesComeIntoForceAtOnce() throws IOException {
    imported(snapshot(SnapshotKind.FULL, 1));
    assertThat(serves()).isTrue();
    Feed now = after(10, malware("MAL-2026-7", "alpha"));
    Path bundle = export(1, lines(BEFORE), now);
    assertThat(bundle.getFileName()).hasToString("prod-e1-00000001-advisories-1");

    ImportOutcome plan = inside.run(ImportOptions.of(bundle, "ann").dry());

    assertThat(plan).isInstanceOf(ImportOutcome.Planned.class);
    assertThat(((ImportOutcome.Planned) plan).plan().attention().advisories().first())
        .containsExactly("alpha 1.0.0: MAL-2026-7");
    assertThat(serves()).isTrue();
    imported(bundle);
    assertThat(serves()).isFalse();
    assertThat(lines(stored())).isEqualTo(lines(now));
    assertThat(inside.store().snapshots().head()).isEqualTo(1);
    assertThat(inside.run(bundle)).isInstanceOf(ImportOutcome.AlreadyImported.class);
  }

  /// A vulnerability needs a review by default, and the approval of the connected side is older.
  @Test
  void versionThatNeedsAReviewIsDeniedUntilALaterSnapshotAllowsIt() throws IOException {
    imported(snapshot(SnapshotKind.FULL, 1));
    Feed advised = after(10, vulnerability());
    imported(export(1, lines(BEFORE), advised));
    assertThat(serves()).isFalse();
    assertThat(inside.download(ALPHA).toString()).contains("RUSTSEC-2026-0009");
    source.add(2, crate("alpha", "1.0.0"), crate("beta", "1.0.0", "1.1.0"));

    imported(later(2, 1, advised));

    assertThat(serves()).isTrue();
  }

  /// The approvals of a snapshot do not know the advisories that were imported before it.
  @Test
  void versionOfAnEarlierSnapshotIsDeniedToo() throws IOException {
    source.add(1, crate("beta", "1.0.0"));
    imported(snapshot(SnapshotKind.FULL, 1));
    Feed advised = after(10, vulnerability());
    imported(export(1, lines(BEFORE), advised));
    source.add(2, crate("alpha", "1.0.0"), crate("beta", "1.0.0"));

    imported(snapshot(SnapshotKind.DELTA, 2, 1));

    assertThat(serves()).isFalse();
    assertThat(inside.store().recordedDecisions(ALPHA.name())).hasSize(1);
    source.add(3, crate("alpha", "1.0.0"), crate("beta", "1.0.0", "1.1.0"));
    imported(later(3, 2, advised));
    assertThat(serves()).isTrue();
  }

  @Test
  void replyHasTheSnapshotThatStaysServed() throws IOException {
    imported(snapshot(SnapshotKind.FULL, 1));
    source.add(2, crate("alpha", "1.0.0"), crate("beta", "1.0.0", "1.1.0"));

    ImportOutcome outcome = inside.run(export(1, lines(BEFORE), after(10)));

    assertThat(((ImportOutcome.Imported) outcome).snapshot().sequence()).isEqualTo(1);
  }

  /// A store that is restored from before the import has an earlier time than the mark.
  @Test
  void highWaterMarkHasTheTimeOfTheBundle() throws IOException {
    imported(snapshot(SnapshotKind.FULL, 1));

    imported(export(1, lines(BEFORE), after(10)));

    assertThat(inside.importer.highWater().orElseThrow().clock())
        .isEqualTo(Formats.NOW.plusSeconds(21));
  }

  @Test
  void recordThatBecomesGraverWithdrawsAVersion() throws IOException {
    imported(snapshot(SnapshotKind.FULL, 1));
    Feed noticed = after(10, advisory("RUSTSEC-2026-0009", AdvisoryKind.NOTICE));
    imported(export(1, lines(BEFORE), noticed));
    assertThat(serves()).isTrue();

    imported(export(2, lines(noticed), after(11, vulnerability())));

    assertThat(serves()).isFalse();
  }

  @Test
  void approvalOfOneVulnerabilityDoesNotCoverTheNext() throws IOException {
    imported(snapshot(SnapshotKind.FULL, 1));
    Feed first = after(10, vulnerability());
    imported(export(1, lines(BEFORE), first));
    source.add(2, crate("alpha", "1.0.0"), crate("beta", "1.0.0", "1.1.0"));
    imported(later(2, 1, first));
    assertThat(serves()).isTrue();
    Advisory next = advisory("RUSTSEC-2026-0010", AdvisoryKind.VULNERABILITY);

    imported(export(2, lines(first), after(11, vulnerability(), next)));

    assertThat(serves()).isFalse();
    assertThat(inside.download(ALPHA).toString()).contains("RUSTSEC-2026-0010");
  }

  /// A snapshot that is served again must not bring a version back.
  @Test
  void versionOfARetainedSnapshotIsDeniedToo() throws IOException {
    imported(snapshot(SnapshotKind.FULL, 1));
    source.add(2, crate("beta", "1.0.0"));
    imported(snapshot(SnapshotKind.DELTA, 2, 1));
    imported(export(1, lines(BEFORE), after(10, vulnerability())));

    var _ = inside.desk.snapshots().rollback(1, "ann", "a build needs it");

    assertThat(serves()).isFalse();
  }

  /// Imports with a disk that is full after a step.
  private BundleException full(Path bundle, String after) {
    ImportContext.Steps steps =
        step -> {
          if (step.equals(after)) {
            throw new StoreException(ErrorCode.DISK_FULL, "cannot write: the disk is full", null);
          }
        };
    BundleImporter importer =
        BundleImporter.over(
            new ImportContext(inside.desk.snapshots(), inside.data(), NetworkFixture.CLOCK, steps));
    BundleException failure =
        catchThrowableOfType(
            BundleException.class,
            () -> importer.run(ImportOptions.of(bundle, "ann"), ImportProgress.NONE));
    assertThat(failure).isNotNull();
    assertThat(failure.reason()).isEqualTo(BundleCode.SPACE_INSUFFICIENT);
    return failure;
  }

  @Test
  void fullDiskStatesWhetherTheAdvisoriesAreInForce() throws IOException {
    imported(snapshot(SnapshotKind.FULL, 1));
    Path bundle = export(1, lines(BEFORE), after(10, malware("MAL-2026-7", "alpha")));

    assertThat(full(bundle, "advisories read")).hasMessageStartingWith("cannot import: ");
    assertThat(serves()).isTrue();
    assertThat(full(bundle, "advisories in force"))
        .hasMessageStartingWith(
            "cannot finish the import: the advisories number 1 are in force; import it again");
    assertThat(serves()).isFalse();
    assertThat(full(bundle, "mark written"))
        .hasMessageStartingWith(
            "cannot finish the import: the bundle is in force; import it again");
    assertThat(inside.run(bundle)).isInstanceOf(ImportOutcome.AlreadyImported.class);
  }

  @Test
  @Attack(78)
  void olderBundleIsRefused() throws IOException {
    imported(snapshot(SnapshotKind.FULL, 1));
    Path first = export(1, lines(BEFORE), after(10));
    imported(export(2, lines(BEFORE), after(11, malware("MAL-2026-7", "alpha"))));

    assertThat(refused(first).reason()).isEqualTo(BundleCode.BUNDLE_REPLAYED);

    assertThat(serves()).isFalse();
  }

  @Test
  @Attack(78)
  void changesOfAnotherStateAreRefused() throws IOException {
    imported(snapshot(SnapshotKind.FULL, 1));
    Feed lost = after(10, malware("MAL-2026-7", "alpha"));
    Feed now = after(11, malware("MAL-2026-7", "alpha"), malware("MAL-2026-8", "beta"));

    assertThat(refused(export(2, lines(lost), now)).reason()).isEqualTo(BundleCode.ADVISORIES_BASE);

    assertThat(lines(stored())).isEqualTo(lines(BEFORE));
    assertThat(serves()).isTrue();
    imported(export(3, Set.of(), now));
    assertThat(serves()).isFalse();
  }

  /// The changes need no certain base: they lead to the same state from several.
  @Test
  void lostBundleWithoutEffectIsNotMissed() throws IOException {
    imported(snapshot(SnapshotKind.FULL, 1));
    Set<Sha256> both = new HashSet<>(lines(BEFORE));
    both.addAll(lines(after(10)));

    imported(export(2, both, after(11, malware("MAL-2026-7", "alpha"))));

    assertThat(serves()).isFalse();
  }

  @Test
  void snapshotComesFirst() throws IOException {
    assertThat(refused(export(1, Set.of(), BEFORE)).reason())
        .isEqualTo(BundleCode.BUNDLE_SEQUENCE_GAP);
  }

  @Test
  void snapshotThatWasMadeBeforeKeepsTheNewerFeed() throws IOException {
    imported(snapshot(SnapshotKind.FULL, 1));
    Feed now = after(10, malware("MAL-2026-7", "alpha"));
    imported(export(1, lines(BEFORE), now));
    source.add(2, crate("alpha", "1.0.0"), crate("beta", "1.0.0", "1.1.0"));

    Path delta = snapshot(SnapshotKind.DELTA, 2, 1);
    ImportOutcome plan = inside.run(ImportOptions.of(delta, "ann").dry());
    assertThat(((ImportOutcome.Planned) plan).plan().attention().olderFeeds().first())
        .singleElement()
        .asString()
        .startsWith("osv as of ")
        .endsWith("the stored one is as of " + now.info().asOf());
    imported(delta);

    assertThat(inside.store().snapshots().head()).isEqualTo(2);
    assertThat(lines(stored())).isEqualTo(lines(now));
    assertThat(serves()).isFalse();
  }

  @Test
  void dayOfChangesIsSmall() throws IOException {
    Advisory[] day = new Advisory[DAY];
    for (int i = 0; i < DAY; i++) {
      // The digests stand for text that a compressor does not shorten much.
      String noise = Sha256.of(Bytes.utf8("crate " + i)).hex();
      day[i] =
          malware(
              "MAL-2026-%05d-%s".formatted(i, noise.substring(0, 40)),
              "crate-" + noise.substring(0, 50));
    }

    Path bundle = export(1, lines(BEFORE), after(10, day));

    long bytes = 0;
    try (Stream<Path> files = Files.walk(bundle)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    assertThat(bytes).isLessThan(1_000_000);
  }
}
