package lazaret.vetting.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.queue.ReadingCache.Reading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadingCacheTest {
  private final QueueFixture queue = new QueueFixture();
  private final ReadingCache cache = ReadingCache.of(queue.station.gate.files());
  private final CrateId id = queue.young("alpha");

  @AfterEach
  void close() {
    queue.close();
  }

  /// Keeps a reading of the version, and returns its row.
  private QueueRow compared() {
    queue.ask(id);
    QueueRow row =
        new QueueRow(queue.station.store.request(id.name(), id.version()).orElseThrow(), null);
    cache.put(row, new Reading(now(), null, null, null), cache.changes(id.name()));
    return row;
  }

  private Instant now() {
    return queue.station.clock.instant();
  }

  @Test
  void comparesAVersionAgainAfterAChangeOfItsCrate() {
    QueueRow row = compared();
    assertThat(cache.isDue(row, now())).isFalse();

    queue.station.decide(Decision.Kind.DENY, id);

    assertThat(cache.isDue(row, now())).isTrue();
  }

  @Test
  void keepsNoReadingThatWasOldBeforeTheNumbersWereEmptied() {
    QueueRow row = compared();
    queue.station.decide(Decision.Kind.DENY, id);

    for (int i = 0; i <= ReadingCache.MAX_READINGS; i++) {
      long _ = cache.changes(CrateName.parse("other-" + i));
    }

    assertThat(cache.isDue(row, now())).isTrue();
  }
}
