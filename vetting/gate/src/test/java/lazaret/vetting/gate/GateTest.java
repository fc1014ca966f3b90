package lazaret.vetting.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.review.VersionReport.FetchFailed;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GateTest {
  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  @Test
  void relaysAgedLinesByteForByteAndMarksYoungOnesYanked() {
    CrateId old = station.publish("alpha", "1.0.0", 30);
    CrateId young = station.publish("alpha", "1.1.0", 2);
    List<String> upstream =
        station.registry.index("al/ph/alpha").orElseThrow().text().lines().toList();

    List<String> served = station.index("alpha").lines().toList();

    assertThat(served.get(0)).isEqualTo(upstream.get(0)).contains(old.cksum().hex());
    assertThat(served.get(1))
        .isEqualTo(upstream.get(1).replace("\"yanked\":false", "\"yanked\":true"));
    assertThat(served.get(1)).contains(young.cksum().hex());
  }

  @Test
  void servesAYoungVersionOnceItsCooldownIsOver() {
    CrateId young = station.publish("alpha", "1.1.0", 6);
    station.publish("alpha", "1.0.0", 60);
    assertThat(reason(station.download(young))).isEqualTo(Reason.Code.COOLDOWN);

    station.clock.advance(Duration.ofDays(1));

    assertThat(station.download(young)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(station.index("alpha")).doesNotContain("\"yanked\":true");
  }

  @Test
  void looksInsideWhenOnlyInspectionIsMissing() {
    station.publish("alpha", "0.9.0", 60);
    station.publish(
        CrateBuilder.crate("beta", "0.9.0").file("src/lib.rs", "").buildScript("fn main() {}"), 60);
    CrateId plain = station.publish("alpha", "1.0.0", 8);
    CrateId building =
        station.publish(
            CrateBuilder.crate("beta", "1.0.0").file("src/lib.rs", "").buildScript("fn main() {}"),
            8);

    assertThat(station.download(plain)).isInstanceOf(DownloadOutcome.Served.class);
    DownloadOutcome refused = station.download(building);

    assertThat(refused).isInstanceOf(DownloadOutcome.Withheld.class);
    assertThat(((DownloadOutcome.Withheld) refused).verdict().reasons())
        .extracting(Reason::code)
        .containsExactly(Reason.Code.COOLDOWN, Reason.Code.BUILD_TIME_CODE);
  }

  @Test
  void namesTheNewestVersionToUseInstead() {
    station.publish("alpha", "1.0.0", 60);
    station.publish("alpha", "1.0.9", 60);
    CrateId young = station.publish("alpha", "1.1.0", 1);

    DownloadOutcome.Withheld refused = (DownloadOutcome.Withheld) station.download(young);

    assertThat(refused.replacement()).hasToString("1.0.9");
  }

  @Test
  void namesACompatibleVersionToUseInsteadBeforeANewerOne() {
    station.publish("alpha", "1.0.0", 60);
    station.publish("alpha", "2.0.0", 60);
    CrateId young = station.publish("alpha", "1.1.0", 1);
    CrateId alone = station.publish("alpha", "0.3.1", 1);

    assertThat(((DownloadOutcome.Withheld) station.download(young)).replacement())
        .hasToString("1.0.0");
    assertThat(((DownloadOutcome.Withheld) station.download(alone)).replacement())
        .hasToString("2.0.0");
  }

  @Test
  void fortyColdClientsMakeOneUpstreamRequest() throws Exception {
    CrateId id = station.publish("alpha", "1.0.0", 30);
    station.upstream.delay = Duration.ofMillis(100);

    together(40, () -> assertThat(station.index("alpha")).contains("1.0.0"));
    together(40, () -> assertThat(station.index("missing")).startsWith("404"));
    together(40, () -> assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Served.class));

    assertThat(station.upstream.indexRequests).hasValue(2);
    assertThat(station.upstream.artifactRequests).hasValue(1);
  }

  @Test
  void neverStoresNorServesWrongBytesAndRecovers() {
    CrateId id = station.publish("alpha", "1.0.0", 30);
    station.upstream.insteadOfArtifact = Bytes.utf8("<html>please log in</html>");

    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Tampered.class);
    assertThat(station.store.hasArtifact(id.cksum())).isFalse();
    assertThat(station.notices()).containsExactly(Notice.Kind.WRONG_BYTES);

    station.upstream.insteadOfArtifact = null;
    station.clock.advance(Duration.ofMinutes(2));
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Served.class);
  }

  @Test
  void remembersWhyBytesDidNotComeUntilTheyDo() {
    CrateId id = station.publish("alpha", "1.0.0", 30);
    assertThat(fetchFailed(id)).isNull();
    station.index("alpha");
    station.upstream.down = true;
    station.download(id);
    FetchFailed outage = fetchFailed(id);
    assertThat(outage)
        .isEqualTo(
            new FetchFailed(
                GateFixture.START, ErrorCode.UPSTREAM_UNAVAILABLE, "upstream is switched off"));
    station.upstream.down = false;
    station.upstream.insteadOfArtifact = Bytes.utf8("<html>please log in</html>");
    station.clock.advance(Duration.ofMinutes(2));
    station.download(id);
    assertThat(fetchFailed(id)).extracting(FetchFailed::code).isEqualTo(ErrorCode.CKSUM_MISMATCH);
    int asked = station.upstream.artifactRequests.get();
    assertThat(fetchFailed(id)).isNotNull();
    assertThat(station.upstream.artifactRequests).as("no fetch was necessary").hasValue(asked);

    station.upstream.insteadOfArtifact = null;
    station.clock.advance(Duration.ofMinutes(2));
    station.download(id);

    assertThat(fetchFailed(id)).isNull();
  }

  private @Nullable FetchFailed fetchFailed(CrateId id) {
    return station.desk.why(id.name(), id.version()).orElseThrow().fetchFailed();
  }

  @Test
  void deniesAHostileArchiveInAuditModeToo() {
    station.policy(Policy.DEFAULT.withMode(Policy.Mode.AUDIT));
    CrateId id =
        station.publish(CrateBuilder.crate("alpha", "1.0.0").symlink("link", "/etc/passwd"), 30);

    assertThat(reason(station.download(id))).isEqualTo(Reason.Code.ARCHIVE_NOT_CONFORMANT);
    assertThat(station.store.hasArtifact(id.cksum())).isFalse();
    assertThat(station.notices()).containsExactly(Notice.Kind.HOSTILE_ARCHIVE);
    assertThat(station.index("alpha")).contains("\"yanked\":true");
  }

  @Test
  void auditModeServesAndRecords() {
    station.policy(Policy.DEFAULT.withMode(Policy.Mode.AUDIT));
    CrateId young = station.publish("alpha", "1.0.0", 1);

    DownloadOutcome.Served served = (DownloadOutcome.Served) station.download(young);

    assertThat(served.verdict()).isInstanceOf(Verdict.Hold.class);
    assertThat(station.index("alpha")).contains("\"yanked\":false");
    assertThat(station.desk.queue()).singleElement().matches(r -> r.id().equals(young));
  }

  @Test
  void refusesAnHtmlPageAndServesWhatIsHeld() {
    station.publish("alpha", "1.0.0", 30);
    String before = station.index("alpha");
    station.upstream.insteadOfIndex = Bytes.utf8("<html>please log in</html>\n");
    station.clock.advance(Duration.ofHours(1));

    assertThat(station.index("alpha")).isEqualTo(before);
    assertThat(station.index("beta")).startsWith("503 upstream sent no index file");
  }

  @Test
  void anOutageIsNeverNotFoundAndAsksUpstreamOnce() {
    CrateId id = station.publish("alpha", "1.0.0", 30);
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    station.upstream.down = true;
    station.clock.advance(Duration.ofHours(1));
    int before = station.upstream.indexRequests.get();

    assertThat(station.index("alpha")).contains("1.0.0");
    assertThat(station.index("alpha")).contains("1.0.0");
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(station.index("beta")).startsWith("503");

    assertThat(station.upstream.indexRequests.get() - before).isEqualTo(2);
  }

  @Test
  void keepsAnApprovedVersionThatIsGoneAndReviewsTheOthers() {
    CrateId approved = station.publish("alpha", "1.0.0", 30);
    CrateId automatic = station.publish("alpha", "1.0.1", 30);
    station.publish("alpha", "1.0.2", 30);
    station.decide(Decision.Kind.APPROVE, approved);
    assertThat(station.download(approved)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(station.download(automatic)).isInstanceOf(DownloadOutcome.Served.class);
    station.registry.removeLine("alpha", "1.0.0").removeLine("alpha", "1.0.1");
    station.clock.advance(Duration.ofHours(1));

    station.index("alpha");
    station.clock.advance(Duration.ofHours(1));
    String index = station.index("alpha");

    assertThat(station.download(approved)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(reason(station.download(automatic))).isEqualTo(Reason.Code.GONE_UPSTREAM);
    assertThat(index.lines()).hasSize(3);
    assertThat(station.notices())
        .containsExactly(Notice.Kind.REMOVAL_UNCONFIRMED, Notice.Kind.GONE_UPSTREAM);
  }

  @Test
  void replaysArrayrefAndKeepsTheGoodVersions() {
    CrateId good = station.publish("arrayref", "0.3.9", 900);
    station.publish("arrayref", "0.3.8", 950);
    assertThat(station.index("arrayref")).doesNotContain("\"yanked\":true");
    station.registry.publish(
        CrateBuilder.crate("arrayref", "0.3.9").file("src/lib.rs", ""),
        l -> l.yanked(true).pubtime(GateFixture.START.minus(Duration.ofDays(900))));
    station.registry.publish(
        CrateBuilder.crate("arrayref", "0.3.8").file("src/lib.rs", ""),
        l -> l.yanked(true).pubtime(GateFixture.START.minus(Duration.ofDays(950))));
    CrateId bad = station.publish("arrayref", "0.3.10", 0);
    station.clock.advance(Duration.ofHours(1));

    List<String> lines = station.index("arrayref").lines().toList();

    assertThat(lines.stream().filter(l -> l.contains("\"yanked\":true")))
        .singleElement()
        .matches(l -> l.contains("0.3.10"));
    assertThat(station.download(good)).isInstanceOf(DownloadOutcome.Served.class);
    station.clock.advance(Duration.ofDays(30));
    assertThat(reason(station.download(bad))).isEqualTo(Reason.Code.YANK_WAVE);
    assertThat(station.notices())
        .containsExactly(
            Notice.Kind.YANKED_UPSTREAM, Notice.Kind.YANKED_UPSTREAM, Notice.Kind.YANK_WAVE);
  }

  @Test
  void tellsAClientWithAnOldIndexLineSo() {
    CrateId id = station.publish("alpha", "1.0.0", 30);
    Sha256 other = Sha256.of(Bytes.utf8("other"));

    DownloadOutcome outcome =
        station.gate.download(id.name(), id.version(), other, new Requester("-", "127.0.0.1"));

    assertThat(outcome).isEqualTo(new DownloadOutcome.OtherCksum(other, id));
  }

  @Test
  void dropsRottenBytesAndFetchesThemAnew() {
    CrateId id = station.publish("alpha", "1.0.0", 30);
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    byte[] stored = station.store.artifact(id.cksum()).orElseThrow().array();
    stored[5] ^= 1;

    assertThat(station.desk.fsck().faults()).singleElement().asString().contains("is corrupt");
    assertThat(station.store.hasArtifact(id.cksum())).isFalse();
    station.registry.publish(
        CrateBuilder.crate("alpha", "1.0.0").file("src/lib.rs", ""),
        l -> l.pubtime(GateFixture.START.minus(Duration.ofDays(30))));
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(station.notices()).containsExactly(Notice.Kind.CORRUPT_ARTIFACT);
  }

  @Test
  void answersNoOtherSpelling() {
    CrateId id = station.publish("my-crate", "1.0.0", 30);
    assertThat(station.index("my-crate")).contains("1.0.0");

    assertThat(station.index("my_crate")).isEqualTo("404 there is no 'my_crate', but 'my-crate'");
    assertThat(station.download(GateFixture.missing("my_crate", "1.0.0", id)))
        .isInstanceOf(DownloadOutcome.Unknown.class);
    assertThat(station.upstream.indexRequests).hasValue(1);
  }

  @Test
  void followsACorruptedViewWithFsck() {
    CrateId id = station.publish("alpha", "1.0.0", 30);
    station.index("alpha");
    var view = station.store.view(id.name()).orElseThrow();
    var torn =
        new IndexView(
            Bytes.utf8("{}\n"),
            view.gzip(),
            view.etag(),
            view.generation(),
            view.madeAt(),
            view.validUntil());
    station.store.commit(Batch.synced(List.of(new Batch.Write.PutView(id.name(), torn))));

    var report = station.desk.fsck();

    assertThat(report.faults()).singleElement().asString().startsWith("the view of alpha");
    assertThat(station.desk.fsck().clean()).isTrue();
  }

  private static Reason.Code reason(DownloadOutcome outcome) {
    assertThat(outcome).isInstanceOf(DownloadOutcome.Withheld.class);
    return ((DownloadOutcome.Withheld) outcome).verdict().reason().code();
  }

  private static void together(int clients, Runnable client) throws Exception {
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < clients; i++) {
        running.add(pool.submit(client));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }
}
