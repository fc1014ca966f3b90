package lazaret.vetting.gate.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import lazaret.testkit.CrateBuilder;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.review.ReviewServiceTest;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The exception from the cooldown for the fix of a version in use.
class FixLaneTest {
  private static final String QUIET = "pub fn count() -> u8 { 1 }\n";
  private static final String TALKING =
      """
      use std::net::TcpStream;
      pub fn count() -> bool { TcpStream::connect("192.0.2.7:443").is_ok() }
      """;

  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  private CrateId publish(String version, String source, int daysOld) {
    return station.publish(
        CrateBuilder.crate("alpha", version).file("src/lib.rs", source), daysOld);
  }

  private Verdict verdict(CrateId id) {
    station.desk.review(id.name(), id.version(), null);
    return station.desk.why(id.name(), id.version()).orElseThrow().verdict();
  }

  @Test
  void smallestFixThatCanDoNoMoreIsServedAtOnce() {
    CrateId vulnerable = publish("1.0.0", QUIET, 100);
    CrateId fix = publish("1.0.1", QUIET + "// fixed\n", 1);
    station.download(vulnerable);
    station.rules.change(book -> book.with(ReviewServiceTest.advisories("1.0.1")));

    assertThat(verdict(fix)).isInstanceOf(Verdict.Allow.class);
    assertThat(station.download(fix)).isInstanceOf(DownloadOutcome.Served.class);
  }

  /// The attacker who controls a crate knows that fixes are adopted fast.
  @Test
  void fixThatBeginsToTalkToTheNetworkWaits() {
    CrateId vulnerable = publish("1.0.0", QUIET, 100);
    CrateId fix = publish("1.0.1", TALKING, 1);
    station.download(vulnerable);
    station.rules.change(book -> book.with(ReviewServiceTest.advisories("1.0.1")));

    Verdict verdict = verdict(fix);

    assertThat(verdict.allows()).isFalse();
    assertThat(verdict.reasons())
        .filteredOn(r -> r.code() == Reason.Code.FIX)
        .singleElement()
        .asString()
        .contains("could not", "network-gained");
    assertThat(station.download(fix)).isInstanceOf(DownloadOutcome.Withheld.class);
  }
}
