package lazaret.vetting.gate.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Versions that upstream no longer lists, or seems not to: unusable responses, single lines and
/// whole crates that vanish, one and many, temporarily and permanently.
class SuspectedRemovalsTest {
  private static final Duration TTL = Duration.ofMinutes(11);
  private static final Duration HOUR = Duration.ofHours(1);

  private GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  /// Bodies with status 200 that are not the index file of `alpha`.
  static Stream<Bytes> unusable() {
    byte[] random = new byte[4_000];
    new Random(8).nextBytes(random);
    return Stream.of(
        Bytes.utf8(
            "{\"name\":\"other\",\"vers\":\"1.0.0\",\"deps\":[],\"cksum\":\"%s\",\"features\":{},\"yanked\":false}\n"
                .formatted("ab".repeat(32))),
        Bytes.of(random),
        Bytes.utf8("\u0001\n\u0002\n"),
        Bytes.utf8("<html>please log in</html>"),
        Bytes.utf8("{\"errors\":[{\"detail\":\"down\"}]}\n"),
        Bytes.of("alpha".getBytes(StandardCharsets.UTF_16)),
        Bytes.EMPTY);
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void f8anUnusableAnswerRemovesNothingAndWritesNothing(Bytes body) {
    CrateId id = station.publish("alpha", "1.0.0", 30);
    String before = station.index("alpha");
    for (int i = 0; i < 12; i++) {
      station.upstream.insteadOfIndex = body;
      station.clock.advance(TTL);

      assertThat(station.index("alpha")).isEqualTo(before);
      assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    }
    assertThat(station.notices()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void f8aCrateNeverHeldIsUnavailableAfterAnUnusableAnswer(Bytes body) {
    station.publish("alpha", "1.0.0", 30);
    station.upstream.insteadOfIndex = body;

    IndexOutcome outcome = station.gate.index(CrateName.parse("alpha"));

    assertThat(outcome).isInstanceOf(IndexOutcome.Unavailable.class);
    assertThat(((IndexOutcome.Unavailable) outcome).retryAfter()).isPositive();
    station.upstream.insteadOfIndex = null;
    station.clock.advance(Duration.ofSeconds(31));
    assertThat(station.index("alpha")).contains("1.0.0");
  }

  @Test
  void f8one404WithdrawsNothingThatIsPastItsWaitOrApproved() {
    CrateId automatic = station.publish("alpha", "1.0.0", 30);
    CrateId approved = station.publish("alpha", "1.1.0", 1);
    station.decide(Decision.Kind.APPROVE, approved);
    String before = station.index("alpha");
    vanish("alpha");
    station.clock.advance(TTL);

    assertThat(station.index("alpha")).isEqualTo(before);
    DownloadOutcome served = station.download(automatic);
    assertThat(served).isInstanceOf(DownloadOutcome.Served.class);
    Verdict verdict = ((DownloadOutcome.Served) served).verdict();
    assertThat(verdict.has(Reason.Code.REMOVAL_UNCONFIRMED)).isTrue();
    assertThat(station.download(approved)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(station.notices()).containsExactly(Notice.Kind.REMOVAL_UNCONFIRMED);
    assertThat(station.gate.removals().open()).hasSize(1);
  }

  @Test
  void aRemovedYoungVersionDoesNotAgeIntoService() {
    station.publish("alpha", "1.0.0", 60);
    CrateBuilder crate = CrateBuilder.crate("alpha", "1.1.0").file("src/lib.rs", "");
    station.registry.publish(
        crate, l -> l.pubtime(GateFixture.START.minus(Duration.ofDays(7).minusMinutes(30))));
    CrateId young = crate.id();
    station.index("alpha");
    station.registry.removeLine("alpha", "1.1.0");
    station.clock.advance(TTL);
    station.index("alpha");
    assertThat(reason(station.download(young))).isEqualTo(Reason.Code.REMOVAL_UNCONFIRMED);

    station.clock.advance(Duration.ofMinutes(30));

    assertThat(reason(station.download(young))).isEqualTo(Reason.Code.REMOVAL_UNCONFIRMED);
  }

  @Test
  void denialsAndMalwareDoNotWaitForAConfirmation() {
    CrateId denied = station.publish("alpha", "1.0.0", 30);
    station.index("alpha");
    vanish("alpha");
    station.clock.advance(TTL);
    station.index("alpha");

    station.decide(Decision.Kind.DENY, denied);

    assertThat(reason(station.download(denied))).isEqualTo(Reason.Code.DENIED);
  }

  @Test
  void theServerConfirmsARemovalByItself() throws Exception {
    CrateId gone = station.publish("alpha", "1.0.0", 30);
    station.publish("alpha", "1.0.1", 30);
    station.index("alpha");
    station.gate.start();
    station.registry.removeLine("alpha", "1.0.0");
    station.clock.advance(TTL);
    station.index("alpha");
    int asked = station.upstream.indexRequests.get();

    station.clock.advance(HOUR);
    await(() -> station.gate.removals().open().isEmpty());

    assertThat(station.upstream.indexRequests.get() - asked).isEqualTo(1);
    assertThat(reason(station.download(gone))).isEqualTo(Reason.Code.GONE_UPSTREAM);
    assertThat(station.notices())
        .containsExactly(Notice.Kind.REMOVAL_UNCONFIRMED, Notice.Kind.GONE_UPSTREAM);
  }

  @Test
  void aRestartNeitherForgetsNorHastensAConfirmation() throws Exception {
    CrateId id = station.publish("alpha", "1.0.0", 30);
    station.index("alpha");
    vanish("alpha");
    station.clock.advance(TTL);
    station.index("alpha");

    GateFixture later = new GateFixture(station.store);
    station = later;
    later.clock.advance(TTL);
    later.gate.start();
    later.index("alpha");
    assertThat(later.download(id)).isNotInstanceOf(DownloadOutcome.Withheld.class);
    later.clock.advance(HOUR);
    await(() -> later.gate.removals().open().isEmpty());

    assertThat(reason(later.download(id))).isEqualTo(Reason.Code.GONE_UPSTREAM);
  }

  @Test
  void aLineThatIsBackEndsTheSuspicionWithANotice() throws Exception {
    CrateId id = station.publish("alpha", "1.0.0", 30);
    String before = station.index("alpha");
    station.gate.start();
    vanish("alpha");
    station.clock.advance(TTL);
    station.index("alpha");
    appear("alpha", 30);

    station.clock.advance(HOUR);
    await(() -> station.gate.removals().open().isEmpty());

    assertThat(station.index("alpha")).isEqualTo(before);
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(station.notices())
        .containsExactly(Notice.Kind.REMOVAL_UNCONFIRMED, Notice.Kind.RETURNED_UPSTREAM);
  }

  @Test
  void anUpstreamThatIsDownConfirmsNothing() throws Exception {
    CrateId id = station.publish("alpha", "1.0.0", 30);
    station.download(id);
    station.gate.start();
    vanish("alpha");
    station.clock.advance(TTL);
    station.index("alpha");
    station.upstream.down = true;
    int asked = station.upstream.indexRequests.get();

    station.clock.advance(HOUR);
    await(() -> station.upstream.indexRequests.get() > asked);

    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(station.gate.removals().open()).hasSize(1);
  }

  @Test
  void aRemovalMeansTheSameForAFileThatDidNotChangeSince() {
    CrateId gone = station.publish("alpha", "1.0.0", 30);
    station.publish("alpha", "1.0.1", 30);
    station.index("alpha");
    station.registry.removeLine("alpha", "1.0.0");
    station.clock.advance(TTL);
    station.index("alpha");
    station.clock.advance(HOUR);

    station.index("alpha");

    assertThat(reason(station.download(gone))).isEqualTo(Reason.Code.GONE_UPSTREAM);
  }

  @Test
  void aCrateThatFlapsDoesNotMakeTheLedgerGrow() {
    for (int i = 0; i < 20; i++) {
      station.publish("alpha", "1.0." + i, 30);
    }
    station.index("alpha");
    for (int i = 0; i < 30; i++) {
      station.upstream.absent = "alpha";
      station.clock.advance(TTL);
      station.index("alpha");
      station.upstream.absent = null;
      station.clock.advance(TTL);
      station.index("alpha");
    }

    // 30 flaps of 20 versions in 11 hours: at most one suspicion and one return an hour.
    assertThat(station.notices().size()).isBetween(2, 22);
  }

  @Test
  void aThirdOfTheCratesThatVanishesIsNotBelieved() throws Exception {
    List<CrateId> ids = crates(30);
    station.gate.start();
    for (int i = 0; i < 10; i++) {
      vanish(name(i));
    }
    station.clock.advance(TTL);
    asked(30);
    for (int hour = 0; hour < 3; hour++) {
      station.clock.advance(HOUR);
      asked(30);
      Thread.sleep(1_100);
    }

    for (CrateId id : ids) {
      assertThat(station.download(id)).as("%s", id).isInstanceOf(DownloadOutcome.Served.class);
    }
    assertThat(station.notices()).filteredOn(kind -> kind == Notice.Kind.MASS_REMOVAL).hasSize(1);
    assertThat(station.gate.removals().massSince()).isNotNull();
  }

  @Test
  void whatAPersonConfirmsIsWithdrawnAfterOneMoreRequest() throws Exception {
    List<CrateId> ids = crates(10);
    station.gate.start();
    for (int i = 0; i < 10; i++) {
      vanish(name(i));
    }
    station.clock.advance(TTL);
    asked(10);
    appear(name(0), 30);

    assertThat(station.gate.confirmRemovals("ann")).isEqualTo(10);
    await(() -> station.gate.removals().open().isEmpty());

    assertThat(station.download(ids.get(0))).isInstanceOf(DownloadOutcome.Served.class);
    for (CrateId id : ids.subList(1, 10)) {
      assertThat(reason(station.download(id))).isEqualTo(Reason.Code.GONE_UPSTREAM);
    }
    assertThat(station.notices()).contains(Notice.Kind.REMOVALS_CONFIRMED);
  }

  @Test
  void theAlarmEndsByItselfOnceUpstreamListsEverythingAgain() throws Exception {
    crates(10);
    station.gate.start();
    for (int i = 0; i < 10; i++) {
      vanish(name(i));
    }
    station.clock.advance(TTL);
    asked(10);
    for (int i = 0; i < 10; i++) {
      appear(name(i), 30);
    }

    station.clock.advance(HOUR);
    await(() -> station.gate.removals().open().isEmpty());

    assertThat(station.gate.removals().massSince()).isNull();
    assertThat(station.notices()).contains(Notice.Kind.MASS_REMOVAL_ENDED);
  }

  @Test
  void crateFilesThatOlderProgramsHeldEmptyAreNotServed() {
    var name = CrateName.parse("alpha");
    var empty = new StoredCrate(name, List.of(), List.of());
    var freshness = new Freshness(Validators.NONE, GateFixture.START, GateFixture.START);
    station.store.commit(
        Batch.synced(
            List.of(
                new Batch.Write.PutCrate(empty), new Batch.Write.PutFreshness(name, freshness))));
    station.upstream.down = true;

    assertThat(station.index("alpha")).startsWith("503");
    station.upstream.down = false;
    station.publish("alpha", "1.0.0", 30);
    station.clock.advance(Duration.ofSeconds(31));
    assertThat(station.index("alpha")).contains("1.0.0");
  }

  private static String name(int number) {
    return "crate-" + number;
  }

  private List<CrateId> crates(int count) {
    List<CrateId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(station.publish(name(i), "1.0.0", 30));
      assertThat(station.download(ids.get(i))).isInstanceOf(DownloadOutcome.Served.class);
    }
    return ids;
  }

  private void asked(int count) {
    for (int i = 0; i < count; i++) {
      station.index(name(i));
    }
  }

  private void vanish(String crate) {
    station.registry.removeLine(crate, "1.0.0").removeLine(crate, "1.1.0");
  }

  private void appear(String crate, int daysOld) {
    station.registry.publish(
        CrateBuilder.crate(crate, "1.0.0").file("src/lib.rs", ""),
        line -> line.pubtime(GateFixture.START.minus(Duration.ofDays(daysOld))));
  }

  private static Reason.Code reason(DownloadOutcome outcome) {
    assertThat(outcome).isInstanceOf(DownloadOutcome.Withheld.class);
    return ((DownloadOutcome.Withheld) outcome).verdict().reason().code();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
