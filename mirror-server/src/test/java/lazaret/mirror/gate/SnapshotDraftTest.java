package lazaret.mirror.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.DownloadOutcome;
import lazaret.vetting.desk.SnapshotDraft;
import lazaret.vetting.desk.SnapshotOrder;
import lazaret.vetting.desk.SnapshotOrder.Wish;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the connected side says of the versions in its next snapshot, and for what it asks.
class SnapshotDraftTest {
  private static final SnapshotOrder EVERYTHING = new SnapshotOrder(List.of(), false);

  private final Station outside = new Station();

  @AfterEach
  void close() {
    outside.close();
  }

  private CrateId held(String name, String version, int daysOld) {
    CrateId id = outside.publish(name, version, daysOld);
    assertThat(outside.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    return id;
  }

  private static Wish wish(CrateId id) {
    return new Wish(id.name(), id.version(), id.cksum());
  }

  private SnapshotDraft make(SnapshotOrder order) {
    SnapshotDraft draft = outside.desk.snapshots().draft(order);
    note(draft, SnapshotKind.FULL);
    return draft;
  }

  private void note(SnapshotDraft draft, SnapshotKind kind) {
    var info =
        new SnapshotInfo(
            1,
            draft.sequence(),
            kind,
            draft.stateRoot(),
            draft.stateRoot(),
            outside.clock.instant(),
            outside.clock.instant(),
            draft.crates(),
            draft.versions(),
            0);
    outside.desk.snapshots().note(info, draft, "ann", List.of());
  }

  private Statement statement(SnapshotDraft draft, CrateId id) {
    return outside
        .store
        .snapshots()
        .crate(id.name(), draft.sequence())
        .orElseThrow()
        .line(id.version())
        .orElseThrow()
        .statement();
  }

  @Test
  void whatARevocationTookAwayIsNewToTheNextSnapshot() {
    CrateId beta = held("beta", "1.0.0", 100);
    CrateId user =
        outside.publish(CrateBuilder.crate("alpha", "1.0.0").dependency("beta", "^1"), 100);
    SnapshotOrder both = new SnapshotOrder(List.of(wish(user), wish(beta)), false);
    assertThat(make(both).whole()).isTrue();
    outside.decide(Decision.Kind.REVOKE, beta);
    SnapshotDraft revoking = outside.desk.snapshots().draft(EVERYTHING);
    assertThat(revoking.unmet()).singleElement().matches(u -> !u.told());
    note(revoking, SnapshotKind.REVOCATION);

    SnapshotDraft next = make(both);
    assertThat(next.missing()).singleElement().matches(m -> !m.told());
    assertThat(next.unmet()).singleElement().matches(u -> !u.told());
    assertThat(make(both).whole()).isTrue();
  }

  /// Who reads it inside cannot ask outside.
  @Test
  void aDenialByPolicyNamesItsRuleOnceAndForAll() {
    CrateId young = outside.publish("alpha", "1.0.0", 1);
    SnapshotOrder order = new SnapshotOrder(List.of(wish(young)), false);
    SnapshotDraft first = make(order);
    Decision why = statement(first, young).said().decisions().getFirst();
    assertThat(why.reason()).startsWith("withheld outside, takeover: young-crate: ");
    assertThat(why.at()).isEqualTo(outside.clock.instant());
    assertThat(statement(first, young).said().sequence()).isZero();

    outside.clock.advance(Duration.ofHours(1));
    assertThat(make(order).changed()).isZero();

    outside.decide(Decision.Kind.DENY, young);
    assertThat(statement(make(order), young).said().decisions())
        .singleElement()
        .matches(d -> d.by().equals("ann"));
  }

  @Test
  void whatTheIndexDoesNotKnowIsAskedForOnce() {
    CrateId known = held("alpha", "1.0.0", 100);
    Wish unknown = new Wish(known.name(), CrateVersion.parse("9.9.9"), known.cksum());
    SnapshotOrder order = new SnapshotOrder(List.of(wish(known), unknown), false);
    SnapshotDraft draft = outside.desk.snapshots().draft(order);
    assertThat(draft.missing()).singleElement().matches(m -> m.unknown() && !m.told());
    SnapshotDraft again = outside.desk.snapshots().draft(order);
    assertThat(again.whole()).isFalse();
    note(again, SnapshotKind.REVOCATION);
    assertThat(make(order).whole()).isFalse();

    assertThat(make(new SnapshotOrder(List.of(wish(known)), false)).whole()).isTrue();
    SnapshotDraft later = make(order);

    assertThat(later.missing()).singleElement().matches(m -> m.unknown() && m.told());
    assertThat(later.whole()).isTrue();
  }
}
