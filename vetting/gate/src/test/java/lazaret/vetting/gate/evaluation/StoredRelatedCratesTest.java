package lazaret.vetting.gate.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Dependency;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The evaluation of crates by their new dependencies.
class StoredRelatedCratesTest {
  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  private static CrateBuilder crate(String version, Dependency... dependencies) {
    CrateBuilder crate = CrateBuilder.crate("arrays", version).file("src/lib.rs", "");
    for (Dependency dependency : dependencies) {
      crate.dependency(dependency);
    }
    return crate;
  }

  private Verdict verdict(CrateId id) {
    return station.desk.why(id.name(), id.version()).orElseThrow().verdict();
  }

  private static List<String> takeover(Verdict verdict) {
    return verdict.reasons().stream()
        .filter(r -> r.code() == Reason.Code.TAKEOVER)
        .map(r -> r.detail().substring(0, r.detail().indexOf(':')))
        .toList();
  }

  @Test
  void fetchesTheNeighborBeforeItAnswers() {
    station.publish(crate("1.0.0"), 900);
    CrateId bad = station.publish(crate("1.0.1", Dependency.on("helper", "^1")), 20);
    station.publish("helper", "1.0.0", 20);

    assertThat(station.index("arrays").lines().toList().getLast()).contains("\"yanked\":true");

    assertThat(verdict(bad)).isInstanceOf(Verdict.Review.class);
    assertThat(takeover(verdict(bad))).containsExactly("new-dependency-young");
    assertThat(station.upstream.indexRequests).hasValue(2);
  }

  @Test
  void comparesALookAlikeWithTheSourceOfWhatItResembles() {
    var source = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      source.append("pub fn f%d(a: u32) -> u32 { let b = call(a, %d); b }\n".formatted(i, i));
    }
    CrateId known =
        station.publish(
            CrateBuilder.crate("established", "1.0.0").file("src/lib.rs", source.toString()), 900);
    CrateId clone =
        station.publish(
            CrateBuilder.crate("etsablished", "1.0.0").file("src/lib.rs", source + "fn more() {}"),
            40);
    CrateId update =
        station.publish(
            CrateBuilder.crate("etsablished", "1.0.1").file("src/lib.rs", source + "fn most() {}"),
            20);

