package lazaret.vetting.desk.snapshots;

import static lazaret.vetting.desk.snapshots.SnapshotDrafts.EVERYTHING;
import static lazaret.vetting.desk.snapshots.SnapshotDrafts.wish;
import static lazaret.vetting.desk.snapshots.SnapshotDrafts.wishes;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.snapshots.SnapshotOrder.Wish;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.VerificationStatement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The statements of the connected side about the versions in its next snapshot, and its requests.
class SnapshotBuilderTest {
  private final GateFixture outside = new GateFixture();
  private final SnapshotDrafts drafts = new SnapshotDrafts(outside);

  @AfterEach
  void close() {
    outside.close();
  }

  private VerificationStatement statement(SnapshotDraft draft, CrateId id) {
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
    CrateId beta = drafts.held("beta", "1.0.0", 100);
    CrateId user =
        outside.publish(CrateBuilder.crate("alpha", "1.0.0").dependency("beta", "^1"), 100);
    SnapshotOrder both = wishes(user, beta);
    assertThat(drafts.make(both).whole()).isTrue();
    outside.decide(Decision.Kind.REVOKE, beta);
    SnapshotDraft revoking = drafts.draft(EVERYTHING);
    assertThat(revoking.unmet()).singleElement().matches(u -> !u.acceptedBefore());
    drafts.note(revoking, SnapshotKind.REVOCATION);

    SnapshotDraft next = drafts.make(both);
    assertThat(next.missing()).singleElement().matches(m -> !m.acceptedBefore());
    assertThat(next.unmet()).singleElement().matches(u -> !u.acceptedBefore());
    assertThat(drafts.make(both).whole()).isTrue();
  }

  /// A reader on the isolated side cannot request details from the connected side.
  @Test
  void aDenialByPolicyNamesItsRuleOnceAndForAll() {
    CrateId young = outside.publish("alpha", "1.0.0", 1);
    SnapshotOrder order = wishes(young);
    SnapshotDraft first = drafts.make(order);
    Decision why = statement(first, young).claim().decisions().getFirst();
    assertThat(why.reason()).startsWith("withheld outside, takeover: young-crate: ");
    assertThat(why.at()).isEqualTo(outside.clock.instant());
    assertThat(statement(first, young).claim().sequence()).isZero();

    outside.clock.advance(Duration.ofHours(1));
    assertThat(drafts.make(order).changed()).isZero();

    outside.decide(Decision.Kind.DENY, young);
    assertThat(statement(drafts.make(order), young).claim().decisions())
        .singleElement()
        .matches(d -> d.by().equals("ann"));
  }

  @Test
  void whatTheIndexDoesNotKnowIsAskedForOnce() {
    CrateId known = drafts.held("alpha", "1.0.0", 100);
    Wish unknown = new Wish(known.name(), CrateVersion.parse("9.9.9"), known.cksum());
    SnapshotOrder order = new SnapshotOrder(List.of(wish(known), unknown), false);
    SnapshotDraft draft = drafts.draft(order);
    assertThat(draft.missing()).singleElement().matches(m -> m.unknown() && !m.acceptedBefore());
    SnapshotDraft again = drafts.draft(order);
    assertThat(again.whole()).isFalse();
    drafts.note(again, SnapshotKind.REVOCATION);
    assertThat(drafts.make(order).whole()).isFalse();

    assertThat(drafts.make(wishes(known)).whole()).isTrue();
    SnapshotDraft later = drafts.make(order);

    assertThat(later.missing()).singleElement().matches(m -> m.unknown() && m.acceptedBefore());
    assertThat(later.whole()).isTrue();
  }

  /// Otherwise a gate inside, which has no patterns, would serve the public crate.
  @Test
  void aStoredCrateWithAReservedNameHasNoLines() {
    CrateId stored = drafts.held("alpha", "1.0.0", 100);
    CrateId other = drafts.held("beta", "1.0.0", 100);
    assertThat(drafts.make(EVERYTHING).crates()).isEqualTo(2);
    outside.upstream.reserved.add("alpha");

    SnapshotDraft next = drafts.make(EVERYTHING);

    assertThat(outside.store.snapshots().crates(next.sequence()))
        .extracting(SnapshotCrate::name)
        .containsExactly(other.name());
    assertThat(next.crates()).isEqualTo(1);
    assertThat(outside.desk.snapshots().dropped(stored.name(), stored.version(), false).code())
        .isEqualTo("reserved");
    assertThat(drafts.make(wishes(stored)).missing())
        .extracting(SnapshotDraft.Missing::why)
        .containsExactly("its name is reserved for private crates");
  }

  @Test
  void aRevocationKeepsTheDenialsOfReservedNamesAlone() {
    CrateId denied = drafts.held("alpha", "1.0.0", 100);
    CrateId allowed = drafts.held("beta", "1.0.0", 100);
    SnapshotDraft _ = drafts.make(EVERYTHING);
    outside.decide(Decision.Kind.DENY, denied);
    outside.upstream.reserved.add("alpha");
    outside.upstream.reserved.add("beta");

    SnapshotDraft revoking = drafts.draft(SnapshotOrder.denials());
    drafts.note(revoking, SnapshotKind.REVOCATION);

    assertThat(statement(revoking, denied).allows()).isFalse();
    assertThat(outside.store.snapshots().crate(allowed.name(), revoking.sequence())).isEmpty();
  }
}
