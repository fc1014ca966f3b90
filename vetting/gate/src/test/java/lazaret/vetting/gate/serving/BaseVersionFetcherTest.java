package lazaret.vetting.gate.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.review.ReviewServiceTest;
import lazaret.vetting.desk.review.VersionReport;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.shares.ActingClient;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Stumble S1: a verdict must not depend on which other versions are stored.
class BaseVersionFetcherTest {
  private static final String PLAIN = "pub fn f() {}";
  private static final String NET = "pub fn f() { std::net::TcpStream::connect(a); }";

  private final GateFixture station = new GateFixture();

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

  private DownloadOutcome prefetch(CrateId id) {
    return prefetch(station, id);
  }

  private static DownloadOutcome prefetch(GateFixture station, CrateId id) {
    return station.desk.prefetch(
        new WantedVersion(id.name(), id.version(), id.cksum(), null),
        new Requester("ci", "127.0.0.1"));
  }

  private VersionReport why(CrateId id) {
    return station.desk.why(id.name(), id.version()).orElseThrow();
  }

  private void verdictIs(CrateId id, Reason.Code code) {
    assertThat(why(id).verdict().reason().code()).isEqualTo(code);
  }

  /// The incident of cc 1.11.3: an old version that any client fetches withdrew it for all clients.
  @Test
  void oldVersionThatAStrangerFetchesChangesNoVerdict() {
    CrateId old = publish("1.2.55", PLAIN, 400);
    CrateId before = publish("1.11.2", NET, 40);
    CrateId asked = publish("1.11.3", NET + "\n", 20);

    assertThat(prefetch(asked)).isInstanceOf(DownloadOutcome.Served.class);
    Verdict first = why(asked).verdict();
    assertThat(station.download(old)).isInstanceOf(DownloadOutcome.Served.class);

    assertThat(why(asked).verdict()).isEqualTo(first);
    assertThat(Objects.requireNonNull(why(asked).newCapabilities()).base())
        .isEqualTo(before.version());
    assertThat(prefetch(asked)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(station.notices()).isEmpty();
  }

  @Test
  void baseIsFetchedOnceAndInspectedBeforeTheVerdictIsGiven() {
    CrateId base = publish("1.0.0", PLAIN, 100);
    CrateId gains = publish("1.0.1", NET, 20);

    assertThat(station.download(gains)).isInstanceOf(DownloadOutcome.Withheld.class);

    assertThat(why(base).findings()).isNotNull();
    assertThat(station.download(gains)).isInstanceOf(DownloadOutcome.Withheld.class);
    assertThat(station.upstream.artifactRequests).hasValue(2);
  }

  @Test
  void versionThatIsTooOldToBeComparedFetchesNoBase() {
    publish("1.0.0", PLAIN, 100);
    CrateId old = publish("1.0.1", NET, 60);

    assertThat(station.download(old)).isInstanceOf(DownloadOutcome.Served.class);

    assertThat(station.upstream.artifactRequests).hasValue(1);
  }

  @Test
  void everyOrderOfPrefetchesEndsInTheSameVerdicts() {
    List<CrateBuilder> crates =
        List.of(
            alpha("1.0.0", PLAIN),
            alpha("1.1.0", NET),
            alpha("1.1.1", PLAIN + "\n"),
            alpha("1.2.0", NET + " pub fn g() { std::process::Command::new(x); }"),
            alpha("1.2.1", NET));
    List<Integer> ages = List.of(200, 60, 25, 20, 5);
    Map<String, List<Integer>> seen = new LinkedHashMap<>();
    for (List<Integer> order : permutations(List.of(0, 1, 2, 3, 4))) {
      String verdicts = verdicts(crates, ages, order);
      seen.putIfAbsent(verdicts, order);
    }

    assertThat(seen).as("the verdicts, and the first order that led to them").hasSize(1);
    assertThat(seen.keySet().iterator().next()).contains("Review", "Allow");
  }

  @Test
  void whatWasAskedForBeforeChangesNoAnswer() {
    List<CrateBuilder> crates =
        List.of(
            alpha("1.0.0", PLAIN),
            alpha("1.1.0", NET),
            alpha("1.1.1", PLAIN + "\n"),
            alpha("1.2.0", NET + " pub fn g() { std::process::Command::new(x); }"));
    List<Integer> ages = List.of(200, 60, 25, 20);
    for (int last = 0; last < crates.size(); last++) {
      String alone = null;
      for (int others = 0; others < 1 << crates.size(); others++) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < crates.size(); i++) {
          if ((others & 1 << i) != 0 && i != last) {
            order.add(i);
          }
        }
        order.add(last);
        String answer = answers(crates, ages, order).getLast();
        alone = alone == null ? answer : alone;
        assertThat(answer).as("after %s", order).isEqualTo(alone);
      }
    }
  }

  private static List<String> answers(
      List<CrateBuilder> crates, List<Integer> ages, List<Integer> order) {
    List<String> answers = new ArrayList<>();
    try (GateFixture station = new GateFixture()) {
      for (int i = 0; i < crates.size(); i++) {
        station.publish(crates.get(i), ages.get(i));
      }
      for (int i : order) {
        DownloadOutcome outcome = prefetch(station, crates.get(i).id());
        answers.add(
            switch (outcome) {
              case DownloadOutcome.Served served -> "served " + served.verdict();
              case DownloadOutcome.Withheld withheld -> "withheld " + withheld.verdict();
              default -> outcome.toString();
            });
      }
    }
    return answers;
  }

  private static String verdicts(
      List<CrateBuilder> crates, List<Integer> ages, List<Integer> order) {
    StringBuilder verdicts = new StringBuilder();
    try (GateFixture station = new GateFixture()) {
      for (int i = 0; i < crates.size(); i++) {
        station.publish(crates.get(i), ages.get(i));
      }
      for (int i : order) {
        prefetch(station, crates.get(i).id());
      }
      for (CrateBuilder crate : crates) {
        CrateId id = crate.id();
        verdicts.append(station.desk.why(id.name(), id.version()).orElseThrow().verdict());
      }
      verdicts.append(station.index("alpha"));
    }
    return verdicts.toString();
  }

  private static List<List<Integer>> permutations(List<Integer> of) {
    if (of.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (Integer first : of) {
      List<Integer> rest = new ArrayList<>(of);
      rest.removeIf(first::equals);
      for (List<Integer> order : permutations(rest)) {
        List<Integer> whole = new ArrayList<>(List.of(first));
        whole.addAll(order);
        all.add(whole);
      }
    }
    return all;
  }

  @Test
  void youngVersionWaitsForItsBaseAndAnOldOneDoesNot() {
    publish("1.0.0", PLAIN, 100);
    CrateId young = publish("1.0.1", NET, 10);
    CrateId older = publish("1.0.2", NET, 20);
    station.upstream.withoutBytes = "1.0.0";

    assertThat(station.download(young)).isInstanceOf(DownloadOutcome.Withheld.class);
    VersionReport held = why(young);
    assertThat(held.verdict())
        .isEqualTo(
            new Verdict.Hold(
                GateFixture.START.plus(Duration.ofDays(4)),
                List.of(
                    new Reason(
                        Reason.Code.BASE_UNAVAILABLE,
                        "not compared with 1.0.0, which could not be fetched and inspected yet"))));
    assertThat(station.download(older)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(why(older).verdict().has(Reason.Code.BASE_UNAVAILABLE)).isTrue();
    assertThat(line("1.0.1")).contains("\"yanked\":true");

    station.upstream.withoutBytes = null;
    station.clock.advance(Duration.ofMinutes(2));

    assertThat(line("1.0.1")).contains("\"yanked\":true");
    verdictIs(young, Reason.Code.SIGNAL);
    assertThat(station.download(older)).isInstanceOf(DownloadOutcome.Withheld.class);
  }

  private String line(String version) {
    return station
        .index("alpha")
        .lines()
        .filter(l -> l.contains("\"vers\":\"" + version + "\""))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void baseThatCannotBeFetchedIsNotAskedForAgainAtOnce() {
    publish("1.0.0", PLAIN, 100);
    CrateId young = publish("1.0.1", PLAIN + "\n", 10);
    station.upstream.withoutBytes = "1.0.0";
    station.download(young);
    int asked = station.upstream.artifactRequests.get();

    for (int i = 0; i < 20; i++) {
      station.download(young);
      station.index("alpha");
      why(young);
    }

    assertThat(station.upstream.artifactRequests).hasValue(asked);
  }

  @Test
  void approvedVersionIsServedThoughItsBaseCannotBeFetched() {
    publish("1.0.0", PLAIN, 100);
    CrateId young = publish("1.0.1", NET, 10);
    station.upstream.withoutBytes = "1.0.0";
    station.download(young);

    station.decide(Decision.Kind.APPROVE, young);

    assertThat(station.download(young)).isInstanceOf(DownloadOutcome.Served.class);
  }

  /// A verdict that depends on the share of one client would repeat the fault.
  @Test
  void clientWhoseShareIsSpentIsAskedToComeAgainAndChangesNoVerdict() {
    try (GateFixture busy = GateFixture.hasty(new SnapshotViewStore(new InMemoryStore()), 1)) {
      List<CrateId> young = new ArrayList<>();
      for (int i = 0; i < 14; i++) {
        String name = "crate-" + i;
        busy.publish(name, "1.0.0", 100);
        young.add(busy.publish(CrateBuilder.crate(name, "1.0.1").file("src/lib.rs", PLAIN), 10));
        busy.index(name);
      }
      List<DownloadOutcome> outcomes =
          young.stream().map(id -> ActingClient.of("flood", () -> busy.download(id))).toList();

      assertThat(outcomes)
          .hasAtLeastOneElementOfType(DownloadOutcome.Served.class)
          .hasAtLeastOneElementOfType(DownloadOutcome.Pending.class)
          .allMatch(
              o -> o instanceof DownloadOutcome.Served || o instanceof DownloadOutcome.Pending);
      assertThat(ActingClient.of("other", () -> busy.download(young.getLast())))
          .isInstanceOf(DownloadOutcome.Served.class);
      assertThat(busy.notices()).isEmpty();
    }
  }

  @Test
  void deniedYankedGoneAndHostileVersionsAreNoBases() {
    CrateId base = publish("1.0.0", PLAIN, 300);
    CrateId denied = publish("1.0.1", NET, 100);
    station.publish(alpha("1.0.2", NET), 100, true);
    station.publish(alpha("1.0.3", NET).traversal(), 100);
    CrateId asked = publish("1.0.4", NET + "\n", 20);
    station.index("alpha");
    station.decide(Decision.Kind.DENY, denied);

    assertThat(station.download(asked)).isInstanceOf(DownloadOutcome.Withheld.class);

    assertThat(Objects.requireNonNull(why(asked).newCapabilities()).base())
        .isEqualTo(base.version());
  }

  @Test
  void youngVersionIsNoBaseUntilAPersonApprovesIt() {
    CrateId base = publish("1.0.0", PLAIN, 300);
    CrateId young = publish("1.0.1", NET, 10);
    CrateId asked = publish("1.0.2", NET + "\n", 8);
    station.download(young);
    station.download(asked);
    assertThat(Objects.requireNonNull(why(asked).newCapabilities()).base())
        .isEqualTo(base.version());

    station.decide(Decision.Kind.APPROVE, young);

    assertThat(Objects.requireNonNull(why(asked).newCapabilities()).base())
        .isEqualTo(young.version());
  }

  /// A version whose cooldown ends becomes the base of a later one, stored or not.
  @Test
  void baseThatTimeMakesIsFetchedBeforeTheNextView() {
    publish("1.0.0", PLAIN, 300);
    publish("1.0.1", PLAIN + " pub fn g() {}", 13);
    CrateId asked = publish("1.0.2", PLAIN + "\n", 10);
    assertThat(station.download(asked)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(line("1.0.2")).doesNotContain("\"yanked\":true");

    station.clock.advance(Duration.ofDays(2));

    assertThat(line("1.0.2")).doesNotContain("\"yanked\":true");
    assertThat(Objects.requireNonNull(why(asked).newCapabilities()).base().text())
        .isEqualTo("1.0.1");
    assertThat(station.download(asked)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(station.notices()).isEmpty();
  }

  @Test
  void fixIsComparedWithAVulnerableVersionThatIsNotHeld() {
    publish("1.0.0", PLAIN, 100);
    CrateId fix = publish("1.0.1", PLAIN + "// fixed\n", 1);
    station.index("alpha");
    station.rules.change(book -> book.with(ReviewServiceTest.advisories("1.0.1")));

    station.desk.review(fix.name(), fix.version(), null);

    assertThat(station.download(fix)).isInstanceOf(DownloadOutcome.Served.class);
  }
}
