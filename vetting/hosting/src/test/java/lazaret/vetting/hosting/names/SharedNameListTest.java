package lazaret.vetting.hosting.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import lazaret.testkit.ManualClock;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.hosting.names.PublicNameList.Answer;
import org.junit.jupiter.api.Test;

/// A list of one node, and the questions of another one.
class SharedNameListTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private final ManualClock clock = new ManualClock(NOW);
  private final SharedMemory memory = new SharedMemory(clock);
  private final SharedNameList leader = new SharedNameList(memory.node("one"), clock);
  private final SharedNameList other = new SharedNameList(memory.node("two"), clock);

  private static Answer find(SharedNameList list, String name) {
    return list.find(CrateName.parse(name));
  }

  private void store(Instant made, String... names) {
    SharedNameList.Draft draft = leader.draft();
    for (String name : names) {
      draft.accept(CrateName.parse(name));
    }
    draft.store(made);
  }

  @Test
  void anotherNodeAnswersFromTheStoredList() {
    assertThat(other.made()).isEqualTo(Instant.EPOCH);
    assertThat(find(other, "serde")).isEqualTo(Answer.UNKNOWN);

    store(NOW, "serde", "Serde_JSON");

    assertThat(other.made()).isEqualTo(NOW);
    assertThat(find(other, "SERDE")).isEqualTo(Answer.PRESENT);
    assertThat(find(other, "serde-json")).isEqualTo(Answer.PRESENT);
    for (int i = 0; i < 2_000; i++) {
      assertThat(find(other, "acme-" + i)).isEqualTo(Answer.ABSENT);
    }
  }

  @Test
  void aListThatIsTooOldAnswersNothing() {
    store(NOW, "serde");
    clock.advance(Duration.ofDays(3).minusSeconds(1));
    assertThat(find(other, "serde")).isEqualTo(Answer.PRESENT);

    clock.advance(Duration.ofSeconds(1));

    assertThat(find(other, "serde")).isEqualTo(Answer.UNKNOWN);
    assertThat(find(other, "acme")).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void aNewerListReplacesTheWholeOne() {
    store(NOW, "serde");
    store(NOW.plusSeconds(60), "tokio");

    assertThat(other.made()).isEqualTo(NOW.plusSeconds(60));
    assertThat(find(other, "serde")).isEqualTo(Answer.ABSENT);
    assertThat(find(other, "tokio")).isEqualTo(Answer.PRESENT);
  }
}
