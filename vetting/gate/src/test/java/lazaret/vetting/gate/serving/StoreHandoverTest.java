package lazaret.vetting.gate.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.context.GateCounters;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.RecordedReadThreads;
import lazaret.vetting.gate.store.Requester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Handovers to the threads of the store: several reads share one.
class StoreHandoverTest {
  private static final Requester ANONYMOUS = new Requester(Requester.ANONYMOUS, "127.0.0.1");

  private final GateFixture before = new GateFixture();
  private final RecordedReadThreads threads = new RecordedReadThreads();
  private final CrateId id = before.publish("alpha", "1.0.0", 100);

  @AfterEach
  void close() {
    before.close();
  }

  /// Returns a gate that has stored the version and nothing in heap, as after a restart.
  private GateFixture restarted() {
    assertThat(before.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    return new GateFixture(threads.around(before.store));
  }

  @Test
  void allRowsOfACrateStateAreReadTogether() {
    GateFixture later = restarted();

    assertThat(later.gate.files().find(id.name())).isPresent();

    assertThat(threads.handovers()).isOne();
    assertThat(threads.calls()).contains("records");
    assertThat(later.gate.files().find(id.name())).isPresent();
    assertThat(threads.handovers()).as("from heap").isOne();
  }

  @Test
  void artifactsAreReadOnThemAndDroppedByOthers() {
    GateFixture later = restarted();
    ArtifactCache cache = new ArtifactCache(later.parts, new GateCounters());
    before.store.artifact(id.cksum()).orElseThrow().array()[5] ^= 1;

    assertThat(cache.take(id)).isEmpty();

    assertThat(threads.handovers()).isOne();
    assertThat(threads.calls()).containsExactly("unchangedArtifact");
    assertThat(before.store.hasArtifact(id.cksum())).isFalse();
  }

  @Test
  void theUsageLogReadsForAllDownloadsTogether() {
    List<CrateId> ids = new ArrayList<>(List.of(id));
    for (int i = 0; i < 5; i++) {
      ids.add(before.publish("crate-" + i, "1.0.0", 100));
      assertThat(before.download(ids.getLast())).isInstanceOf(DownloadOutcome.Served.class);
    }
    GateFixture later = restarted();
    ids.forEach(
        download ->
            later.gate.download(download.name(), download.version(), download.cksum(), ANONYMOUS));
    int handovers = threads.handovers();

    later.gate.usageLog().flush();

    assertThat(threads.handovers() - handovers).as("verdicts, downloads").isEqualTo(2);
    assertThat(threads.calls()).contains("verdicts", "accesses").doesNotContain("commit");
    later.gate.usageLog().flush();
    assertThat(threads.handovers() - handovers).as("nothing collected").isEqualTo(2);
  }
}
