package lazaret.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.SigningKey;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.Validators;
import lazaret.vetting.inspect.Inspector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The feed of a gate, and another gate that follows it.
class ResultFeedTest {
  private static final long ALL = 1L << 30;
  private static final int MANY = 40;
  private static final String INDICATOR =
      "[[advisory]]\nid = \"A-1\"\nreason = \"r\"\niocs = [\"drop.evil.invalid\"]\n";

  private final ResultFixture origin = new ResultFixture(ResultFixture.key(1));
  private final ResultFixture inside = new ResultFixture(null);

  @AfterEach
  void close() {
    inside.close();
    origin.close();
  }

  @Test
  void givesTheFindingsOfOneGateToAnother() {
    CrateId id = origin.publish("alpha");
    origin.admit(id);
    CrateId same = inside.publish("alpha");
    publish();

    inside.results.follow("outer", origin.results.lines(0, ALL));
    inside.admit(same);

    assertThat(same).isEqualTo(id);
    assertThat(inside.results.count()).isEqualTo(new ResultService.Counts(0, 1));
    assertThat(inside.stored(id)).isEqualTo(origin.stored(id));
    assertThat(inside.results.position("outer")).isEqualTo(origin.results.last());
  }

  @Test
  void publishesEachResultOnce() {
    origin.admit(origin.publish("alpha"));
    publish();
    long first = origin.results.last();
    publish();
    assertThat(origin.results.last()).isEqualTo(first);

    origin.admit(origin.publish("beta"));
    publish();

    assertThat(origin.results.last()).isEqualTo(first + 1);
  }

  @Test
  void publishesNothingWhileFindingsBelongToOtherIndicators() {
    origin.admit(origin.publish("alpha"));
    origin.gate.store.commit(
        Batch.relaxed(List.of(new Write.PutMeta(MetaKey.RESCAN_DONE, Bytes.utf8("")))));

    origin.results.publish();

    assertThat(origin.results.last()).isZero();
    assertThat(origin.results.export(crates(), Set.of())).isEmpty();
  }

  @Test
  void doesNotSignResultsOfOthersAsItsOwn() {
    CrateId id = origin.publish("alpha");
    origin.take(ResultFixture.batch(origin.result(id)));
    origin.admit(id);

    publish();

    assertThat(origin.results.last()).isZero();
  }

