package lazaret.vetting.gate.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import lazaret.testkit.RecordedSpan;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.trace.CurrentSpan;
import org.junit.jupiter.api.Test;

/// The spans of downloads whose artifact arrives after their requests ended.
class DownloadSpansTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private static RecordedSpan download(GateFixture station, CrateId id) {
    RecordedSpan request = new RecordedSpan("request");
    DownloadOutcome outcome = CurrentSpan.of(request, _ -> station.download(id));

    assertThat(outcome).isInstanceOf(DownloadOutcome.Pending.class);
    assertThat(request.ended()).isTrue();
    return request;
  }

  private static RecordedSpan evaluation(RecordedSpan request) {
    assertThat(request.children()).hasSize(1);
    RecordedSpan evaluation = request.children().getFirst();
    assertThat(evaluation.name()).isEqualTo("evaluation");
    assertThat(evaluation.ended()).isTrue();
    return evaluation;
  }

  @Test
  void anInspectionThatOutlivesItsRequestsBelongsToTheFirst() {
    try (GateFixture station = GateFixture.hasty(new SnapshotViewStore(new InMemoryStore()), 0)) {
      CrateId id = station.publish("alpha", "1.0.0", 100);
      station.index("alpha");
      station.upstream.released = new CountDownLatch(1);

      RecordedSpan first = download(station, id);
      RecordedSpan second = download(station, id);
      station.upstream.released.countDown();
      assertThat(station.gate.admission().admit(id, LONG)).isPresent();

      assertThat(station.upstream.artifactRequests).hasValue(1);
      assertThat(evaluation(second).children()).isEmpty();
      assertThat(evaluation(first).children())
          .singleElement()
          .satisfies(
              inspection -> {
                assertThat(inspection.name()).isEqualTo("inspection");
                assertThat(inspection.ended()).isTrue();
                assertThat(inspection.failure()).isEmpty();
                assertThat(inspection.attributes())
                    .containsEntry("lazaret.crate.name", "alpha")
                    .containsEntry("lazaret.crate.version", "1.0.0");
              });
    }
  }
}
