package lazaret.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The results of a gate whose feed is older than the time for which a result is used.
class ResultRenewalTest {
  private static final long ALL = 1L << 30;
  private static final Duration DUE = ResultPublisher.RENEWED_AFTER.plusSeconds(1);

  private final ResultFixture origin = new ResultFixture(ResultFixture.key(1));
  private final ResultFixture inside = new ResultFixture(null);

  @AfterEach
  void close() {
    inside.close();
    origin.close();
  }

  private long published() {
    origin.searched();
    origin.results.publish();
    return origin.results.last();
  }

  @Test
  void newGateUsesAResultOfTheFirstYear() {
    CrateId id = origin.publish("alpha");
    origin.admit(id);
    long first = published();
    origin.gate.clock.advance(ResultPublisher.RENEWED_AFTER);
    assertThat(published()).isEqualTo(first);
    origin.gate.clock.advance(Duration.ofSeconds(1));
    assertThat(published()).isEqualTo(first + 1);
    assertThat(published()).isEqualTo(first + 1);

    CrateId same = inside.publish("alpha");
    inside.gate.clock.advance(Duration.ofDays(366));
    inside.results.follow("outer", origin.results.lines(0, ALL));
    inside.admit(same);

    assertThat(same).isEqualTo(id);
    assertThat(inside.results.count().used()).isOne();
    assertThat(inside.stored(id)).isEqualTo(origin.stored(id));
  }

  @Test
  void resultOfARemovedArchiveIsNotRenewed() {
    CrateId id = origin.publish("alpha");
    origin.admit(id);
    long first = published();
    origin.remove(id);
    origin.gate.clock.advance(DUE);

    assertThat(published()).isEqualTo(first);
  }

  @Test
  void rowWithoutATimeIsReadAndRenewed() {
    CrateId id = origin.publish("alpha");
    origin.admit(id);
    long first = published();
    ResultRows rows = new ResultRows(origin.gate.store);
    Sha256 findings = rows.published(id.cksum()).orElseThrow().findings();
    origin.gate.store.commit(
        Batch.relaxed(
            List.of(
                new Write.PutDeskRow(
                    new DeskRow(
                        DeskTable.RESULTS,
                        "published/" + id.cksum().hex(),
                        ResultJson.ROWS.encode(Map.of("findings", findings)))))));
    assertThat(rows.published(id.cksum())).contains(new ResultRows.Published(findings, null));

    assertThat(published()).isEqualTo(first + 1);
    assertThat(published()).isEqualTo(first + 1);
  }

  /// The stock of a gate that was filled in one day is not signed again in one pass.
  @Test
  void passRenewsALimitedNumberOfResults() {
    int all = ResultPublisher.MOST_RENEWED + 1;
    IntStream.range(0, all).mapToObj(i -> origin.publish("alpha-" + i)).forEach(origin::admit);
    long before = published();
    origin.gate.clock.advance(DUE);

    assertThat(results(before, published())).isEqualTo(ResultPublisher.MOST_RENEWED);
    long rest = origin.results.last();
    assertThat(results(rest, published())).isOne();
    long end = origin.results.last();
    assertThat(published()).isEqualTo(end);
  }

  /// Returns the number of results in the lines after one number, up to another one.
  private long results(long since, long last) {
    return origin.results.lines(since, ALL).subList(0, Math.toIntExact(last - since)).stream()
        .map(line -> ResultEnvelope.read(line, List.of(origin.key.publicKey())))
        .mapToLong(read -> ((ResultEnvelope.Results) read).batch().results().size())
        .sum();
  }
}
