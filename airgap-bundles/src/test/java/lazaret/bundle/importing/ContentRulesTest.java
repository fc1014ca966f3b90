package lazaret.bundle.importing;

import static lazaret.bundle.format.Formats.assertRefused;
import static lazaret.bundle.format.Formats.crate;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lazaret.bundle.BundleCode;
import lazaret.bundle.format.Formats;
import lazaret.bundle.importing.ImportOutcome.Imported;
import lazaret.bundle.importing.ImportOutcome.Planned;
import lazaret.bundle.plan.ImportPlan;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.IndexLineBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.AffectedVersions;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.SeverityRating;
import lazaret.vetting.advisory.VersionRange;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.decisions.DecisionOrder;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.VerificationStatement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentRulesTest {
  @TempDir Path folder;
  private ConnectedFixture outside = new ConnectedFixture(Path.of(""));
  private NetworkFixture inside;

  @BeforeEach
  void networks() throws IOException {
    outside = new ConnectedFixture(Files.createDirectory(folder.resolve("medium")));
    inside = NetworkFixture.open(folder.resolve("data"));
  }

  @AfterEach
  void close() {
    inside.close();
  }

  private Imported imported(SnapshotKind kind, long... bases) throws IOException {
    return (Imported) inside.run(outside.bundle(kind, bases));
  }

  private ImportPlan planned(Path bundle) {
    return ((Planned) inside.run(ImportOptions.of(bundle, "ann").dry())).plan();
  }

  /// Returns a crate with real archives.
  private SnapshotCrate real(CrateBuilder... versions) {
    List<SnapshotLine> lines =
        java.util.Arrays.stream(versions)
            .map(
                version -> {
                  CrateId id = version.id();
                  outside.artifact(id, version.build());
                  return lineOf(id, true);
                })
            .toList();
    return new SnapshotCrate(versions[0].id().name(), lines);
  }

  private static SnapshotLine lineOf(CrateId id, boolean allows) {
    String text =
        IndexLineBuilder.line(id.name().published(), id.version().text()).cksum(id.cksum()).build();
    IndexEntry entry =
        IndexFile.parse(id.name(), Bytes.utf8(text + "\n"), IndexLimits.DEFAULT)
            .entries()
            .getFirst();
    var said =
        new VerificationStatement.Claim(
            entry.id(), allows, 7, Sha256.of(Bytes.utf8("policy")), List.of());
    return new SnapshotLine(entry, VerificationStatement.of(said));
  }

  private static CrateBuilder lib(String name, String version) {
    return CrateBuilder.crate(name, version).file("src/lib.rs", "// " + version);
  }

  @Test
  void whatIsImportedCanBeDownloaded() throws IOException {
    CrateBuilder crate = lib("alpha", "1.0.0");
    outside.snapshot(real(crate));
    imported(SnapshotKind.FULL);

    assertThat(inside.download(crate.id()))
        .isInstanceOfSatisfying(
            DownloadOutcome.Served.class, s -> assertThat(s.bytes()).isEqualTo(crate.build()));
  }

  @Test
  void aDenialMadeInsideSurvivesEveryImport() throws IOException {
    CrateBuilder crate = lib("alpha", "1.0.0");
    outside.snapshot(real(crate));
    imported(SnapshotKind.FULL);
    CrateId id = crate.id();
    inside.desk.decide(
        new DecisionOrder(
            Decision.Kind.DENY,
            List.of(new WantedVersion(id.name(), id.version(), id.cksum(), null)),
            "ann",
            "not here",
            null,
            List.of(),
            List.of()));
    outside.snapshot(real(crate, lib("alpha", "1.0.1")));
    imported(SnapshotKind.DELTA, 1);
    imported(newFull());

    assertThat(inside.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
    inside.desk.snapshots().rollback(1, "ann", "try");
    assertThat(inside.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
  }

  private SnapshotKind newFull() {
    outside.snapshot(real(lib("alpha", "1.0.0"), lib("alpha", "1.0.1"), lib("alpha", "1.0.2")));
    return SnapshotKind.FULL;
  }

  @Test
  void whatADeltaRevokesIsWithheldFromOldSnapshotsToo() throws IOException {
    CrateId id = lib("alpha", "1.0.0").id();
    outside.snapshot(real(lib("alpha", "1.0.0")));
    imported(SnapshotKind.FULL);
    outside.snapshot(new SnapshotCrate(id.name(), List.of(lineOf(id, false))));
    Imported done = imported(SnapshotKind.DELTA, 1);
    assertThat(done.plan().changes().revoked().first()).containsExactly("alpha 1.0.0");

    inside.desk.snapshots().rollback(1, "ann", "try");
    assertThat(inside.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
    assertThat(
            inside.gate.download(
                1, id.name(), id.version(), id.cksum(), new Requester("ci", "127.0.0.1")))
        .isInstanceOf(DownloadOutcome.Withheld.class);
    // A later approval supersedes the denial.
    outside.snapshot(real(lib("alpha", "1.0.0")));
    imported(SnapshotKind.DELTA, 2);
    assertThat(inside.download(id)).isInstanceOf(DownloadOutcome.Served.class);
  }

  @Test
  void otherBytesUnderOneVersionMustBeAnnouncedOrApproved() throws IOException {
    outside.snapshot(real(lib("alpha", "1.0.0")));
    imported(SnapshotKind.FULL);
    outside.snapshot(real(lib("alpha", "1.0.0").file("src/more.rs", "")));
    // A full bundle is compared with an empty snapshot, so it announces no changes.
    Path full = outside.bundle(SnapshotKind.FULL);

    assertRefused(BundleCode.CKSUM_CHANGED, "other bytes for alpha 1.0.0", () -> inside.run(full));
    assertThat(inside.rows()).hasSize(1);
    assertThat(planned(full).attention().cksumChanged().first()).containsExactly("alpha 1.0.0");
    Path delta = outside.bundle(SnapshotKind.DELTA, 1);
    Imported done = (Imported) inside.run(delta);
    assertThat(done.plan().attention().cksumChanged().count()).isEqualTo(1);
  }

  @Test
  void anApprovalVouchesForOtherBytes() throws IOException {
    outside.snapshot(real(lib("alpha", "1.0.0")));
    imported(SnapshotKind.FULL);
    outside.snapshot(real(lib("alpha", "1.0.0").file("src/more.rs", "")));
    Path full = outside.bundle(SnapshotKind.FULL);

    assertThat(inside.run(ImportOptions.of(full, "ann").approved(planned(full).bundle())))
        .isInstanceOf(Imported.class);
  }

  @Test
  void aPlanNamesNewBuildScripts() throws IOException {
    outside.snapshot(
        real(lib("alpha", "1.0.0")), real(lib("beta", "1.0.0").buildScript("fn main() {}")));
    imported(SnapshotKind.FULL);
    outside.snapshot(
        real(lib("alpha", "1.0.0"), lib("alpha", "1.0.1").buildScript("fn main() {}")),
        real(
            lib("beta", "1.0.0").buildScript("fn main() {}"),
            lib("beta", "1.0.1").buildScript("fn main() { }")),
        real(lib("gamma", "1.0.0").buildScript("fn main() {}")));
    Path delta = outside.bundle(SnapshotKind.DELTA, 1);

    ImportPlan plan = planned(delta);
    assertThat(plan.attention().buildScripts().first()).containsExactly("alpha 1.0.1");
    assertThat(plan.attention().isEmpty()).isFalse();
    assertThat(((Imported) inside.run(delta)).plan()).isEqualTo(plan);
  }

  @Test
  void aPlanNamesWhatTheNewFeedsAdviseAgainst() throws IOException {
    outside.snapshot(crate("alpha", "1.0.0"));
    imported(SnapshotKind.FULL);
    outside.feed(feed(Formats.NOW.plusSeconds(10)));
    outside.snapshot(crate("alpha", "1.0.0", "1.0.1"));

    ImportPlan plan = planned(outside.bundle(SnapshotKind.DELTA, 1));
    assertThat(plan.attention().advisories().first()).containsExactly("alpha 1.0.1: BAD-1");
  }

  private static Feed feed(java.time.Instant asOf) {
    FeedInfo like = Formats.feed("osv").info();
    var advisory =
        new Advisory(
            "BAD-1",
            "osv",
            List.of(),
            CrateName.parse("alpha"),
            AdvisoryKind.MALWARE,
            SeverityRating.MALWARE,
            "bad",
            null,
            null,
            false,
            new AffectedVersions(
                List.of(new VersionRange(CrateVersion.parse("1.0.1"), null)),
                new java.util.TreeSet<>()),
            Advisory.Scope.ALL,
            false,
            List.of());
    return new Feed(
        new FeedInfo("osv", like.format(), like.origin(), asOf, null, 1, 0), List.of(advisory));
  }

  @Test
  void feedsComeWithTheSnapshotAndNeverGoBack() throws IOException {
    outside.snapshot(crate("alpha", "1.0.0"));
    outside.feed(feed(Formats.NOW));
    imported(SnapshotKind.FULL);
    assertThat(inside.store.feeds())
        .singleElement()
        .satisfies(held -> assertThat(held.feed()).isEqualTo(feed(Formats.NOW)));
    assertThat(inside.desk.feeds().advisories().find("BAD-1")).hasSize(1);

    outside.feed(feed(Formats.NOW.minus(Duration.ofDays(1))));
    outside.snapshot(crate("alpha", "1.0.0", "1.0.1"));
    Path older = outside.bundle(SnapshotKind.DELTA, 1);
    assertRefused(
        BundleCode.FEED_ROLLBACK, "cannot import the feed 'osv'", () -> inside.run(older));
    assertThat(inside.store.snapshots().head()).isEqualTo(1);
  }

  @Test
  void twoNamesThatCannotBothExistAreRefusedAcrossBundles() throws IOException {
    outside.snapshot(crate("foo-bar", "1.0.0"));
    imported(SnapshotKind.FULL);
    outside.snapshot(crate("foo_bar", "1.0.0"));
    Path delta = outside.bundle(SnapshotKind.DELTA, 1);

    assertRefused(BundleCode.NAME_COLLISION, "'foo-bar' is stored", () -> inside.run(delta));
    assertThat(inside.crates()).isEqualTo(outside.crates(1));
  }

  @Test
  void bytesThatNobodyHasAreMissed() throws IOException {
    outside.snapshot(crate("alpha", "1.0.0"));
    imported(SnapshotKind.FULL);
    outside.snapshot(crate("alpha", "1.0.0", "1.0.1"));
    // The artifacts were damaged and removed.
    inside.store.commit(
        Batch.synced(List.of(new Batch.Write.DropArtifact(inside.artifacts().getFirst()))));
    Path delta = outside.bundle(SnapshotKind.DELTA, 1);
    assertRefused(BundleCode.BLOB_MISSING, "alpha 1.0.0 (sha256", () -> inside.run(delta));
    assertThat(inside.artifacts()).isEmpty();
    assertThat(inside.rows()).hasSize(1);
    imported(SnapshotKind.FULL);
    assertThat(inside.artifacts()).hasSize(2);
  }
}
