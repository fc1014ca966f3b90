package lazaret.vetting.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.RemovedArtifact;
import lazaret.vetting.gate.upstream.Upstream.ArtifactResponse;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefetchCheckTest {
  private static final Bytes OTHER = Bytes.utf8("other bytes");

  private final RetentionFixture fixture = new RetentionFixture();
  private final RefetchCheck check =
      new RefetchCheck(fixture.station.upstream, fixture.store, fixture.station.clock);
  private final CrateId id = fixture.station.publish("alpha", "1.0.0", 100);
  private final CrateId never = fixture.station.publish("beta", "1.0.0", 100);

  @BeforeEach
  void putEvidence() {
    long bytes = fixture.station.registry.artifact("alpha", "1.0.0").orElseThrow().length();
    evidence(bytes);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void evidence(long bytes) {
    fixture.write(
        new Write.PutRemoved(
            new RemovedArtifact(id, bytes, fixture.station.clock.instant(), "unused")));
  }

  private List<String> alarms() {
    return fixture.notices(Notice.Kind.REFETCH_DIFFERS);
  }

  @Test
  void equalBytesAreNoAlarm() {
    assertThat(check.artifact(id)).isInstanceOf(ArtifactResponse.Received.class);
    assertThat(alarms()).isEmpty();
  }

  @Test
  void otherBytesAreAnAlarm() {
    fixture.station.upstream.insteadOfArtifact = OTHER;

    assertThat(check.artifact(id))
        .as("the response is passed on")
        .isEqualTo(new ArtifactResponse.Received(new UnverifiedCrate(OTHER)));

    assertThat(alarms())
        .singleElement()
        .asString()
        .startsWith("retention removed sha256 " + id.cksum().hex() + " with ")
        .endsWith(" by the rule 'unused', and upstream sent sha256 " + Sha256.of(OTHER).hex());
  }

  @Test
  void missingBytesAreAnAlarm() {
    var _ = fixture.station.registry.removeArtifact("alpha", "1.0.0");

    assertThat(check.artifact(id)).isEqualTo(new ArtifactResponse.Absent(403));

    assertThat(alarms()).singleElement().asString().endsWith("no longer has it (status 403)");
  }

  @Test
  void anotherLengthIsAnAlarm() {
    evidence(7);

    assertThat(check.artifact(id)).isInstanceOf(ArtifactResponse.Received.class);

    assertThat(alarms()).singleElement().asString().contains(" with 7 bytes ");
  }

  @Test
  void alarmsOnceADay() {
    fixture.station.upstream.insteadOfArtifact = OTHER;
    for (int i = 0; i < 3; i++) {
      ArtifactResponse _ = check.artifact(id);
    }
    assertThat(alarms()).hasSize(1);

    fixture.station.clock.advance(Duration.ofDays(1));
    ArtifactResponse _ = check.artifact(id);

    assertThat(alarms()).hasSize(2);
  }

  @Test
  void failureOfUpstreamIsNoAlarm() {
    fixture.station.upstream.down = true;

    assertThat(check.artifact(id)).isInstanceOf(ArtifactResponse.Unavailable.class);
    assertThat(alarms()).isEmpty();
  }

  @Test
  void artifactThatWasNeverRemovedIsNotCompared() {
    fixture.station.upstream.insteadOfArtifact = OTHER;

    assertThat(check.artifact(never)).isInstanceOf(ArtifactResponse.Received.class);
    assertThat(alarms()).isEmpty();
  }

  @Test
  void passesEverythingElseOn() {
    assertThat(check.describe()).isEqualTo(fixture.station.upstream.describe());
    assertThat(check.requestsPerSecond()).isEqualTo(fixture.station.upstream.requestsPerSecond());
    assertThat(check.index(id.name(), Validators.NONE))
        .isEqualTo(fixture.station.upstream.index(id.name(), Validators.NONE));
    check.close();
  }
}
