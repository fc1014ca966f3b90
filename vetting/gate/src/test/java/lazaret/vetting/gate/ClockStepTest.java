package lazaret.vetting.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A clock that was ahead or behind, and is put right while the gate runs or while it does not.
class ClockStepTest {
  private static final Duration TEN_YEARS = Duration.ofDays(3_652);

  private GateFixture station = new GateFixture();

  static Stream<Duration> steps() {
    return Stream.of(
        TEN_YEARS,
        Duration.ofHours(3),
        Duration.ofMinutes(11),
        Duration.ofHours(-3),
        Duration.ofDays(-2_700),
        TEN_YEARS.multipliedBy(-2));
  }

  @AfterEach
  void close() {
    station.close();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void f7aClockThatWasWrongDoesNotStopRefreshes(Duration wrong) {
    station.publish("alpha", "1.0.0", 30);
    station.clock.advance(wrong);
    station.index("alpha");
    station.clock.advance(wrong.negated());
    station.publish("alpha", "1.1.0", 40);

    for (int i = 1; i <= 4; i++) {
      int before = station.upstream.indexRequests.get();
      assertThat(station.index("alpha")).contains("1.1.0");
      assertThat(station.upstream.indexRequests.get() - before).isEqualTo(1);
      station.clock.advance(Duration.ofMinutes(11));
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void f7aRestartWithTheRightClockRefreshesToo(Duration wrong) {
    station.publish("alpha", "1.0.0", 30);
    station.clock.advance(wrong);
    station.index("alpha");
    GateFixture later = new GateFixture(station.store);
    later.registry.publish(
        CrateBuilder.crate("alpha", "1.0.0"),
        l -> l.pubtime(GateFixture.START.minusSeconds(9_000_000)));
    later.publish("alpha", "1.1.0", 40);
    station = later;

    assertThat(station.index("alpha")).contains("1.1.0");
  }

  @ParameterizedTest
  @MethodSource("steps")
  void f7viewsMadeUnderAWrongClockAreMadeAgain(Duration wrong) {
    CrateId young = station.publish("alpha", "1.1.0", 1);
    station.publish("alpha", "1.0.0", 60);
    String right = station.index("alpha");
    station.clock.advance(wrong);
    station.index("alpha");
    station.clock.advance(wrong.negated());

    assertThat(station.index("alpha")).isEqualTo(right);
    assertThat(station.download(young)).isInstanceOf(DownloadOutcome.Withheld.class);
    assertThat(station.desk.fsck().faults()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void remembersNoFailureUnderAWrongClock(Duration wrong) {
    CrateId id = station.publish("beta", "1.0.0", 9_000);
    station.index("beta");
    station.clock.advance(wrong);
    assertThat(station.index("alpha")).startsWith("404");
    station.upstream.silentAbout = "gamma";
    assertThat(station.index("gamma")).startsWith("503");
    station.upstream.insteadOfArtifact = Bytes.utf8("wrong");
    station.download(id);
    station.upstream.insteadOfArtifact = null;
    station.upstream.silentAbout = null;
    station.clock.advance(wrong.negated());
    station.publish("alpha", "1.0.0", 30);
    station.publish("gamma", "1.0.0", 30);

    assertThat(station.index("alpha")).contains("1.0.0");
    assertThat(station.index("gamma")).contains("1.0.0");
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Served.class);
  }

  @Test
  void aVersionSeenUnderAClockAheadWaitsItsCooldown() {
    station.publish("alpha", "1.0.0", 60);
    station.clock.advance(TEN_YEARS);
    station.index("alpha");
    station.clock.advance(Duration.ofMinutes(11));
    CrateId late = station.publish("alpha", "1.1.0", 30);
    station.index("alpha");
    station.clock.advance(TEN_YEARS.plus(Duration.ofMinutes(11)).negated());

    station.index("alpha");
    assertThat(station.download(late)).isInstanceOf(DownloadOutcome.Withheld.class);
    station.clock.advance(Duration.ofDays(14));
    station.index("alpha");

    assertThat(station.download(late)).isInstanceOf(DownloadOutcome.Served.class);
  }

  @Test
  void aVersionSeenAfterTheClockIsCorrectedWaitsItsCooldown() {
    station.publish("alpha", "1.0.0", 60);
    station.clock.advance(TEN_YEARS);
    station.index("alpha");
    CrateId late = station.publish("alpha", "1.1.0", 30);
    station.clock.advance(TEN_YEARS.negated());

    station.index("alpha");
    assertThat(station.download(late)).isInstanceOf(DownloadOutcome.Withheld.class);
    station.clock.advance(Duration.ofDays(14));

    assertThat(station.download(late)).isInstanceOf(DownloadOutcome.Served.class);
  }

  @Test
  void aClockThatIsBehindMakesNoVersionOlder() {
    CrateId unknown = publishedWithoutTime();
    station.index("alpha");
    Instant seen = station.store.crate(unknown.name()).orElseThrow().lines().getFirst().firstSeen();
    station.clock.advance(Duration.ofDays(-2_700));
    station.index("alpha");
    station.clock.advance(Duration.ofDays(2_700));

    station.index("alpha");

    assertThat(station.store.crate(unknown.name()).orElseThrow().lines().getFirst().firstSeen())
        .isEqualTo(seen);
    DownloadOutcome outcome = station.download(unknown);
    assertThat(outcome).isInstanceOf(DownloadOutcome.Withheld.class);
    Verdict verdict = ((DownloadOutcome.Withheld) outcome).verdict();
    assertThat(verdict.has(Reason.Code.COOLDOWN)).isTrue();
  }

  private CrateId publishedWithoutTime() {
    CrateBuilder crate = CrateBuilder.crate("alpha", "1.0.0").file("src/lib.rs", "");
    station.registry.publish(crate);
    return crate.id();
  }

  @Test
  void aRemovalSuspectedUnderAClockThatWasAheadWaitsItsHourAgain() {
    CrateId id = station.publish("alpha", "1.0.0", 60);
    station.publish("alpha", "1.0.1", 60);
    station.download(id);
    station.clock.advance(TEN_YEARS);
    station.registry.removeLine("alpha", "1.0.0");
    station.index("alpha");
    station.clock.advance(TEN_YEARS.negated());

    station.index("alpha");
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    station.clock.advance(Duration.ofMinutes(59));
    station.index("alpha");
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    station.clock.advance(Duration.ofMinutes(11));
    station.index("alpha");
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
  }
}
