package lazaret.vetting.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.desk.admin.MirrorImport;
import lazaret.vetting.desk.decisions.DecisionOrder;
import lazaret.vetting.desk.decisions.DecisionReport;
import lazaret.vetting.desk.lockfiles.LockfileReport;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeskTest {
  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  @Test
  void anApprovalIsInForceWhenItIsAcknowledged() {
    CrateId young = station.publish("alpha", "1.0.0", 1);
    assertThat(station.index("alpha")).contains("\"yanked\":true");

    DecisionReport report = station.decide(Decision.Kind.APPROVE, young);

    assertThat(report.recorded()).singleElement().matches(d -> d.id().equals(young));
    assertThat(station.index("alpha")).contains("\"yanked\":false");
    assertThat(station.download(young)).isInstanceOf(DownloadOutcome.Served.class);
  }

  @Test
  void sayingItTwiceRecordsItOnce() {
    CrateId young = station.publish("alpha", "1.0.0", 1);
    station.decide(Decision.Kind.APPROVE, young);

    DecisionReport again = station.decide(Decision.Kind.APPROVE, young);

    assertThat(again.recorded()).isEmpty();
    assertThat(again.unchanged()).hasSize(1);
    assertThat(station.desk.events(0, 10)).hasSize(1);
  }

  @Test
  void anApprovalEndsByItself() {
    CrateId young = station.publish("alpha", "1.0.0", 1);
    station.decide(Decision.Kind.APPROVE, young, GateFixture.START.plus(Duration.ofHours(2)));
    assertThat(station.index("alpha")).contains("\"yanked\":false");

    station.clock.advance(Duration.ofHours(2));

    assertThat(station.index("alpha")).contains("\"yanked\":true");
    assertThat(station.download(young)).isInstanceOf(DownloadOutcome.Withheld.class);
  }

  @Test
  void aDenialStopsWhatWasServed() {
    CrateId old = station.publish("alpha", "1.0.0", 60);
    assertThat(station.download(old)).isInstanceOf(DownloadOutcome.Served.class);

    station.decide(Decision.Kind.DENY, old);

    assertThat(station.download(old)).isInstanceOf(DownloadOutcome.Withheld.class);
    assertThat(station.index("alpha")).contains("\"yanked\":true");
  }

  @Test
  void oneRefusalRefusesTheWholeOrder() {
    CrateId good = station.publish("alpha", "1.0.0", 1);
    WantedVersion tampered =
        new WantedVersion(
            good.name(), good.version(), Sha256.of(Bytes.utf8("other")), "Cargo.lock");
    WantedVersion unknown =
        new WantedVersion(CrateName.parse("ghost"), CrateVersion.parse("1.0.0"), null, null);
    WantedVersion fine = new WantedVersion(good.name(), good.version(), good.cksum(), null);

    DecisionReport report =
        station.desk.decide(
            new DecisionOrder(
                Decision.Kind.APPROVE,
                List.of(fine, tampered, unknown),
                "ann",
                "because",
                null,
                List.of(),
                List.of()));

    assertThat(report.recorded()).isEmpty();
    assertThat(report.refused())
        .extracting(DecisionReport.Refused::code)
        .containsExactly(ErrorCode.CKSUM_MISMATCH, ErrorCode.UNKNOWN);
    assertThat(station.desk.events(0, 10)).isEmpty();
  }

  @Test
  void refusesAnExpiryThatIsNotAhead() {
    CrateId young = station.publish("alpha", "1.0.0", 1);

    assertThatThrownBy(() -> station.decide(Decision.Kind.APPROVE, young, GateFixture.START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not after now");
  }

  @Test
  void sixtyFourDecisionsAtOnceAllShow() throws Exception {
    List<CrateId> ids = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      ids.add(station.publish("alpha", "1.0." + i, 1));
    }
    station.index("alpha");

    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      ids.forEach(id -> running.add(pool.submit(() -> station.decide(Decision.Kind.APPROVE, id))));
      for (Future<?> one : running) {
        one.get();
      }
    }

    assertThat(station.index("alpha")).doesNotContain("\"yanked\":true");
    assertThat(station.desk.events(0, 100)).hasSize(64);
    assertThat(station.desk.fsck().faults()).isEmpty();
  }

  @Test
  void whatCargoDidNotGetWaitsInTheQueueUntilDecided() {
    CrateId young = station.publish("alpha", "1.0.0", 1);
    station.download(young);
    station.download(young);

    assertThat(station.desk.queue())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.count()).isEqualTo(2);
              assertThat(r.requesters()).containsExactly("ci@127.0.0.1");
              assertThat(r.reason()).isEqualTo("cooldown");
            });
    station.decide(Decision.Kind.APPROVE, young);
    assertThat(station.desk.queue()).isEmpty();
  }

  @Test
  void explainsAVersion() {
    CrateId young = station.publish("alpha", "1.0.0", 1);
    station.download(young);

    var report = station.desk.why(young.name(), young.version()).orElseThrow();

    assertThat(report.served()).isFalse();
    assertThat(report.verdict().reason().code().code()).isEqualTo("cooldown");
    assertThat(report.request()).isNotNull();
    assertThat(station.desk.why(young.name(), CrateVersion.parse("9.9.9"))).isEmpty();
  }

  @Test
  void holdsALockfileAgainstIndexAndRules() {
    CrateId old = station.publish("alpha", "1.0.0", 60);
    CrateId young = station.publish("beta", "1.0.0", 1);
    CrateId forged = station.publish("gamma", "1.0.0", 60);
    String lock =
        "version = 4\n"
            + locked(old, old.cksum().hex())
            + locked(young, young.cksum().hex())
            + locked(forged, "0".repeat(64))
            + "\n[[package]]\nname = \"delta\"\nversion = \"1.0.0\"\nsource = \"git+https://example.org/delta#0123456789012345678901234567890123456789\"\n"
            + locked(GateFixture.missing("ghost", "1.0.0", old), old.cksum().hex());

    LockfileReport report = station.desk.verify(Lockfile.parse(Bytes.utf8(lock)));

    assertThat(report.lines())
        .extracting(LockfileReport.Line::status)
        .containsExactlyInAnyOrder(
            LockfileReport.Status.SERVED,
            LockfileReport.Status.WITHHELD,
            LockfileReport.Status.TAMPERED,
            LockfileReport.Status.FOREIGN_SOURCE,
            LockfileReport.Status.UNKNOWN);
    assertThat(report.passes()).isFalse();
    assertThat(station.upstream.artifactRequests).hasValue(0);
  }

  @Test
  void takesOverAFolderWithoutVettingAnything() {
    CrateId young = station.publish("alpha", "1.0.0", 1);
    Bytes file = station.registry.index("al/ph/alpha").orElseThrow();
    Bytes crate = station.registry.artifact("alpha", "1.0.0").orElseThrow();
    station.upstream.down = true;

    station.desk.imports().index(young.name(), file);
    Optional<MirrorImport.Refusal> good =
        station.desk.imports().artifact(young.name(), young.version(), crate);
    Optional<MirrorImport.Refusal> bad =
        station.desk.imports().artifact(young.name(), young.version(), Bytes.utf8("other"));

    assertThat(good).isEmpty();
    assertThat(bad)
        .hasValueSatisfying(r -> assertThat(r.code()).isEqualTo(ErrorCode.CKSUM_MISMATCH));
    assertThat(station.store.hasArtifact(young.cksum())).isTrue();
    assertThat(station.download(young)).isInstanceOf(DownloadOutcome.Withheld.class);
  }

  @Test
  void tokensWorkUntilTheyExpireOrAreRevoked() {
    TokenService tokens = station.desk.tokens();
    TokenService.IssuedToken ci =
        tokens.create(
            "ci",
            RoleGrants.of(DeskRole.REQUESTER),
            GateFixture.START.plus(Duration.ofDays(1)),
            "ann");
    TokenService.IssuedToken boss =
        tokens.create("boss", RoleGrants.of(DeskRole.ADMIN), null, "ann");

    assertThat(tokens.authenticate(ci.secret())).contains(ci.token());
    assertThat(tokens.authenticate("Bearer " + boss.secret())).contains(boss.token());
    assertThat(boss.token().has(DeskRole.REVIEWER)).isTrue();
    assertThat(ci.token().has(DeskRole.REVIEWER)).isFalse();
    assertThat(tokens.authenticate("lzr_wrong")).isEmpty();
    assertThat(boss.toString()).doesNotContain(boss.secret());

    station.clock.advance(Duration.ofDays(1));
    assertThat(tokens.authenticate(ci.secret())).isEmpty();
    assertThat(tokens.revoke("boss", "ann")).isTrue();
    assertThat(tokens.authenticate(boss.secret())).isEmpty();
    assertThat(tokens.revoke("boss", "ann")).isFalse();
  }

  private static String locked(CrateId id, String checksum) {
    return "\n[[package]]\nname = \"%s\"\nversion = \"%s\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"%s\"\n"
        .formatted(id.name().published(), id.version().text(), checksum);
  }
}
