package lazaret.vetting.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.requests.UnblockedLockfileInfo;
import lazaret.vetting.deskapi.requests.UnblockedLockfilesReply;
import lazaret.vetting.deskapi.requests.UnblockedLockfilesRequest;
import lazaret.vetting.ledger.Decision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnblockedLockfilesTest {
  private final QueueFixture queue = new QueueFixture();
  private final CrateId old = queue.station.publish("old", "1.0.0", 60);
  private final CrateId one = queue.young("one");
  private final CrateId two = queue.young("two");

  @AfterEach
  void close() {
    queue.close();
  }

  private UnblockedLockfilesReply unblocked(CrateId... ids) {
    List<CrateSpec> specs =
        Stream.of(ids).map(id -> new CrateSpec(id.name(), id.version(), null)).toList();
    return queue.call(
        RequestOperations.UNBLOCKED_LOCKFILES, new UnblockedLockfilesRequest(specs), "ann");
  }

  /// Fetches the index files, as the request of a build does.
  private void stored() {
    for (CrateId id : List.of(old, one, two)) {
      assertThat(queue.station.index(id.name().published())).isNotEmpty();
    }
  }

  private static UnblockedLockfileInfo only(UnblockedLockfilesReply reply) {
    assertThat(reply.lockfiles()).hasSize(1);
    return reply.lockfiles().getFirst();
  }

  @Test
  void namesWhatStaysWithheldAfterTheDecision() {
    stored();
    queue.sent("web/Cargo.lock", old, one, two);

    UnblockedLockfileInfo info = only(unblocked(one));

    assertThat(info.name()).isEqualTo("web/Cargo.lock");
    assertThat(info.token()).isEqualTo("ci");
    assertThat(info.unblocked()).isOne();
    assertThat(info.passes()).isFalse();
    assertThat(info.rest().withheld())
        .singleElement()
        .satisfies(each -> assertThat(each.name()).isEqualTo(two.name()));
    assertThat(info.rest().complete()).isTrue();
  }

  @Test
  void aClosurePassesIfAllOfItIsDecided() {
    stored();
    queue.sent("web/Cargo.lock", old, one, two);

    UnblockedLockfileInfo info = only(unblocked(one, two));

    assertThat(info.passes()).isTrue();
    assertThat(info.unblocked()).isEqualTo(2);
    assertThat(info.rest().withheld()).isEmpty();
  }

  @Test
  void listsLockfilesThatPassFirst() {
    stored();
    queue.sent("blocked", one, two);
    queue.sent("free", old, one);
    queue.sent("other", old, two);

    UnblockedLockfilesReply reply = unblocked(one);

    assertThat(reply.lockfiles())
        .extracting(UnblockedLockfileInfo::name)
        .containsExactly("free", "blocked");
    assertThat(reply.more()).isZero();
  }

  @Test
  void followsDecisions() {
    stored();
    queue.sent("web/Cargo.lock", one, two);

    queue.station.decide(Decision.Kind.APPROVE, two);

    assertThat(only(unblocked(one)).passes()).isTrue();
  }

  @Test
  void aPackageThatIsNotStoredIsUnknown() {
    queue.sent("web/Cargo.lock", one);

    UnblockedLockfileInfo info = only(unblocked(one));

    assertThat(info.rest().unknown()).isOne();
    assertThat(info.passes()).isFalse();
  }

  @Test
  void examinesALimitedNumberOfLockfiles() {
    stored();
    for (int i = 0; i < UnblockedLockfiles.MAX_LOCKFILES + 3; i++) {
      queue.sent("n" + i, one, queue.station.publish("filler" + i, "1.0.0", 60));
    }

    UnblockedLockfilesReply reply = unblocked(one);

    assertThat(reply.lockfiles()).hasSize(UnblockedLockfiles.MAX_LOCKFILES);
    assertThat(reply.more()).isEqualTo(3);
  }

  @Test
  void refusesVersionsThatAreNotExact() {
    assertThat(refusal(List.of()))
        .isEqualTo("cannot read the request: expected 1 to 200 versions in `specs`, found 0");
    assertThat(refusal(List.of(CrateSpec.parse("one@1"))))
        .isEqualTo(
            "cannot read the request: expected one exact version, NAME@VERSION, found 'one@1'");
    CrateSpec spec = CrateSpec.parse("one@1.0.0");
    assertThat(refusal(List.of(spec, spec)))
        .isEqualTo("cannot read the request: expected each version once, found 'one@1.0.0' twice");
  }

  private String refusal(List<CrateSpec> specs) {
    return queue
        .refusals(RequestOperations.UNBLOCKED_LOCKFILES, new UnblockedLockfilesRequest(specs))
        .getFirst();
  }
}
