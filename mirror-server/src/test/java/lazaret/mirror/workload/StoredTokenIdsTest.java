package lazaret.mirror.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.ConcurrencyContract;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.Test;

class StoredTokenIdsTest {
  private static final String ISSUER = "https://ci.example.org";

  private final ManualClock clock = ManualClock.at("2026-11-28T12:00:00Z");
  private final InMemoryStore store = new InMemoryStore();
  private final StoredTokenIds ids = new StoredTokenIds(store, clock);

  private Instant inMinutes(int minutes) {
    return clock.instant().plus(Duration.ofMinutes(minutes));
  }

  private static String key(String jti) {
    return MetaKey.USED_TOKEN_IDS_PREFIX.named(digest(jti).substring(0, 2));
  }

  private static String digest(String jti) {
    return Sha256.of(Bytes.utf8(ISSUER + "\n" + jti)).hex();
  }

  @Test
  void acceptsAnIdOncePerIssuer() {
    assertThat(ids.isUsed(ISSUER, "a")).isFalse();
    assertThat(ids.use(ISSUER, "a", inMinutes(5))).isTrue();
    assertThat(ids.isUsed(ISSUER, "a")).isTrue();
    assertThat(ids.use(ISSUER, "a", inMinutes(5))).isFalse();
    assertThat(ids.isUsed(ISSUER + "/2", "a")).isFalse();
    assertThat(ids.use(ISSUER + "/2", "a", inMinutes(5))).isTrue();
    assertThat(ids.use(ISSUER, "b", inMinutes(5))).isTrue();
  }

  @Test
  void ofTwoNodesThatUseAnIdAtOnceOneMay() throws Exception {
    SharedMemory memory = new SharedMemory();
    StoredTokenIds one = new StoredTokenIds(memory.node("one"), clock);
    StoredTokenIds two = new StoredTokenIds(memory.node("two"), clock);
    for (int i = 0; i < 200; i++) {
      String jti = "id-" + i;
      var accepted = new AtomicInteger();
      ConcurrencyContract.inParallel(
          4,
          node -> {
            if ((node % 2 == 0 ? one : two).use(ISSUER, jti, inMinutes(5))) {
              accepted.incrementAndGet();
            }
          });
      assertThat(accepted).as(jti).hasValue(1);
    }
  }

  /// The times that two nodes know differ by less than the maximum staleness: a minute.
  @Test
  void aNodeWhoseTimeIsEarlyDropsNoIdThatAnotherOneNeeds() {
    SharedMemory memory = new SharedMemory();
    ManualClock early = ManualClock.at("2026-11-28T12:00:50Z");
    StoredTokenIds one = new StoredTokenIds(memory.node("one"), clock);
    StoredTokenIds other = new StoredTokenIds(memory.node("other"), early);
    String neighbor =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "id-" + i)
            .filter(jti -> key(jti).equals(key("a")))
            .findFirst()
            .orElseThrow();
    assertThat(one.use(ISSUER, "a", clock.instant().plusSeconds(30))).isTrue();

    assertThat(other.use(ISSUER, neighbor, early.instant().plus(Duration.ofMinutes(5)))).isTrue();

    assertThat(one.isUsed(ISSUER, "a")).isTrue();
    assertThat(one.use(ISSUER, "a", inMinutes(5))).isFalse();
  }

  @Test
  void remembersAnIdAfterARestart() {
    assertThat(ids.use(ISSUER, "a", inMinutes(5))).isTrue();

    assertThat(new StoredTokenIds(store, clock).use(ISSUER, "a", inMinutes(5))).isFalse();
  }

  @Test
  void keepsAnIdUntilItsTokenIsExpired() {
    assertThat(ids.use(ISSUER, "a", inMinutes(5))).isTrue();
    clock.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(ids.use(ISSUER, "a", inMinutes(5))).isFalse();
    clock.advance(Duration.ofSeconds(2));

    assertThat(ids.use(ISSUER, "a", inMinutes(5))).isTrue();
    assertThat(store.meta(key("a")).orElseThrow().text().lines()).hasSize(1);
  }

  /// Stores of later releases read this form.
  @Test
  void keepsTheFormOfStoredIds() {
    ids.use(ISSUER, "a", Instant.parse("2026-11-28T12:05:00Z"));

    assertThat(key("a")).matches("token-ids-used/[0-9a-f]{2}");
    assertThat(store.meta(key("a")).orElseThrow().text())
        .isEqualTo(digest("a").substring(0, 32) + " 1795867501");
  }

  @Test
  void refusesTokensBeyondItsLimit() {
    List<String> lines =
        IntStream.range(0, StoredTokenIds.MAX_LINES)
            .mapToObj(i -> "%032x %d".formatted(i, inMinutes(5).getEpochSecond()))
            .toList();
    store.commit(
        Batch.synced(
            List.of(
                new Batch.Write.PutMeta(
                    key("a"), Bytes.utf8(lines.stream().collect(Collectors.joining("\n")))))));

    assertThatThrownBy(() -> ids.use(ISSUER, "a", inMinutes(5)))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "cannot record the use of a token: expected at most 512000 tokens of CI jobs at a time,"
                + " found more; wait until some expire");
    clock.advance(Duration.ofMinutes(5));
    assertThat(ids.use(ISSUER, "a", inMinutes(5))).isTrue();
  }
}
