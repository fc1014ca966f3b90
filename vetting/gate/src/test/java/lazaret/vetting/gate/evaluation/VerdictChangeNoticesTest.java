package lazaret.vetting.gate.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.review.ReviewServiceTest;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Policy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Stumble S1: a verdict that changed from served to withheld left no event.
class VerdictChangeNoticesTest {
  private static final String PLAIN = "pub fn f() {}";
  private static final String NET = "pub fn f() { std::net::TcpStream::connect(a); }";

  private final Store store = new SnapshotViewStore(new InMemoryStore());
  private final GateFixture station = new GateFixture(store);

  @AfterEach
  void close() {
    station.close();
  }

  private static CrateBuilder alpha(String version, String source) {
    return CrateBuilder.crate("alpha", version).file("src/lib.rs", source);
  }

  private CrateId publish(String version, String source, int daysOld) {
    return station.publish(alpha(version, source), daysOld);
  }

  private static List<String> changes(GateFixture station) {
    return station.desk.events(0, 1_000).stream()
        .filter(entry -> entry.event() instanceof Notice)
        .map(entry -> (Notice) entry.event())
        .filter(
            n ->
                n.kind() == Notice.Kind.VERSION_WITHDRAWN
                    || n.kind() == Notice.Kind.VERSION_RELEASED)
        .map(n -> n.kind().code() + " " + n.version() + " " + n.detail())
        .toList();
  }

  private List<String> changes() {
    return changes(station);
  }

  @Test
  void versionThatLosesItsBaseIsNoticedOnceAndSoIsItsReturn() {
    publish("1.0.0", PLAIN, 100);
    CrateId base = publish("1.0.1", NET, 90);
    CrateId asked = publish("1.0.2", NET + "\n", 20);
    assertThat(station.download(asked)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(changes()).isEmpty();

    station.decide(Decision.Kind.DENY, base);
    for (int i = 0; i < 10; i++) {
      assertThat(station.download(asked)).isInstanceOf(DownloadOutcome.Withheld.class);
      station.index("alpha");
    }

    assertThat(changes())
        .containsExactly(
            "version-withdrawn 1.0.2 withdrawn: signal, network-gained at src/lib.rs:1: in runtime"
                + " code; before: aged, older than 7 days, checks clean");
    assertThat(Notice.Kind.VERSION_WITHDRAWN.alarm()).isTrue();

    station.decide(Decision.Kind.APPROVE, base);
    assertThat(station.download(asked)).isInstanceOf(DownloadOutcome.Served.class);

    assertThat(changes())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("version-released 1.0.2 released: aged, ");
  }

  @Test
  void signalThatInspectionFindsInAVersionThatWasOfferedIsNoticed() {
    publish("1.0.0", PLAIN, 100);
    CrateId asked = publish("1.0.1", NET, 20);
    assertThat(station.index("alpha")).doesNotContain("\"yanked\":true");

    station.download(asked);

    assertThat(changes()).singleElement().asString().startsWith("version-withdrawn 1.0.1 ");
  }

  @Test
  void changeIsNoticedAfterARestart() {
    publish("1.0.0", PLAIN, 100);
    publish("1.0.1", NET, 20);
    station.index("alpha");
    assertThat(changes()).isEmpty();
    GateFixture again = new GateFixture(store);
    again.publish(alpha("1.0.0", PLAIN), 100);
    CrateId asked = again.publish(alpha("1.0.1", NET), 20);
    again.clock.advance(Duration.ofHours(1));

    again.download(asked);

    assertThat(changes(again)).singleElement().asString().startsWith("version-withdrawn 1.0.1 ");
  }

  @Test
  void waitThatEndsIsNoChange() {
    CrateId young = publish("1.0.0", PLAIN, 1);
    station.index("alpha");
    station.download(young);
    for (int day = 0; day < 40; day++) {
      station.clock.advance(Duration.ofDays(1));
      station.index("alpha");
      station.download(young);
    }

    assertThat(station.download(young)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(changes()).isEmpty();
  }

  @Test
  void decisionIsTheEntryOfItsOwnChange() {
    CrateId old = publish("1.0.0", PLAIN, 100);
    station.download(old);
    station.decide(Decision.Kind.DENY, old);
    station.download(old);
    station.decide(Decision.Kind.APPROVE, old);
    station.download(old);

    assertThat(changes()).isEmpty();
  }

  @Test
  void approvalThatRunsOutIsNoticed() {
    publish("1.0.0", PLAIN, 100);
    CrateId gains = publish("1.0.1", NET, 20);
    station.decide(Decision.Kind.APPROVE, gains, GateFixture.START.plus(Duration.ofDays(2)));
    assertThat(station.download(gains)).isInstanceOf(DownloadOutcome.Served.class);

    station.clock.advance(Duration.ofDays(3));
    assertThat(station.download(gains)).isInstanceOf(DownloadOutcome.Withheld.class);

    assertThat(changes()).singleElement().asString().startsWith("version-withdrawn 1.0.1 ");
  }

  @Test
  void adviceIsNoticedOnceAsAdvice() {
    CrateId old = publish("1.0.0", PLAIN, 100);
    station.download(old);
    station.desk.events(0, 1);
    station.rules.change(book -> book.with(ReviewServiceTest.advisories("1.0.1")));
    assertThat(station.download(old)).isInstanceOf(DownloadOutcome.Withheld.class);

    assertThat(changes()).isEmpty();
  }

  @Test
  void policyThatWithholdsManyVersionsIsSummedUpForEachCrate() {
    IntStream.range(0, 50).forEach(i -> publish("1.0." + i, PLAIN, 100));
    station.index("alpha");
    station.policy(
        Policy.DEFAULT.withCooldowns(
            new Policy.Cooldowns(
                false, Duration.ofDays(7), Duration.ofDays(14), Policy.FastLane.OFF)));

    station.index("alpha");

    assertThat(changes()).hasSize(4).last().asString().endsWith(" (and 46 more versions)");
    assertThat(station.index(CrateName.parse("alpha").published())).contains("\"yanked\":true");
  }
}