  @Test
  void followsOnlyTheNextLine() {
    origin.admit(origin.publish("alpha"));
    publish();
    origin.admit(origin.publish("beta"));
    publish();
    List<Bytes> lines = origin.results.lines(0, ALL);
    assertThat(lines).hasSize(2);

    assertThatThrownBy(() -> inside.results.follow("outer", lines.subList(1, 2)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected line 1, found line 2");
    inside.results.follow("outer", lines);
    assertThatThrownBy(() -> inside.results.follow("outer", lines))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected line 3, found line 1");
  }

  /// A gate that is restored from a backup gives the numbers of lost lines to others.
  @Test
  void noticesThatTheOtherGateWasRestored() {
    origin.admit(origin.publish("alpha"));
    publish();
    origin.admit(origin.publish("beta"));
    publish();
    inside.results.follow("outer", origin.results.lines(0, ALL));
    assertThat(inside.results.since("outer")).isOne();

    inside.results.follow("outer", origin.results.lines(1, ALL));

    assertThat(inside.results.position("outer")).isEqualTo(2);
    try (ResultFixture restored = new ResultFixture(ResultFixture.key(1))) {
      for (String other : List.of("first", "second", "third")) {
        restored.results.revoke(List.of(), List.of(ResultFixture.digest(other)), "ann", other);
      }
      assertThatThrownBy(() -> inside.results.follow("outer", restored.results.lines(1, ALL)))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("expected the line 2 that was received, found another one");
    }
    assertThat(inside.results.position("outer")).isEqualTo(2);
  }

  /// Releases of the gates differ for a while. A revocation does not wait for the end of it.
  @Test
  void followsRevocationsOfAGateWithAnotherInspector() throws InterruptedException {
    CrateId alpha = inside.publish("alpha");
    CrateId beta = inside.publish("beta");
    inside.take(ResultFixture.batch(inside.result(alpha)));
    inside.admit(alpha);
    ResultRevocation revocation =
        new ResultRevocation(
            ResultRevocation.FORMAT,
            ResultFixture.START,
            2,
            List.of(),
            List.of(alpha.cksum()),
            "wrong");

    ResultImportReport report =
        inside.results.follow(
            "outer",
            List.of(
                ResultEnvelope.sign(foreign(1, 0, inside.result(beta)), inside.key),
                ResultEnvelope.sign(revocation, inside.key)));
    inside.results.inspectRevoked();

    assertThat(report).isEqualTo(new ResultImportReport(2, 0, 1, 1, 1));
    assertThat(inside.results.count()).isEqualTo(new ResultService.Counts(0, 0));
    assertThat(inside.stored(alpha)).isEqualTo(inside.honest(alpha));
    assertThat(inside.results.position("outer")).isEqualTo(2);
  }

  /// The other inspector did not search the archives of earlier lines by the rules of this one.
  @Test
  void confirmationByAnotherInspectorHasNoEffect() {
    ResultRows rows = new ResultRows(inside.gate.store);
    CrateId id = inside.publish("alpha");
    Bytes own = ResultEnvelope.sign(numbered(1, inside.result(id)), inside.key);

    inside.results.follow("outer", List.of(own, ResultEnvelope.sign(foreign(2, 1), inside.key)));

    assertThat(inside.results.count().waiting()).isOne();
    assertThat(rows.position("outer").sequence()).isEqualTo(2);
    assertThat(rows.position("outer").confirms()).isZero();
    assertThat(rows.position("outer").indicators()).isNull();
  }

  private static ResultBatch numbered(long sequence, InspectionResult... results) {
    ResultBatch batch = ResultFixture.batch(results);
    return new ResultBatch(
        batch.format(),
        batch.inspector(),
        batch.indicators(),
        batch.at(),
        sequence,
        0,
        batch.results());
  }

  /// Returns a line of a gate whose inspector has the next version.
  private static ResultBatch foreign(long sequence, long confirms, InspectionResult... results) {
    ResultBatch batch = ResultFixture.batch(results);
    return new ResultBatch(
        batch.format(),
        batch.inspector() + 1,
        batch.indicators(),
        batch.at(),
        sequence,
        confirms,
        batch.results());
  }

  /// Results that were left out are of the version of this program after its upgrade.
  @Test
  void anotherInspectorFollowsTheFeedFromItsFirstLine() {
    origin.admit(origin.publish("alpha"));
    publish();
    ResultRows.Position former = new ResultRows.Position(9, null, 0, null);
    inside.gate.store.commit(
        Batch.relaxed(
            List.of(
                new Write.PutDeskRow(
                    new DeskRow(
                        DeskTable.RESULTS,
                        "source/%d/outer".formatted(Inspector.VERSION - 1),
                        ResultJson.ROWS.encode(former))))));

    assertThat(inside.results.since("outer")).isZero();
    inside.results.follow("outer", origin.results.lines(0, ALL));

    assertThat(inside.results.position("outer")).isEqualTo(origin.results.last());
  }

  @Test
  void refusesALineOfAFeedAsAFile() {
    origin.admit(origin.publish("alpha"));
    publish();

    assertThatThrownBy(() -> inside.results.take("file", origin.results.lines(0, ALL), List.of()))
        .hasMessageContaining("expected lines outside of a feed");
  }

  @Test
  void endsAPartAtItsSize() {
    origin.admit(origin.publish("alpha"));
    publish();
    origin.admit(origin.publish("beta"));
    publish();

    assertThat(origin.results.lines(0, 1)).hasSize(1);
    assertThat(origin.results.lines(1, 1)).hasSize(1);
    assertThat(origin.results.lines(2, 1)).isEmpty();
  }

  @Test
  void carriesARevocationToTheOtherGate() throws InterruptedException {
    CrateId id = origin.publish("alpha");
    origin.admit(id);
    publish();
    inside.publish("alpha");
    inside.results.follow("outer", origin.results.lines(0, ALL));
    inside.admit(id);

    origin.results.revoke(List.of(), List.of(id.cksum()), "ann", "the inspector was wrong");
    inside.results.follow("outer", origin.results.lines(1, ALL));
    inside.results.inspectRevoked();

    assertThat(inside.results.count()).isEqualTo(new ResultService.Counts(0, 0));
    assertThat(inside.stored(id)).isEqualTo(inside.honest(id));
  }

  @Test
  void signsTheResultsOfABundle() {
    CrateId alpha = origin.publish("alpha");
    CrateId beta = origin.publish("beta");
    origin.admit(alpha);
    origin.admit(beta);
    origin.searched();

    List<Bytes> lines = origin.results.export(crates(), Set.of(alpha.cksum())).orElseThrow();

    inside.publish("alpha");
    assertThat(inside.results.take("bundle", lines, List.of()).kept()).isOne();
    inside.admit(alpha);
    assertThat(inside.results.count().used()).isOne();
  }

  @Test
  void findsAWrongResultByItsShare() throws InterruptedException {
    try (ResultFixture careful = new ResultFixture(null, 100)) {
      CrateId id = careful.publish("alpha");
      CrateId waiting = careful.publish("beta");
      careful.take(ResultFixture.batch(careful.result(id), careful.result(waiting)));
      careful.results.start(Leader.ALONE);

      careful.admit(id);

      long end = System.nanoTime() + 20_000_000_000L;
      while (!careful.stored(id).equals(careful.honest(id)) && System.nanoTime() < end) {
        Thread.sleep(20);
      }
      assertThat(careful.stored(id)).isEqualTo(careful.honest(id));
      assertThat(careful.results.keys())
          .singleElement()
          .extracting(ResultService.KeyState::revoked)
          .asString()
          .contains("differs from an inspection here");
      careful.admit(waiting);
      assertThat(careful.stored(waiting)).isEqualTo(careful.honest(waiting));
    }
  }

  /// An archive that cannot wait is checked at once, and its result is compared, too.
  @Test
  void findsAWrongResultIfTooManyWait() {
    try (ResultFixture careful = new ResultFixture(null, 100)) {
      List<CrateId> all =
          IntStream.rangeClosed(0, ResultCheckQueue.MAX)
              .mapToObj(i -> careful.publish("alpha-" + i))
              .toList();
      careful.take(
          ResultFixture.batch(all.stream().map(careful::result).toArray(InspectionResult[]::new)));

      all.forEach(careful::admit);

      assertThat(careful.stored(all.getFirst()))
          .isEqualTo(ResultFixture.marked(careful.honest(all.getFirst())));
      assertThat(careful.stored(all.getLast())).isEqualTo(careful.honest(all.getLast()));
      assertThat(careful.results.keys())
          .singleElement()
          .extracting(ResultService.KeyState::revoked)
          .asString()
          .contains("differs from an inspection here");
    }
  }

  /// Retention removes archives and leaves their findings.
  @Test
  void revokedFindingsOfARemovedArchiveAreNotItsOwn() throws InterruptedException {
    CrateId id = origin.publish("alpha");
    origin.take(ResultFixture.batch(origin.result(id)));
    origin.admit(id);
    origin.remove(id);

    origin.results.revoke(List.of(), List.of(id.cksum()), "ann", "wrong");
    origin.results.inspectRevoked();

    assertThat(origin.results.count().used()).isOne();
    var _ = origin.gate.gate.admission().importArtifact(id, origin.archive(id));
    origin.results.inspectRevoked();
    assertThat(origin.stored(id)).isEqualTo(origin.honest(id));
    assertThat(origin.results.count().used()).isZero();
  }

  /// It is in heap for long if it is requested often, and must not be served by these findings.
  @Test
  void removedArchiveInHeapIsFetchedAndInspected() {
    CrateId id = origin.publish("alpha");
    CrateId kept = origin.publish("beta");
    origin.take(ResultFixture.batch(origin.result(id), origin.result(kept)));
    origin.admit(id);
    origin.admit(kept);
    origin.remove(id);
    origin.remove(kept);
    origin.results.revoke(List.of(), List.of(id.cksum()), "ann", "wrong");

    origin.results.forgetRevoked();
    origin.admit(id);
    origin.admit(kept);

    assertThat(origin.stored(id)).isEqualTo(origin.honest(id));
    assertThat(origin.gate.store.hasArtifact(kept.cksum())).isFalse();
    assertThat(origin.stored(kept)).isEqualTo(ResultFixture.marked(origin.honest(kept)));
  }

  @Test
  void publishesNoResultOfARemovedArchive() {
    CrateId id = origin.publish("alpha");
    origin.admit(id);
    origin.remove(id);

    publish();

    assertThat(origin.results.last()).isZero();
    assertThat(origin.results.export(crates(), Set.of(id.cksum()))).contains(List.of());
  }

  /// The confirmation for new indicators must not cover what was not searched for them.
  @Test
  void revokesAResultThatNewIndicatorsCannotSearch() {
    CrateId removed = origin.publish("alpha");
    CrateId kept = origin.publish("beta");
    origin.admit(removed);
    origin.admit(kept);
    publish();
    assertThat(inside.publish("alpha")).isEqualTo(removed);
    assertThat(inside.publish("beta")).isEqualTo(kept);
    inside.results.follow("outer", origin.results.lines(0, ALL));
    assertThat(inside.results.count().waiting()).isEqualTo(2);

    origin.remove(removed);
    var source = new FeedSource("names", FeedFormat.LOCAL, "test", ResultFixture.START);
    var delivery = new FeedService.FeedDelivery(source, Validators.NONE, false, "test");
    assertThat(origin.gate.desk.feeds().accept(delivery, Bytes.utf8(INDICATOR)))
        .isInstanceOf(FeedUpdateReport.Accepted.class);
    publish();
    inside.results.follow("outer", origin.results.lines(inside.results.position("outer"), ALL));

    assertThat(inside.results.count().waiting()).isOne();
    assertThat(inside.results.position("outer")).isEqualTo(origin.results.last());
  }

  @Test
  void nodesAppendTheirLinesWithoutAGap() throws InterruptedException {
    List<ResultService> nodes = List.of(origin.results, origin.opened(ResultFixture.key(1)));
    List<Thread> threads =
        nodes.stream().map(node -> Thread.ofVirtual().start(() -> revokeMany(node))).toList();
    for (Thread thread : threads) {
      thread.join();
    }

    inside.results.follow("outer", origin.results.lines(0, ALL));

    assertThat(inside.results.position("outer")).isGreaterThanOrEqualTo(2 * MANY);
    assertThat(inside.results.position("outer")).isEqualTo(origin.results.last());
  }

  private static void revokeMany(ResultService node) {
    for (int i = 0; i < MANY; i++) {
      String archive = "archive %d of %d".formatted(i, System.identityHashCode(node));
      node.revoke(List.of(), List.of(ResultFixture.digest(archive)), "ann", "revocation " + i);
    }
  }

  @Test
  void anotherKeySignsAllLinesAgain() {
    origin.admit(origin.publish("alpha"));
    publish();
    origin.results.revoke(List.of(), List.of(ResultFixture.digest("a")), "ann", "wrong");
    SigningKey next = ResultFixture.key(2);

    origin.opened(next).publish();

    assertThat(origin.results.lines(0, ALL))
        .extracting(line -> ResultEnvelope.read(line, List.of(next.publicKey())).sequence())
        .containsExactly(1L, 2L);
    origin.admit(origin.publish("beta"));
    origin.opened(next).publish();
    assertThat(origin.results.lines(2, ALL))
        .extracting(line -> ResultEnvelope.read(line, List.of(next.publicKey())).sequence())
        .containsExactly(3L);
  }

  @Test
  void revocationThatCannotBeSignedIsInForceAndPublishedLater() {
    AtomicBoolean broken = new AtomicBoolean(true);
    ResultService service = origin.opened(new BrokenKey(ResultFixture.key(1), broken));
    CrateId id = origin.publish("alpha");

    service.revoke(List.of(), List.of(id.cksum()), "ann", "wrong");
    assertThat(service.last()).isZero();
    assertThat(origin.take(ResultFixture.batch(origin.result(id))).kept()).isZero();
    broken.set(false);
    service.publish();
    service.publish();

    assertThat(service.lines(0, ALL))
        .singleElement()
        .extracting(line -> ResultEnvelope.read(line, List.of(origin.key.publicKey())))
        .isInstanceOf(ResultEnvelope.Revoked.class);
  }

  /// A key in a module that can be missing.
  private record BrokenKey(SigningKey key, AtomicBoolean broken) implements SigningKey {
    @Override
    public TufKey publicKey() {
      return key.publicKey();
    }

    @Override
    public String sign(Bytes canonical) {
      if (broken.get()) {
        throw new BundleException(BundleCode.KEY_UNUSABLE, "cannot use the key: no module");
      }
      return key.sign(canonical);
    }
  }

  private void publish() {
    origin.searched();
    origin.results.publish();
  }

  private Stream<StoredCrate> crates() {
    return origin.gate.store.crates();
  }
}
