package lazaret.vetting.gate.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.feeds.BlastRadius;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.RecordedVerdict;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.policy.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The recorded verdicts and their requesters.
class VerdictLogTest {
  private final Store store = new InMemoryStore();
  private final GateFixture station = new GateFixture(store);

  @AfterEach
  void close() {
    station.close();
  }

  private List<RecordedVerdict> verdicts(CrateId id) {
    boolean _ = station.desk.queue().isEmpty();
    return store.verdicts(id.name());
  }

  @Test
  void whatIsServedByItsAgeAloneIsNotWrittenDown() {
    CrateId old = station.publish("alpha", "1.0.0", 60);
    station.index("alpha");
    station.download(old);

    assertThat(verdicts(old)).isEmpty();
    assertThat(store.meta("rulings.since")).isPresent();
  }

  @Test
  void aVerdictIsWrittenDownWhenItIsGivenAndWhenItChanges() {
    CrateId young = station.publish("alpha", "1.0.0", 1);
    station.index("alpha");
    station.download(young);
    station.download(young);
    station.clock.advance(Duration.ofHours(1));
    station.decide(Decision.Kind.APPROVE, young);
    station.index("alpha");
    station.download(young);

    List<RecordedVerdict> kept = verdicts(young);

    assertThat(kept)
        .extracting(r -> r.verdict().reason().code())
        .containsExactly(Reason.Code.COOLDOWN, Reason.Code.APPROVED);
    assertThat(kept).extracting(RecordedVerdict::served).containsExactly(false, true);
    assertThat(kept)
        .extracting(RecordedVerdict::at)
        .containsExactly(GateFixture.START, GateFixture.START.plus(Duration.ofHours(1)));
  }

  @Test
  void aRestartWritesNothingThatWasSaidBefore() {
    CrateId young = station.publish("alpha", "1.0.0", 1);
    station.index("alpha");
    List<RecordedVerdict> before = verdicts(young);
    GateFixture again = new GateFixture(store);
    again.registry.publish(
        CrateBuilder.crate("alpha", "1.0.0").file("src/lib.rs", ""),
        line -> line.pubtime(GateFixture.START.minus(Duration.ofDays(1))));
    again.download(young);

    boolean _ = again.desk.queue().isEmpty();

    assertThat(store.verdicts(young.name())).isEqualTo(before).hasSize(1);
  }

  @Test
  void ofManyChangesTheLastAreKept() {
    CrateId id = station.publish("alpha", "1.0.0", 60);
    List<Instant> changed = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      station.clock.advance(Duration.ofMinutes(1));
      station.decide(i % 2 == 0 ? Decision.Kind.DENY : Decision.Kind.APPROVE, id);
      changed.add(station.clock.instant());
    }

    assertThat(verdicts(id))
        .extracting(RecordedVerdict::at)
        .containsExactlyElementsOf(changed.subList(70 - RecordedVerdict.MAX_KEPT, 70));
  }

  @Test
  void lockfilesAreNamedByWhoHasAVersion() {
    CrateId id = station.publish("alpha", "1.0.0", 60);
    station.index("alpha");
    String text = lock("alpha", "1.0.0");
    see(text, "app/Cargo.lock", "ci");
    station.clock.advance(Duration.ofDays(2));
    see(text, "app/Cargo.lock", "ci");
    see(lock("alpha", "1.1.0"), "other/Cargo.lock", "ci");

    BlastRadius radius = station.desk.who(id.name(), id.version());

    assertThat(radius.isEmpty()).isFalse();
    assertThat(radius.lockfiles())
        .singleElement()
        .satisfies(
            locked -> {
              assertThat(locked.digest()).isEqualTo(Sha256.of(Bytes.utf8(text)));
              assertThat(locked.sighting().name()).isEqualTo("app/Cargo.lock");
              assertThat(locked.sighting().first()).isEqualTo(GateFixture.START);
            });
    assertThat(radius.toString())
        .startsWith("handed out to nobody; locked by app/Cargo.lock (sha256 ")
        .endsWith(", ci from 192.0.2.7, 2026-11-24 to 2026-11-26)");
  }

  @Test
  void nobodyPushesTheLockfilesOfOthersOut() {
    for (int i = 0; i < 5; i++) {
      see(lock("alpha", "1.0." + i), "app/Cargo.lock", "ci");
    }
    station.clock.advance(Duration.ofDays(1));
    for (int i = 0; i <= SeenLockfile.MAX_KEPT; i++) {
      see(lock("beta", "1.0." + i), "flood/Cargo.lock", "flood");
    }
    boolean _ = station.desk.queue().isEmpty();

    List<SeenLockfile> kept = store.lockfiles().toList();

    assertThat(kept).hasSizeLessThanOrEqualTo(SeenLockfile.MAX_KEPT);
    assertThat(kept).filteredOn(seen -> seen.count().getFirst().token().equals("ci")).hasSize(5);
  }

  private void see(String text, String name, String token) {
    station.desk.seen(
        Lockfile.parse(Bytes.utf8(text)),
        Sha256.of(Bytes.utf8(text)),
        name,
        new Requester(token, "192.0.2.7"));
  }

  private static String lock(String name, String version) {
    return """
        version = 3

        [[package]]
        name = "%s"
        version = "%s"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "%s"
        """
        .formatted(name, version, "1".repeat(64));
  }
}
