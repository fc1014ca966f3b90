package lazaret.vetting.queue;

import static lazaret.vetting.queue.QueueFixture.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.review.CodeDeltaService;
import lazaret.vetting.desk.review.CodeDeltaService.Prepared;
import lazaret.vetting.gate.fixture.CountingStore;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The rows that a page reads from the store.
class QueueCostTest {
  private final CountingStore counting = new CountingStore();
  private final QueueFixture queue =
      new QueueFixture(counting.around(new SnapshotViewStore(new InMemoryStore())));

  @AfterEach
  void close() {
    queue.close();
  }

  private void ask(int from, int to) {
    for (int i = from; i < to; i++) {
      queue.ask(queue.young("crate-" + i));
    }
    queue.service.prepare();
  }

  /// Returns the reads of a page after one that brought the index up to date.
  private long page() {
    assertThat(queue.groups(ALL).groups()).isNotEmpty();
    counting.reads();
    assertThat(queue.groups(ALL).groups()).isNotEmpty();
    return counting.reads();
  }

  @Test
  void aPageOfManyRequestsReadsAsLittleAsOneOfFew() {
    ask(0, 5);
    long few = page();
    ask(5, 60);
    long many = page();

    assertThat(few).isLessThan(10);
    assertThat(many).isEqualTo(few);
    assertThat(queue.groups(ALL).total()).isEqualTo(60);
  }

  @Test
  void aPageReadsTheRequestThatChanged() {
    ask(0, 40);
    long none = page();
    CrateId one = queue.young("one-more");
    queue.ask(one);
    counting.reads();

    assertThat(queue.groups(ALL).total()).isEqualTo(41);

    // The notice twice, the request, and the state of its crate.
    assertThat(counting.reads()).isLessThan(none + 20);
  }

  @Test
  void aRequestedVersionIsPreparedForItsReview() {
    CrateId base = queue.station.publish(CrateBuilder.crate("alpha", "0.9.0"), 100);
    CrateId asked = queue.young("alpha");
    queue.ask(asked);
    queue.station.clock.advance(Duration.ofSeconds(6));

    queue.service.prepare();

    assertThat(queue.compared)
        .singleElement()
        .satisfies(
            prepared -> {
              assertThat(prepared.crate()).isEqualTo(asked);
              assertThat(prepared.base()).isEqualTo(base);
              assertThat(prepared.delta().complete()).isTrue();
            });
    CodeDeltaService code = queue.station.desk.reviews().code();
    assertThat(code.prepare(asked.name(), asked.version(), null))
        .contains(queue.compared.getFirst());
  }

  @Test
  void aVersionThatFailsDoesNotStopTheOthers() {
    for (String name : List.of("alpha", "beta")) {
      CrateId _ = queue.station.publish(CrateBuilder.crate(name, "0.9.0"), 100);
    }
    CrateId alpha = queue.young("alpha");
    CrateId beta = queue.young("beta");
    queue.ask(alpha, beta);
    queue.station.clock.advance(Duration.ofSeconds(6));
    List<CrateId> compared = new ArrayList<>();
    Consumer<Prepared> defect =
        each -> {
          compared.add(each.crate());
          throw new IllegalStateException("a defect");
        };

    try (QueueService service =
        new QueueService(queue.station.parts, queue.station.gate, queue.station.desk, defect)) {
      service.prepare();
    }

    assertThat(compared).containsExactlyInAnyOrder(alpha, beta);
  }
}
