package lazaret.bundle.importing;

import static lazaret.bundle.format.Formats.crate;
import static lazaret.bundle.format.Formats.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.checking.BundleFiles;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.checking.BundleVerifier;
import lazaret.bundle.exporting.AdvisoryChanges;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.exporting.ExportOptions;
import lazaret.bundle.exporting.SnapshotSource;
import lazaret.bundle.exporting.StoreSnapshotSource;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.FeedChanges;
import lazaret.bundle.format.Formats;
import lazaret.bundle.site.SiteConnection;
import lazaret.bundle.site.SiteSelection;
import lazaret.bundle.trust.StoredTrust;
import lazaret.site.BundledCollection;
import lazaret.site.SiteBundles;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.SitePins;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Revocations of inspection results in bundles of each kind, without the results.
class RevokedResultsBundleTest {
  @TempDir Path folder;

  private final Revoking results = new Revoking();
  private ConnectedFixture outside;
  private NetworkFixture inside;
  private SiteConnection site;

  /// A collection with one revocation.
  private static final class Revoking implements BundledCollection {
    private String line = "";
    private final List<String> taken = new ArrayList<>();

    @Override
    public SiteFileCollection collection() {
      return SiteFileCollection.RESULTS;
    }

    @Override
    public List<DeskTable> tables() {
      return List.of(DeskTable.RESULTS);
    }

    @Override
    public List<DeskRow> rows(List<SiteFileRow> files, long snapshot) {
      return List.of();
    }

    @Override
    public List<DeskRow> revocations(SitePins pins, Consumer<String> warnings) {
      return List.of(new DeskRow(DeskTable.RESULTS, "revoked/1", Bytes.utf8(line)));
    }

    @Override
    public void revoked(Received received) {
      received.rows().forEach(row -> taken.add(received.stream() + " " + row.value().text()));
    }

    @Override
    public List<DeskRow> received(Received received) {
      throw new IllegalStateException("the collection is not in the bundle");
    }
  }

  /// A source of changes of feeds alone.
  private record Changes(AdvisoryChanges made, SiteSelection site) implements SnapshotSource {
    @Override
    public Stream<SnapshotCrate> changed(long since) {
      return Stream.empty();
    }

    @Override
    public Optional<SnapshotCrate> crate(CrateName name, long asOf) {
      return Optional.empty();
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
      return List.of();
    }

    @Override
    public Optional<AdvisoryChanges> advisories() {
      return Optional.of(made);
    }
  }

  @BeforeEach
  void open() throws IOException {
    outside = new ConnectedFixture(Files.createDirectory(folder.resolve("medium")));
    inside = NetworkFixture.open(folder.resolve("data"));
    site =
        new SiteConnection(
            new SiteFileService(inside.store(), FolderSiteFileStore.open(folder.resolve("files"))),
            List.of(results),
            SiteBundles.Names.ALL_PUBLIC);
  }

  @AfterEach
  void close() {
    inside.close();
  }

  private SiteSelection carried(String line) {
    results.line = line;
    return SiteSelection.NONE.withRevocations(site, SitePins.NONE);
  }

  private Path export(SiteSelection carried, SnapshotKind kind, long... bases) throws IOException {
    ExportOptions order = outside.order(kind, bases);
    return BundleExporter.export(
            order,
            new StoreSnapshotSource(outside.store, order.snapshot(), _ -> true, carried),
            TestExports.signers(),
            folder.resolve("medium"))
        .folder();
  }

  private Path advisories(SiteSelection carried) throws IOException {
    Feed feed = Formats.feed("osv");
    FeedInfo info = feed.info();
    Feed later =
        new Feed(
            new FeedInfo(
                info.name(),
                info.format(),
                info.origin(),
                Formats.NOW.plusSeconds(10),
                info.newest(),
                info.records(),
                info.skipped()),
            feed.advisories());
    AdvisoryChanges changes =
        new AdvisoryChanges(
            new BundleStatement.AdvisoryUpdate(1, List.of("osv")),
            List.of(FeedChanges.since(Set.of(), later)));
    return BundleExporter.export(
            outside.order(SnapshotKind.ADVISORIES),
            new Changes(changes, carried),
            TestExports.signers(),
            folder.resolve("medium"))
        .folder();
  }

