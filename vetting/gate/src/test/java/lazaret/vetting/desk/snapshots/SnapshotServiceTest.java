package lazaret.vetting.desk.snapshots;

import static lazaret.vetting.desk.snapshots.SnapshotDrafts.EVERYTHING;
import static lazaret.vetting.desk.snapshots.SnapshotDrafts.wish;
import static lazaret.vetting.desk.snapshots.SnapshotDrafts.wishes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Dependency;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.IndexOutcome;
import lazaret.vetting.gate.snapshots.SnapshotAdapter;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.VerificationStatement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Snapshots between two gates, transferred by hand: one makes them and the other serves them.
class SnapshotServiceTest {
  private final GateFixture outside = new GateFixture();
  private final SnapshotDrafts drafts = new SnapshotDrafts(outside);
  private final GateFixture inside = new GateFixture();

  @BeforeEach
  void cut() {
    inside.upstream.down = true;
  }

  @AfterEach
  void close() {
    outside.close();
    inside.close();
  }

  /// Transfers the changes between two snapshots, with the artifacts, and serves the later one.
  private FeedUpdateReport.Reevaluation carry(long after, SnapshotDraft draft) {
    List<Write> rows = new ArrayList<>();
    try (Stream<SnapshotCrate> all = outside.store.snapshots().changed(after, draft.sequence())) {
      all.forEach(
          crate -> {
            rows.add(new Write.PutSnapshotCrate(draft.sequence(), crate));
            crate.lines().forEach(l -> artifact(l.entry().id(), rows));
          });
    }
    inside.store.commit(Batch.relaxed(rows));
    return inside.desk.snapshots().publish(head(draft));
  }

  private List<Write> head(SnapshotDraft draft) {
    return List.of(
        new Write.PutSnapshot(drafts.info(draft, SnapshotKind.FULL)),
        new Write.PutMeta(MetaKey.SNAPSHOT_HEAD, Bytes.utf8(Long.toString(draft.sequence()))));
  }

  private void artifact(CrateId id, List<Write> rows) {
    Bytes bytes = outside.store.artifact(id.cksum()).orElseThrow();
    switch (new UnverifiedCrate(bytes).verify(id)) {
      case Verification.Match(var crate) -> rows.add(new Write.PutArtifact(crate));
      case Verification.Mismatch mismatch -> throw new AssertionError(mismatch);
    }
  }

