package lazaret.mirror.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Bytes;
import lazaret.vetting.Secret;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredSignInsTest {
  private final ManualClock clock = ManualClock.at("2026-11-28T12:00:00Z");
  private final SharedMemory memory = new SharedMemory();
  private final InMemoryStore first = memory.node("a");
  private final InMemoryStore second = memory.node("b");
  private final StoredSignIns one = new StoredSignIns(first, clock);
  private final StoredSignIns other = new StoredSignIns(second, clock);

  @AfterEach
  void close() {
    second.close();
    first.close();
  }

  private static String key(String id) {
    return Sha256.of(Bytes.utf8(id)).hex();
  }

  private List<DeskRow> rows() {
    try (Stream<DeskRow> rows = first.deskRows().list(DeskTable.SIGN_INS, "")) {
      return rows.toList();
    }
  }

  @Test
  void anotherNodeFindsADocumentAndOneRemovesIt() {
    one.put(new Secret("id"), new Secret("two\nlines"));

    assertThat(other.find(new Secret("id"))).contains(new Secret("two\nlines"));
    assertThat(other.find(new Secret("id2"))).isEmpty();
    assertThat(other.remove(new Secret("id"))).isTrue();
    assertThat(one.remove(new Secret("id"))).isFalse();
    assertThat(one.find(new Secret("id"))).isEmpty();
  }

  @Test
  void aKeyDoesNotRevealTheIdOfTheBrowser() {
    one.put(new Secret("id"), new Secret("x"));

    assertThat(rows()).extracting(DeskRow::key).containsExactly(key("id"));
  }

  @Test
  void oldOnesLeaveTheStoreWhenAnotherBegins() {
    one.put(new Secret("old"), new Secret("x"));
    clock.advance(Duration.ofMinutes(10).plusSeconds(1));

    other.put(new Secret("new"), new Secret("x"));

    assertThat(rows()).extracting(DeskRow::key).containsExactly(key("new"));
  }

  @Test
  void theOldestOfAFloodLeave() {
    List<Batch.Write> flood = new ArrayList<>();
    long begun = clock.instant().toEpochMilli();
    for (int i = 0; i <= StoredSignIns.MAX; i++) {
      Bytes value = Bytes.utf8((begun + i) + "\nx");
      flood.add(
          new Batch.Write.PutDeskRow(new DeskRow(DeskTable.SIGN_INS, key("flood " + i), value)));
    }
    var _ = first.commit(Batch.relaxed(flood));
    clock.advance(Duration.ofMinutes(1));

    one.put(new Secret("new"), new Secret("x"));

    assertThat(rows()).hasSize(StoredSignIns.MAX + 1);
    assertThat(one.find(new Secret("flood 0"))).isEmpty();
    assertThat(one.find(new Secret("flood 1"))).isPresent();
    assertThat(one.find(new Secret("new"))).isPresent();
  }
}
