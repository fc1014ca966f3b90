package lazaret.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.inspect.IndicatorSet;
import lazaret.vetting.inspect.Inspector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A gate that receives the revocation of an archive, and later a result of the same source.
class SupersededRevocationTest {
  private static final String FEED = "outer";
  private static final String BUNDLE = "bundle:prod";

  private final ResultFixture gate = new ResultFixture(ResultFixture.key(2));
  private final CrateId id = gate.publish("alpha");

  @AfterEach
  void close() {
    gate.close();
  }

  private Bytes result(long sequence, Instant at) {
    return ResultEnvelope.sign(
        new ResultBatch(
            ResultBatch.FORMAT,
            Inspector.VERSION,
            IndicatorSet.NONE.digest(),
            at,
            sequence,
            0,
            List.of(gate.result(id))),
        gate.key);
  }

  private Bytes result(long sequence) {
    return result(sequence, ResultFixture.START);
  }

  private Bytes revocation(long sequence) {
    return ResultEnvelope.sign(
        new ResultRevocation(
            ResultRevocation.FORMAT,
            ResultFixture.START,
            sequence,
            List.of(),
            List.of(id.cksum()),
            "not searched for new indicators"),
        gate.key);
  }

  private ResultImportReport follow(String source, Bytes... lines) {
    return gate.results.follow(source, List.of(lines));
  }

  private ResultImportReport take(String source, Bytes line) {
    return gate.results.take(source, List.of(line), List.of());
  }

  private List<Sha256> revoked() {
    List<Sha256> archives = new ArrayList<>();
    new ResultRows(gate.gate.store).eachRevokedArchive((archive, _) -> archives.add(archive));
    return archives;
  }

  private void assertUsed() throws InterruptedException {
    gate.admit(id);
    gate.results.inspectRevoked();
    assertThat(gate.results.count().used()).isOne();
    assertThat(gate.stored(id)).isEqualTo(ResultFixture.marked(gate.honest(id)));
  }

  private void assertInspected() {
    gate.admit(id);
    assertThat(gate.results.count()).isEqualTo(new ResultService.Counts(0, 0));
    assertThat(gate.stored(id)).isEqualTo(gate.honest(id));
  }

  @Test
  void laterResultOfTheFeedIsUsed() throws InterruptedException {
    assertThat(follow(FEED, result(1), revocation(2), result(3)).kept()).isEqualTo(2);

    assertUsed();
  }

  @Test
  void resultOfAnotherFeedDoesNotEndTheRevocation() {
    follow(FEED, revocation(1));

    assertThat(follow("other", result(1), result(2)).kept()).isZero();

    assertInspected();
  }

  /// A gate whose inspector was updated receives the feed once more.
  @Test
  void earlierResultOfTheFeedIsNotUsedAgain() {
    follow(FEED, result(1), revocation(2));
    gate.gate.store.commit(
        Batch.relaxed(
            List.of(
                new Write.DropDeskRow(
                    DeskTable.RESULTS, "source/%d/%s".formatted(Inspector.VERSION, FEED)))));

    assertThat(follow(FEED, result(1)).kept()).isZero();

    assertInspected();
  }

  @Test
  void findingsOfALaterResultStayAfterARepeatedRevocation() throws InterruptedException {
    follow(FEED, result(1), revocation(2), result(3));
    gate.admit(id);
    gate.gate.store.commit(
        Batch.relaxed(
            List.of(
                new Write.DropDeskRow(
                    DeskTable.RESULTS, "source/%d/%s".formatted(Inspector.VERSION, FEED)))));

    follow(FEED, result(1), revocation(2));

    assertUsed();
  }

  @Test
  void revocationByAPersonHereIsFinal() {
    gate.results.revoke(List.of(), List.of(id.cksum()), "ann", "wrong");

    assertThat(follow(FEED, result(1), revocation(2), result(3)).kept()).isZero();
    assertThat(take(BUNDLE, result(0, ResultFixture.START.plusSeconds(9))).kept()).isZero();

    assertInspected();
  }

  @Test
  void laterResultOfABundleIsUsed() throws InterruptedException {
    take(BUNDLE, revocation(0));

    assertThat(take(BUNDLE, result(0)).kept()).as("of the same time").isZero();
    Instant later = ResultFixture.START.plusSeconds(1);
    assertThat(take("bundle:other", result(0, later)).kept()).isZero();
    assertThat(take(BUNDLE, result(0, later)).kept()).isOne();

    assertUsed();
  }

  /// The gate outside may have signed it before it knew the revocation of another gate.
  @Test
  void resultFromBeforeTheArrivalOfTheRevocationIsNotUsed() throws InterruptedException {
    take(BUNDLE, result(0, ResultFixture.START.plusSeconds(60)));
    gate.admit(id);
    gate.gate.clock.advance(Duration.ofSeconds(60));

    take(BUNDLE, revocation(0));
    gate.results.inspectRevoked();

    assertInspected();
  }

  @Test
  void supersededRevocationTravelsNoMore() throws InterruptedException {
    follow(FEED, revocation(1));
    assertThat(gate.results.revocations()).hasSize(1);

    follow(FEED, revocation(1), result(2));
    assertThat(gate.results.revocations()).isEmpty();
    assertUsed();
  }

  @Test
  void supersededRevocationStaysForOtherSources() throws InterruptedException {
    follow(FEED, revocation(1), result(2));
    gate.gate.clock.advance(Duration.ofDays(1));
    gate.results.round();

    assertThat(revoked()).containsExactly(id.cksum());
    assertThat(follow("other", result(1)).kept()).isZero();
    assertUsed();
  }

  /// The last revocation counts also while the feed is received once more.
  @Test
  void resultBetweenTwoRevocationsIsNotUsedAgain() {
    follow(FEED, result(1), revocation(2), result(3), revocation(4));
    gate.gate.store.commit(
        Batch.relaxed(
            List.of(
                new Write.DropDeskRow(
                    DeskTable.RESULTS, "source/%d/%s".formatted(Inspector.VERSION, FEED)))));

    assertThat(follow(FEED, result(1), revocation(2), result(3)).kept()).isZero();

    assertInspected();
  }

  /// Its findings are those of the revoked result until the archive is fetched again.
  @Test
  void revokedFindingsInUseAreInspectedAfterALaterResult() throws InterruptedException {
    follow(FEED, result(1));
    gate.admit(id);
    gate.remove(id);
    follow(FEED, result(1), revocation(2), result(3));
    gate.results.round();

    var _ = gate.gate.gate.admission().importArtifact(id, gate.archive(id));
    gate.results.round();

    assertThat(gate.stored(id)).isEqualTo(gate.honest(id));
    assertThat(gate.results.count().used()).isZero();
  }
}