    assertThat(station.download(known)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(station.download(clone)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(station.download(update)).isInstanceOf(DownloadOutcome.Withheld.class);

    assertThat(takeover(verdict(update))).containsExactly("near-clone", "name-lookalike");
  }

  @Test
  void anEstablishedDependencyHoldsNothing() {
    station.publish(crate("1.0.0"), 900);
    CrateId good = station.publish(crate("1.0.1", Dependency.on("helper", "^1")), 20);
    station.publish("helper", "1.0.0", 400);

    assertThat(station.index("arrays")).doesNotContain("\"yanked\":true");
    assertThat(takeover(verdict(good))).isEmpty();
  }

  @Test
  void theHoldEndsWhenTheDependencyIsOldEnough() {
    station.publish(crate("1.0.0"), 900);
    CrateId minor = station.publish(crate("1.1.0", Dependency.on("helper", "^1")), 20);
    station.publish("helper", "1.0.0", 25);

    assertThat(verdict(minor))
        .isEqualTo(
            new Verdict.Hold(GateFixture.START.plus(Duration.ofDays(5)), verdict(minor).reasons()));
    assertThat(station.index("arrays")).contains("\"yanked\":true");

    station.clock.advance(Duration.ofDays(5));

    assertThat(verdict(minor).allows()).isTrue();
    assertThat(station.index("arrays")).doesNotContain("\"yanked\":true");
  }

  @Test
  void aPersonOutranksTheSigns() {
    station.publish(crate("1.0.0"), 900);
    CrateId patch = station.publish(crate("1.0.1", Dependency.on("helper", "^1")), 20);
    station.publish("helper", "1.0.0", 20);
    assertThat(station.download(patch)).isInstanceOf(DownloadOutcome.Withheld.class);

    station.decide(Decision.Kind.APPROVE, patch);

    assertThat(station.download(patch)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(station.index("arrays")).doesNotContain("\"yanked\":true");
  }

  @Test
  void holdsWhereTheNeighborCannotBeLookedUpAndLooksAgain() {
    station.publish(crate("1.0.0"), 900);
    station.publish(crate("1.0.1"), 800);
    assertThat(station.index("arrays")).doesNotContain("\"yanked\":true");
    CrateId next = station.publish(crate("1.1.0", Dependency.on("helper", "^1")), 20);
    station.clock.advance(Duration.ofMinutes(11));
    station.upstream.silentAbout = "helper";

    assertThat(station.index("arrays").lines().toList().getLast()).contains("\"yanked\":true");
    assertThat(takeover(verdict(next))).containsExactly("new-dependency-unknown");

    station.upstream.silentAbout = null;
    station.publish("helper", "1.0.0", 400);
    station.clock.advance(Duration.ofDays(15));

    assertThat(station.index("arrays")).doesNotContain("\"yanked\":true");
  }

  @Test
  void holdsWhereUpstreamHasNoSuchDependency() {
    station.publish(crate("1.0.0"), 900);
    CrateId next = station.publish(crate("1.1.0", Dependency.on("helper", "^1")), 20);

    assertThat(takeover(verdict(next))).containsExactly("new-dependency-absent");
    assertThat(verdict(next)).isInstanceOf(Verdict.Hold.class);
  }

  @Test
  void holdsWhileNothingThatMatchesIsServedAndFollowsADecision() {
    station.publish(crate("1.0.0"), 900);
    CrateId next = station.publish(crate("1.1.0", Dependency.on("helper", "^2")), 20);
    station.publish("helper", "1.0.0", 400);
    CrateId young = station.publish("helper", "2.0.0", 3);
    assertThat(takeover(verdict(next))).containsExactly("new-dependency-unserved");
    assertThat(station.index("arrays").lines().toList().getLast()).contains("\"yanked\":true");

    station.decide(Decision.Kind.APPROVE, young);
    station.clock.advance(Duration.ofMinutes(1));

    assertThat(verdict(next).allows()).isTrue();
    assertThat(station.index("arrays")).doesNotContain("\"yanked\":true");
  }

  @Test
  void aNewCrateThatResemblesAnEstablishedOneIsForAPerson() {
    station.publish("long-known", "1.0.0", 900);
    station.index("long-known");
    CrateId squat = station.publish("longknown", "1.0.0", 16);
    CrateId other = station.publish("different", "1.0.0", 16);

    assertThat(takeover(verdict(squat))).containsExactly("name-lookalike", "young-crate");
    assertThat(verdict(squat)).isInstanceOf(Verdict.Review.class);
    assertThat(verdict(other).allows()).isTrue();
  }

  @Test
  void theEstablishedOneIsNoLookalikeOfItsLookalike() {
    station.publish("longknown", "1.0.0", 16);
    station.index("longknown");
    station.publish("long-known", "0.9.0", 900);
    CrateId real = station.publish("long-known", "1.0.0", 15);

    assertThat(takeover(verdict(real))).isEmpty();
  }

  @Test
  void cratesThatNewlyDependOnEachOtherAreJudgedAll() {
    station.publish(crate("1.0.0"), 900);
    CrateId one = station.publish(crate("1.1.0", Dependency.on("circle", "^1")), 20);
    station.publish("circle", "1.0.0", 800);
    CrateId other =
        station.publish(CrateBuilder.crate("circle", "1.1.0").dependency("arrays", "^1"), 20);

    assertThat(verdict(one).allows()).isTrue();
    assertThat(verdict(other).allows()).isTrue();
  }

  @Test
  void theWaveIsFrozenAndTheUnyankFollowed() {
    for (String version : List.of("1.0.0", "1.0.1", "1.0.2")) {
      station.publish(crate(version), 900);
    }
    station.index("arrays");
    station.clock.advance(Duration.ofMinutes(11));
    yank(true, "1.0.1", "1.0.2");
    Instant attack = station.clock.instant().minusSeconds(240);
    CrateBuilder bad = crate("1.0.3", Dependency.on("helper", "^1"));
    station.registry.publish(bad, line -> line.pubtime(attack));
    station.registry.publish(
        CrateBuilder.crate("helper", "1.0.0"), line -> line.pubtime(attack.minusSeconds(240)));

    String during = station.index("arrays");

    assertThat(during.lines().filter(l -> l.contains("\"yanked\":false"))).hasSize(3);
    DownloadOutcome refused = station.download(bad.id());
    assertThat(refused).isInstanceOf(DownloadOutcome.Withheld.class);
    DownloadOutcome.Withheld withheld = (DownloadOutcome.Withheld) refused;
    assertThat(withheld.replacement()).hasToString("1.0.2");
    assertThat(withheld.verdict().reasons())
        .extracting(Reason::code)
        .contains(Reason.Code.YANK_WAVE, Reason.Code.TAKEOVER, Reason.Code.COOLDOWN);

    station.clock.advance(Duration.ofMinutes(86));
    yank(false, "1.0.1", "1.0.2");
    station.registry.removeLine("arrays", "1.0.3");
    String after = station.index("arrays");

    assertThat(after.lines().filter(l -> l.contains("\"yanked\":false"))).hasSize(3);
    assertThat(station.notices())
        .contains(
            Notice.Kind.YANKED_UPSTREAM,
            Notice.Kind.UNYANKED_UPSTREAM,
            Notice.Kind.REMOVAL_UNCONFIRMED);
  }

  private void yank(boolean on, String... versions) {
    for (String version : versions) {
      station.registry.publish(
          crate(version),
          line -> line.yanked(on).pubtime(GateFixture.START.minus(Duration.ofDays(900))));
    }
  }
}