  @Test
  void insideServesWhatCameAndNothingElseExists() {
    CrateId old = drafts.held("alpha", "1.0.0", 100);
    CrateId fresh = outside.publish("alpha", "1.1.0", 1);
    outside.clock.advance(Duration.ofHours(1));
    assertThat(outside.download(fresh)).isInstanceOf(DownloadOutcome.Withheld.class);

    carry(0, drafts.make(EVERYTHING));

    assertThat(inside.index("alpha").lines())
        .singleElement()
        .asString()
        .contains("1.0.0", "\"yanked\":false");
    assertThat(inside.download(old)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(inside.download(fresh)).isInstanceOf(DownloadOutcome.Unknown.class);
    assertThat(inside.index("beta")).startsWith("404 ");
    assertThat(inside.upstream.indexRequests).hasValue(0);
  }

  @Test
  void bothSidesComeToTheSameRoot() {
    drafts.held("alpha", "1.0.0", 100);
    SnapshotDraft first = drafts.make(EVERYTHING);
    carry(0, first);
    drafts.held("beta", "1.0.0", 100);
    SnapshotDraft second = drafts.make(EVERYTHING);
    carry(first.sequence(), second);

    assertThat(second.changed()).isEqualTo(1);
    assertThat(second.stateRoot()).isNotEqualTo(first.stateRoot());
    try (var leaves = inside.store.snapshots().leaves(second.sequence())) {
      assertThat(
              lazaret.vetting.snapshot.StateTree.root(leaves.map(Snapshots.Leaf::hash).iterator()))
          .isEqualTo(second.stateRoot());
    }
  }

  @Test
  void nothingNewMakesTheSameRootWithoutRows() {
    drafts.held("alpha", "1.0.0", 100);
    SnapshotDraft first = drafts.make(EVERYTHING);
    outside.clock.advance(Duration.ofHours(1));
    SnapshotDraft second = drafts.make(EVERYTHING);

    assertThat(second.changed()).isZero();
    assertThat(second.stateRoot()).isEqualTo(first.stateRoot());
  }

  @Test
  void anApprovalOutsideHoldsInsideUntilItRunsOut() {
    CrateId young = outside.publish("alpha", "1.1.0", 1);
    assertThat(outside.download(young)).isInstanceOf(DownloadOutcome.Withheld.class);
    outside.decide(Decision.Kind.APPROVE, young, GateFixture.START.plus(Duration.ofDays(2)));
    assertThat(outside.download(young)).isInstanceOf(DownloadOutcome.Served.class);

    carry(0, drafts.make(EVERYTHING));

    assertThat(inside.download(young)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(inside.desk.why(young.name(), young.version()).orElseThrow().decisions())
        .singleElement()
        .satisfies(d -> assertThat(d.by()).isEqualTo("ann"));
    inside.clock.advance(Duration.ofDays(3));
    assertThat(inside.download(young)).isInstanceOf(DownloadOutcome.Withheld.class);
  }

  /// An approval on the isolated side would promise a version that cannot be served.
  @Test
  void aDenialWithoutBytesIsDistinguishedFromOneOfBytesThatAreHere() {
    CrateId id = drafts.held("alpha", "1.0.0", 100);
    SnapshotDraft _ = drafts.make(EVERYTHING);
    outside.decide(Decision.Kind.DENY, id);
    SnapshotDraft denied = drafts.make(EVERYTHING);
    try (Stream<SnapshotCrate> all = outside.store.snapshots().crates(denied.sequence())) {
      List<Write> rows =
          all.<Write>map(crate -> new Write.PutSnapshotCrate(denied.sequence(), crate)).toList();
      inside.store.commit(Batch.relaxed(rows));
    }
    inside.desk.snapshots().publish(head(denied));
    assertThat(inside.download(id))
        .isInstanceOfSatisfying(
            DownloadOutcome.Withheld.class, w -> assertThat(w.onlyByBundle()).isTrue());

    List<Write> bytes = new ArrayList<>();
    artifact(id, bytes);
    inside.store.commit(Batch.relaxed(bytes));
    assertThat(inside.download(id))
        .isInstanceOfSatisfying(
            DownloadOutcome.Withheld.class, w -> assertThat(w.onlyByBundle()).isFalse());
    assertThat(outside.download(id))
        .isInstanceOfSatisfying(
            DownloadOutcome.Withheld.class, w -> assertThat(w.onlyByBundle()).isFalse());
  }

  @Test
  void whatASnapshotBeforeServedIsDistinguishedFromWhatNeverCame() {
    CrateId alpha = drafts.held("alpha", "1.0.0", 100);
    CrateId beta = drafts.held("beta", "1.0.0", 100);
    SnapshotDraft first = drafts.make(EVERYTHING);
    carry(0, first);
    carry(first.sequence(), drafts.make(new SnapshotOrder(List.of(wish(alpha)), true)));

    assertThat(inside.download(beta))
        .isInstanceOfSatisfying(
            DownloadOutcome.Unknown.class,
            u ->
                assertThat(u.detail())
                    .startsWith(
                        "snapshot 2 has no crate 'beta'; snapshot 1 served it, and since then"));
    assertThat(inside.index("gamma"))
        .contains("snapshot 2 has no crate 'gamma'; it comes with a bundle");
  }

  @Test
  void aDenialMadeInsideSurvivesEverySnapshot() {
    CrateId id = drafts.held("alpha", "1.0.0", 100);
    SnapshotDraft first = drafts.make(EVERYTHING);
    carry(0, first);
    inside.decide(Decision.Kind.DENY, id);
    assertThat(inside.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);

    outside.decide(Decision.Kind.APPROVE, id);
    carry(first.sequence(), drafts.make(EVERYTHING));

    assertThat(inside.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
    inside.desk.snapshots().rollback(first.sequence(), "ann", "try");
    assertThat(inside.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
  }

  @Test
  void aRevocationOutsideArrivesAndNamesWhoHasIt() {
    CrateId id = drafts.held("alpha", "1.0.0", 100);
    SnapshotDraft first = drafts.make(EVERYTHING);
    carry(0, first);
    assertThat(inside.download(id)).isInstanceOf(DownloadOutcome.Served.class);

    outside.decide(Decision.Kind.REVOKE, id);
    FeedUpdateReport.Reevaluation rejudged = carry(first.sequence(), drafts.make(EVERYTHING));

    assertThat(inside.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
    assertThat(inside.index("alpha")).contains("\"yanked\":true");
    assertThat(rejudged.withdrawn()).isEqualTo(1);
    assertThat(advisoryNotices(inside))
        .singleElement()
        .asString()
        .contains("no longer served")
        .contains("handed out to ci from 127.0.0.1");
  }

  @Test
  void aCarriedDenialHoldsForOldSnapshotsUntilANewerApprovalComes() {
    CrateId id = drafts.held("alpha", "1.0.0", 100);
    SnapshotDraft first = drafts.make(EVERYTHING);
    carry(0, first);
    outside.clock.advance(Duration.ofMinutes(1));
    outside.decide(Decision.Kind.REVOKE, id);
    SnapshotDraft second = drafts.make(EVERYTHING);
    VerificationStatement revoked = statement(second, id);
    inside
        .desk
        .snapshots()
        .publish(
            List.of(
                new Write.Append(
                    SnapshotAdapter.denial(
                        revoked.claim(),
                        new SnapshotAdapter.Bundle("prod", 1, second.sequence()),
                        inside.clock.instant()))));

    assertThat(inside.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
    outside.clock.advance(Duration.ofMinutes(1));
    outside.decide(Decision.Kind.APPROVE, id);
    SnapshotDraft third = drafts.make(EVERYTHING);
    carry(first.sequence(), third);
    assertThat(inside.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    inside.desk.snapshots().rollback(first.sequence(), "ann", "the new one breaks a build");
    assertThat(inside.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
  }

  @Test
  void aDenialByPolicyAloneOutdoesAnApprovalFromBeforeIt() {
    CrateId young = outside.publish("alpha", "1.1.0", 1);
    assertThat(outside.download(young)).isInstanceOf(DownloadOutcome.Withheld.class);
    outside.decide(Decision.Kind.APPROVE, young);
    assertThat(outside.download(young)).isInstanceOf(DownloadOutcome.Served.class);
    SnapshotDraft first = drafts.make(EVERYTHING);
    carry(0, first);
    assertThat(inside.download(young)).isInstanceOf(DownloadOutcome.Served.class);

    var denied =
        new VerificationStatement.Claim(young, false, 0, Sha256.of(Bytes.EMPTY), List.of());
    inside
        .desk
        .snapshots()
        .publish(
            List.of(
                new Write.Append(
                    SnapshotAdapter.denial(
                        denied,
                        new SnapshotAdapter.Bundle("prod", 1, first.sequence() + 1),
                        inside.clock.instant()))));

    assertThat(inside.download(young)).isInstanceOf(DownloadOutcome.Withheld.class);
    SnapshotDraft second = drafts.make(EVERYTHING);
    drafts.held("beta", "1.0.0", 100);
    carry(second.sequence(), drafts.make(EVERYTHING));
    assertThat(inside.download(young)).isInstanceOf(DownloadOutcome.Served.class);
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
  void goesBackToTheSnapshotBeforeAndSaysSo() {
    CrateId one = drafts.held("alpha", "1.0.0", 100);
    SnapshotDraft first = drafts.make(EVERYTHING);
    carry(0, first);
    CrateId two = drafts.held("beta", "1.1.0", 90);
    carry(first.sequence(), drafts.make(EVERYTHING));
    assertThat(inside.download(two)).isInstanceOf(DownloadOutcome.Served.class);

    inside.desk.snapshots().rollback(first.sequence(), "ann", "1.1.0 breaks a build");

    assertThat(inside.download(two)).isInstanceOf(DownloadOutcome.Unknown.class);
    assertThat(inside.download(one)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(inside.notices()).contains(Notice.Kind.SNAPSHOT_SERVED);
    assertThatThrownBy(() -> inside.desk.snapshots().rollback(9, "ann", "no"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("1 is served, and kept are [1, 2]");
    assertThatThrownBy(() -> outside.desk.snapshots().rollback(1, "ann", "no"))
        .hasMessageContaining("fed by an upstream");
  }

  @Test
  void wishesAreFetchedAndWhatCannotBeIsNamed() {
    CrateId wished = outside.publish("alpha", "1.0.0", 100);
    CrateId young = outside.publish("alpha", "1.1.0", 1);
    SnapshotDraft draft = drafts.draft(wishes(wished, young));

    assertThat(draft.versions()).isEqualTo(2);
    assertThat(draft.missing())
        .singleElement()
        .satisfies(
            m -> {
              assertThat(m.version()).isEqualTo(young.version());
              assertThat(m.why()).contains("younger than 7 days");
            });
    outside.desk.snapshots().drop();
    try (var rows = outside.store.snapshots().crates(9)) {
      assertThat(rows).isEmpty();
    }
  }

  /// Lockfiles are made where the index is newer than the gate's last refresh.
  @Test
  void whatTheHeldIndexDoesNotKnowIsAskedForAtOnce() {
    CrateId held = drafts.held("alpha", "1.0.0", 100);
    CrateId newer = outside.publish("alpha", "1.1.0", 100);
    CrateId nowhere = GateFixture.missing("alpha", "9.0.0", held);

    SnapshotDraft draft = drafts.draft(wishes(newer, nowhere));

    assertThat(draft.missing())
        .extracting(SnapshotDraft.Missing::why)
        .containsExactlyInAnyOrder(
            "younger than 7 days", "the index has no 'alpha 9.0.0'; asked just now: fixtures");
    outside.upstream.down = true;
    assertThat(drafts.draft(wishes(nowhere)).missing())
        .singleElement()
        .satisfies(m -> assertThat(m.why()).contains("upstream is not available"));
  }

  /// Cargo resolves a lockfile as a whole, also if it names versions that only another platform
  /// fetches.
  @Test
  void whatIsWishedAndWithheldTravelsAsADenialUntilItIsServed() {
    CrateId wished = outside.publish("alpha", "1.0.0", 100);
    CrateId young = outside.publish("alpha", "1.1.0", 1);
    SnapshotOrder both = wishes(wished, young);
    SnapshotDraft first = drafts.make(both);
    carry(0, first);

    assertThat(inside.gate.index(wished.name()))
        .isInstanceOfSatisfying(
            IndexOutcome.Served.class,
            s ->
                assertThat(s.view().body().text())
                    .containsPattern("1\\.0\\.0.*\"yanked\":false")
                    .containsPattern("1\\.1\\.0.*\"yanked\":true"));
    assertThat(inside.download(young)).isInstanceOf(DownloadOutcome.Withheld.class);
    outside.clock.advance(Duration.ofDays(14));
    SnapshotDraft second = drafts.make(both);
    assertThat(second.missing()).isEmpty();
    carry(first.sequence(), second);
    assertThat(inside.download(young)).isInstanceOf(DownloadOutcome.Served.class);
  }

  @Test
  void aSnapshotKeepsWhatWasInItUnlessItShallBeExact() {
    CrateId one = drafts.held("alpha", "1.0.0", 100);
    CrateId two = drafts.held("beta", "1.0.0", 100);
    drafts.make(wishes(one));

    assertThat(drafts.draft(wishes(two))).satisfies(d -> assertThat(d.versions()).isEqualTo(2));
    assertThat(drafts.draft(new SnapshotOrder(List.of(wish(two)), true)))
        .satisfies(d -> assertThat(d.versions()).isEqualTo(1));
  }

  @Test
  void namesRequirementsThatNothingInItMeets() {
    outside.publish("beta", "1.0.0", 100);
    CrateId id =
        outside.publish(
            CrateBuilder.crate("alpha", "1.0.0")
                .file("src/lib.rs", "")
                .dependency(Dependency.on("beta", "^1")),
            100);

    SnapshotDraft alone = drafts.draft(wishes(id));
    assertThat(alone.unmet())
        .singleElement()
        .satisfies(u -> assertThat(u.dependency().name()).isEqualTo("beta"));
  }

  /// A missing version that a person accepted once is listed again and needs no further acceptance.
  @Test
  void whatTheSnapshotBeforeLackedIsReportedAsKnown() {
    CrateId young = outside.publish("beta", "1.0.0", 1);
    CrateId user =
        outside.publish(CrateBuilder.crate("alpha", "1.0.0").dependency("beta", "^1"), 100);
    SnapshotOrder both = wishes(user, young);
    SnapshotDraft first = drafts.make(both);
    assertThat(first.whole()).isFalse();
    assertThat(first.missing()).singleElement().matches(m -> !m.acceptedBefore());
    assertThat(first.unmet()).singleElement().matches(u -> !u.acceptedBefore());
    CrateId kept = outside.publish("gamma", "1.0.0", 100);
    CrateId later =
        outside.publish(CrateBuilder.crate("alpha", "1.0.1").dependency("beta", "^1"), 100);
    outside.clock.advance(Duration.ofHours(1));

    SnapshotDraft second = drafts.make(wishes(user, young, kept));
    assertThat(second.missing()).singleElement().matches(m -> m.acceptedBefore());
    assertThat(second.whole()).isTrue();
    // The same requirement of another version is a new one, and comes first.
    outside.decide(Decision.Kind.APPROVE, later);
    SnapshotDraft third = drafts.draft(wishes(user, later));
    assertThat(third.missing()).isEmpty();
    assertThat(third.unmet())
        .extracting(u -> u.by().version().text() + " " + u.acceptedBefore())
        .containsExactly("1.0.1 false", "1.0.0 true");
    assertThat(third.whole()).isFalse();
  }

  /// A revocation has no acceptance, so that no person has agreed to the versions that it
  /// withdraws.
  @Test
  void anOldSnapshotIsServedByNumberLessWhatWasDeniedSince() {
    CrateId one = drafts.held("alpha", "1.0.0", 100);
    CrateId two = drafts.held("beta", "1.0.0", 100);
    SnapshotDraft first = drafts.make(EVERYTHING);
    CrateId later = drafts.held("gamma", "1.0.0", 100);
    SnapshotDraft second = drafts.make(EVERYTHING);

    for (GateFixture station : List.of(outside, inside)) {
      if (station == inside) {
        carry(0, first);
        carry(first.sequence(), second);
      }
      assertThat(asOf(station, 1, one)).isInstanceOf(DownloadOutcome.Served.class);
      assertThat(asOf(station, 1, later))
          .isInstanceOfSatisfying(
              DownloadOutcome.Unknown.class,
              u -> assertThat(u.detail()).isEqualTo("snapshot 1 has no crate 'gamma'"));
      assertThat(asOf(station, 2, later)).isInstanceOf(DownloadOutcome.Served.class);
      assertThat(asOf(station, 9, one))
          .isInstanceOfSatisfying(
              DownloadOutcome.Unknown.class,
              u ->
                  assertThat(u.detail()).isEqualTo("there is no snapshot 9 here; kept are [1, 2]"));
      station.decide(Decision.Kind.DENY, two);
      assertThat(asOf(station, 1, two)).isInstanceOf(DownloadOutcome.Withheld.class);
      assertThat(station.gate.index(1, two.name()))
          .isInstanceOfSatisfying(
              IndexOutcome.Served.class,
              s -> assertThat(s.view().body().text()).contains("\"yanked\":true"));
    }
  }

  private static DownloadOutcome asOf(GateFixture station, long snapshot, CrateId id) {
    return station.gate.download(
        snapshot, id.name(), id.version(), id.cksum(), new Requester("ci", "127.0.0.1"));
  }

  @Test
  void aGateThatServesASnapshotMakesNone() {
    drafts.held("alpha", "1.0.0", 100);
    carry(0, drafts.make(EVERYTHING));

    assertThatThrownBy(() -> inside.desk.snapshots().draft(EVERYTHING))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("export there");
  }

  @Test
  void nothingNewIsAdmittedUnderFeedsPastTheStopAge() {
    Instant now = inside.clock.instant();
    SnapshotService desk = inside.desk.snapshots();

    desk.requireFreshFeeds(List.of(feed(now.minus(Duration.ofDays(89)))), "import snapshot 2");
    assertThatThrownBy(
            () ->
                desk.requireFreshFeeds(
                    List.of(feed(now), feed(now.minus(Duration.ofDays(90)))), "import snapshot 2"))
        .isInstanceOf(StaleDataException.class)
        .hasMessage(
            "cannot import snapshot 2: feed osv is 90 days old, and past 90 days new versions are"
                + " refused; import newer feeds first");
  }

  private static FeedInfo feed(Instant asOf) {
    return new FeedInfo("osv", FeedFormat.OSV, "a bundle", asOf, null, 1, 0);
  }

  private static List<String> advisoryNotices(GateFixture station) {
    return station.desk.events(0, 1_000).stream()
        .map(LedgerEntry::event)
        .filter(e -> e instanceof Notice n && n.kind() == Notice.Kind.ADVISORY_APPLIES)
        .map(e -> ((Notice) e).detail())
        .toList();
  }
}