  private ImportOutcome run(ImportOptions order) {
    ImportContext context =
        new ImportContext(
            inside.desk.snapshots(),
            inside.data(),
            NetworkFixture.CLOCK,
            ImportContext.Steps.NONE,
            site);
    return BundleImporter.over(context).run(order, ImportProgress.NONE);
  }

  /// Verifies a bundle, plans its import, and imports it.
  private void imported(Path bundle) throws IOException {
    BundleInspection inspection =
        BundleInspection.of(
            BundleFiles.of(bundle),
            new TrustOverlay(new StoredTrust(inside.store()), false),
            Clock.fixed(Formats.NOW.plusSeconds(60), ZoneOffset.UTC));
    assertThat(inspection.statement().extras().site().collections())
        .containsExactly(BundleStatement.SiteContents.REVOKED_RESULTS);
    assertThat(BundleVerifier.check(inspection, _ -> {})).isNotNull();
    int before = results.taken.size();
    ImportOptions order = ImportOptions.of(bundle, "ann");
    assertThat(run(order.dry())).isInstanceOf(ImportOutcome.Planned.class);
    assertThat(results.taken).hasSize(before);
    assertThat(run(order)).isInstanceOf(ImportOutcome.Imported.class);
  }

  private void denyAlpha() {
    outside.snapshot(
        new SnapshotCrate(CrateName.parse("alpha"), List.of(line("alpha", "1.0.0", false))),
        crate("beta", "1.0.0"));
  }

  @Test
  void bundlesOfEachKindCarryThem() throws IOException {
    outside.snapshot(crate("alpha", "1.0.0"));
    imported(export(carried("one"), SnapshotKind.FULL));
    outside.snapshot(crate("alpha", "1.0.0"), crate("beta", "1.0.0"));
    imported(export(carried("two"), SnapshotKind.DELTA, 1));
    imported(advisories(carried("three")));
    denyAlpha();
    imported(export(carried("four"), SnapshotKind.REVOCATION, 2));

    assertThat(results.taken).containsExactly("prod one", "prod two", "prod three", "prod four");
    assertThat(inside.index("alpha")).contains("\"yanked\":true");
  }

  @Test
  void theyAreLeftOutOnRequest() throws IOException {
    outside.snapshot(crate("alpha", "1.0.0"));
    Path bundle = export(carried("one"), SnapshotKind.FULL);

    var without = Set.of(BundleStatement.SiteContents.REVOKED_RESULTS);
    assertThat(run(ImportOptions.of(bundle, "ann").without(without)))
        .isInstanceOf(ImportOutcome.Imported.class);

    assertThat(results.taken).isEmpty();
  }

  /// A bundle stays usable for a network that never used a result.
  @Test
  void programWithoutResultsImportsTheRest() throws IOException {
    outside.snapshot(crate("alpha", "1.0.0"));

    assertThat(inside.run(export(carried("one"), SnapshotKind.FULL)))
        .isInstanceOf(ImportOutcome.Imported.class);
  }

  @Test
  void revocationWithAnotherCollectionIsRefused() throws IOException {
    outside.snapshot(crate("alpha", "1.0.0"));
    imported(export(carried("one"), SnapshotKind.FULL));
    denyAlpha();
    SiteSelection git = new SiteSelection(List.of("git"), List.of(), List.of(), List.of());
    Path bundle = export(git, SnapshotKind.REVOCATION, 1);

    BundleException refusal =
        catchThrowableOfType(BundleException.class, () -> run(ImportOptions.of(bundle, "ann")));

    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(BundleCode.REVOCATION_NOT_MONOTONE);
  }
}
