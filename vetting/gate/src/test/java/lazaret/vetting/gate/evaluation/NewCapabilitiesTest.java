package lazaret.vetting.gate.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.review.VersionReport;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.policy.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The evaluation of a version by capabilities that the previous one lacks.
class NewCapabilitiesTest {
  private static final String PLAIN = "pub fn f() {}";
  private static final String NET = "pub fn f() { std::net::TcpStream::connect(a); }";

  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  @Test
  void networkThatANewVersionGainedIsHeldAndTheNextOneIsNot() {
    CrateId base = publish("1.0.0", PLAIN, 100);
    CrateId gains = publish("1.0.1", NET, 20);
    CrateId older = publish("1.1.0", NET, 40);
    CrateId same = publish("1.1.1", NET, 20);

    assertThat(station.download(base)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(station.download(older)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(station.download(same)).isInstanceOf(DownloadOutcome.Served.class);
    DownloadOutcome held = station.download(gains);

    assertThat(held).isInstanceOf(DownloadOutcome.Withheld.class);
    assertThat(((DownloadOutcome.Withheld) held).verdict().reason())
        .isEqualTo(
            new Reason(Reason.Code.SIGNAL, "network-gained at src/lib.rs:1: in runtime code"));
    VersionReport report = station.desk.why(gains.name(), gains.version()).orElseThrow();
    assertThat(Objects.requireNonNull(report.newCapabilities()).base()).isEqualTo(base.version());
    assertThat(report.newCapabilities().delta().signals())
        .extracting(Signal::location)
        .contains("src/lib.rs:1");
  }

  private CrateId publish(String version, String source, int daysOld) {
    return station.publish(
        CrateBuilder.crate("alpha", version).file("src/lib.rs", source), daysOld);
  }
}
