package lazaret.mirror.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import lazaret.storage.provider.StoreTasks;
import lazaret.vetting.cluster.ChangeApplier;
import lazaret.vetting.cluster.ClusterService;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.store.HealthItemInfo;
import lazaret.vetting.deskapi.store.HealthItemInfo.State;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.SharedMemory;
import org.junit.jupiter.api.Test;

class ClusterHealthTest {
  /// The tasks of a store whose last write is not recorded outside for some time.
  private record Unrecorded(Duration object, Duration everywhere, boolean compared)
      implements StoreTasks {
    @Override
    public void sweep() {
      // There is nothing to remove.
    }

    @Override
    public List<Sha256> damaged() {
      return List.of();
    }

    @Override
    public Figures figures() {
      return new Figures(0, object, everywhere, compared, 0);
    }
  }

  private static HealthItemInfo item(Duration object, Duration everywhere) {
    return item(new Unrecorded(object, everywhere, true));
  }

  private static HealthItemInfo item(Unrecorded tasks) {
    try (InMemoryStore store = new SharedMemory().node("a");
        ClusterService cluster =
            new ClusterService(store, new ChangeApplier(), Clock.systemUTC())) {
      store.node().beat();
      return new ClusterHealth(cluster, tasks).part().orElseThrow().item();
    }
  }

  @Test
  void aWriteThatIsRecordedIsInOrder() {
    HealthItemInfo item = item(Duration.ofSeconds(59), Duration.ofSeconds(1));

    assertThat(item.state()).isEqualTo(State.OK);
    assertThat(item.detail()).isEqualTo("1 serving: a");
  }

  @Test
  void aWriteThatIsRecordedInTheFolderAloneIsAWarning() {
    HealthItemInfo item = item(Duration.ofSeconds(61), Duration.ZERO);

    assertThat(item.state()).isEqualTo(State.WARNING);
    assertThat(item.next()).startsWith("look at the object store; docs/cluster.md");
  }

  @Test
  void aStoreThatWasNotComparedSinceTheStartIsAWarning() {
    HealthItemInfo item = item(new Unrecorded(Duration.ZERO, Duration.ZERO, false));

    assertThat(item.state()).isEqualTo(State.WARNING);
    assertThat(item.detail()).startsWith("the object store has not answered since the start: ");
    assertThat(item.next()).startsWith("look at the object store; docs/cluster.md");
  }

  @Test
  void aWriteThatIsRecordedNowhereSaysWhatFollows() {
    HealthItemInfo soon = item(Duration.ofSeconds(5), Duration.ofSeconds(5));
    HealthItemInfo now = item(Duration.ofSeconds(61), Duration.ofSeconds(61));

    assertThat(soon.state()).isEqualTo(State.WARNING);
    assertThat(soon.detail())
        .startsWith(
            "the last write is recorded neither in the data folder nor in the object store;"
                + " decisions are refused after a minute; 1 serving");
    assertThat(soon.next()).startsWith("let the server write to its data folder, or repair");
    assertThat(now.state()).isEqualTo(State.FAILED);
    assertThat(now.detail()).contains("decisions are refused; 1 serving");
  }
}
