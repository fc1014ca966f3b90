package lazaret.vetting.gate.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.ledger.Notice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Bytes without the SHA-256 of the index line: once by an error in transit, or repeatedly by their
/// sender.
class ChecksumMismatchTest {
  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  private CrateId wrong() {
    CrateId id = station.publish("alpha", "1.0.0", 30);
    station.upstream.insteadOfArtifact = Bytes.utf8("wrong");
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Tampered.class);
    return id;
  }

  @Test
  void f9anErrorInTransitRefusesForAtMostFifteenSeconds() {
    CrateId id = wrong();
    station.upstream.insteadOfArtifact = null;
    station.clock.advance(Duration.ofSeconds(5));
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Tampered.class);

    station.clock.advance(Duration.ofSeconds(10));

    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Served.class);
  }

  @Test
  void aSecondOccurrenceRefusesForLonger() {
    CrateId id = wrong();
    station.clock.advance(Duration.ofSeconds(15));
    station.upstream.insteadOfArtifact = Bytes.utf8("wrong in another way");
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Tampered.class);
    station.upstream.insteadOfArtifact = null;

    station.clock.advance(Duration.ofMinutes(9));
    int before = station.upstream.artifactRequests.get();
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Tampered.class);
    assertThat(station.upstream.artifactRequests).hasValue(before);
    station.clock.advance(Duration.ofMinutes(1));
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Served.class);
  }

  @Test
  void aVersionWhoseBytesWereWrongIsNotTheOneToUseInstead() {
    CrateId good = station.publish("alpha", "0.9.0", 40);
    CrateId young = station.publish("alpha", "1.1.0", 1);
    CrateId bad = station.publish("alpha", "1.0.0", 30);
    assertThat(instead(young)).isEqualTo(bad.version());
    station.upstream.insteadOfArtifact = Bytes.utf8("wrong");

    assertThat(station.download(bad)).isInstanceOf(DownloadOutcome.Tampered.class);

    assertThat(instead(young)).isEqualTo(good.version());
  }

  private @Nullable CrateVersion instead(CrateId id) {
    return station.download(id) instanceof DownloadOutcome.Withheld withheld
        ? withheld.replacement()
        : null;
  }

  @Test
  void aPersistentLiarWritesTwoAlarmsHoweverOftenItIsAsked() {
    CrateId id = wrong();
    for (int i = 0; i < 50; i++) {
      station.clock.advance(Duration.ofMinutes(11));
      assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Tampered.class);
    }

    assertThat(station.notices()).containsExactly(Notice.Kind.WRONG_BYTES, Notice.Kind.WRONG_BYTES);
    assertThat(station.store.hasArtifact(id.cksum())).isFalse();
  }
}
