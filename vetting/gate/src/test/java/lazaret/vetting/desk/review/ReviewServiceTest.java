package lazaret.vetting.desk.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.feed.FeedOutcome;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.CratesIo;
import lazaret.vetting.desk.lockfiles.ReadingList;
import lazaret.vetting.desk.review.ReviewReport.Base;
import lazaret.vetting.desk.review.ReviewReport.BaseOrigin;
import lazaret.vetting.desk.review.ReviewReport.Dependency;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.review.FileDiff;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

public class ReviewServiceTest {
  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  private CrateId publish(String version, int daysOld, int lines) {
    return station.publish(
        CrateBuilder.crate("alpha", version).file("src/lib.rs", "// x\n".repeat(lines)), daysOld);
  }

  private ReviewReport review(CrateId id) {
    return review(id, null);
  }

  private ReviewReport review(CrateId id, @Nullable String base) {
    return station
        .desk
        .review(id.name(), id.version(), base == null ? null : CrateVersion.parse(base))
        .orElseThrow();
  }

  private static Base base(ReviewReport report) {
    return Objects.requireNonNull(report.base());
  }

  @Test
  void aWithheldVersionIsFetchedAndInspectedAndStillServedToNobody() {
    CrateId young = publish("1.0.0", 1, 3);

    ReviewReport report = review(young);

    assertThat(report.version().artifactStored()).isTrue();
    assertThat(report.version().findings()).isNotNull();
    assertThat(report.version().served()).isFalse();
    assertThat(station.download(young)).isInstanceOf(DownloadOutcome.Withheld.class);
    assertThat(station.index("alpha")).contains("\"yanked\":true");
  }

  @Test
  void aReviewIsNoRequestForTheQueue() {
    review(publish("1.0.0", 1, 3));

    assertThat(station.desk.queue()).isEmpty();
  }

  @Test
  void whereNothingIsVettedAllOfItIsRead() {
    ReviewReport report = review(publish("1.0.0", 1, 3));

    assertThat(report.base()).isNull();
    assertThat(report.dependencyChanges()).isEmpty();
    assertThat(Objects.requireNonNull(report.diff()).files())
        .allMatch(f -> f.change() == FileDiff.Change.ADDED)
        .extracting(FileDiff::path)
        .containsExactly("Cargo.toml", "src/lib.rs");
  }

  @Test
  void theNearestVettedVersionWithTheLeastToReadIsTheBase() {
    publish("1.0.0", 200, 1);
    CrateId held = publish("1.1.0", 100, 5);
    CrateId reviewed = publish("1.2.0", 1, 30);
    CrateId above = publish("1.3.0", 1, 31);
    CrateId farAbove = publish("1.4.0", 1, 30);
    station.decide(Decision.Kind.APPROVE, above);
    station.decide(Decision.Kind.APPROVE, farAbove);
    station.download(held);

    ReviewReport report = review(reviewed);

    assertThat(base(report).version().text()).isEqualTo("1.3.0");
    assertThat(base(report).origin()).isEqualTo(BaseOrigin.APPROVED);
    assertThat(report.otherBases())
        .singleElement()
        .matches(b -> b.version().text().equals("1.1.0") && b.origin() == BaseOrigin.SERVED);
    assertThat(base(report).stat().lines()).isEqualTo(3);
  }

  @Test
  void whatIsServedButNotHeldIsABaseWhereThereIsNoOther() {
    publish("1.0.0", 100, 1);

    ReviewReport report = review(publish("1.1.0", 1, 2));

    assertThat(base(report).version().text()).isEqualTo("1.0.0");
    assertThat(base(report).origin()).isEqualTo(BaseOrigin.SERVED);
  }

  /// Stumble S2: the comparison used an old version that was stored, and 16,306 lines had to be
  /// read.
  @Test
  void nearestServedVersionIsFetchedThoughAnOlderOneIsHeld() {
    CrateId old = publish("1.0.0", 200, 1);
    publish("1.8.0", 90, 40);
    CrateId reviewed = publish("1.9.0", 1, 41);
    station.download(old);

    ReviewReport report = review(reviewed);

    assertThat(base(report).version().text()).isEqualTo("1.8.0");
    assertThat(base(report).version()).isEqualTo(report.version().replacement());
    assertThat(base(report).stat().lines()).isEqualTo(3);
  }

  @Test
  void versionThatUpstreamYankedIsNoBaseUnlessAPersonApprovedIt() {
    publish("1.0.0", 200, 1);
    CrateId yanked =
        station.publish(
            CrateBuilder.crate("alpha", "1.1.0").file("src/lib.rs", "// x\n".repeat(9)), 90, true);
    CrateId reviewed = publish("1.2.0", 1, 10);
    assertThat(base(review(reviewed)).version().text()).isEqualTo("1.0.0");

    station.decide(Decision.Kind.APPROVE, yanked);

    assertThat(base(review(reviewed)).version().text()).isEqualTo("1.1.0");
  }

  @Test
  void versionThatShowsSomethingOnceItIsFetchedIsNoBase() {
    publish("1.0.0", 200, 1);
    station.publish(
        CrateBuilder.crate("alpha", "1.1.0").file("src/lib.rs", "// x\n".repeat(9)).traversal(),
        90);

    assertThat(base(review(publish("1.2.0", 1, 10))).version().text()).isEqualTo("1.0.0");
  }

  @Test
  void aVersionThatIsWithheldOrDeniedIsNoBase() {
    CrateId denied = publish("1.0.0", 100, 1);
    publish("1.0.1", 2, 1);
    CrateId reviewed = publish("1.1.0", 1, 2);
    station.decide(Decision.Kind.DENY, denied);

    assertThat(review(reviewed).base()).isNull();
  }

  @Test
  void aFixIsComparedWithWhatItFixes() {
    CrateId vulnerable = publish("1.0.0", 100, 1);
    CrateId fix = publish("1.0.1", 1, 2);
    station.download(vulnerable);
    station.rules.change(book -> book.with(advisories("1.0.1")));

    ReviewReport report = review(fix);

    assertThat(base(report).version().text()).isEqualTo("1.0.0");
    assertThat(base(report).origin()).isEqualTo(BaseOrigin.ADVISORY);
    assertThat(report.evidence().fixes()).containsExactly("RUSTSEC-2026-0001");
  }

  public static AdvisorySet advisories(String patched) {
    String record =
        """
        ```toml
        [advisory]
        id = "RUSTSEC-2026-0001"
        package = "alpha"
        date = "2026-11-01"
        cvss = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"
        [versions]
        patched = [">= %s"]
        ```

        # Counts to infinity
        """
            .formatted(patched);
    return switch (FeedReader.read(
        new FeedSource("rustsec", FeedFormat.RUSTSEC, "test", GateFixture.START),
        Bytes.utf8(record))) {
      case FeedOutcome.Read read -> AdvisorySet.of(List.of(read.feed()));
      case FeedOutcome.Refused refused -> throw new AssertionError(refused.why());
    };
  }

  @Test
  void aReviewerNamesAnotherBase() {
    publish("1.0.0", 100, 1);
    publish("1.1.0", 2, 1);
    CrateId reviewed = publish("1.2.0", 1, 2);

    ReviewReport report = review(reviewed, "1.1.0");

    assertThat(base(report).version().text()).isEqualTo("1.1.0");
    assertThat(base(report).origin()).isEqualTo(BaseOrigin.NAMED);
    assertThatThrownBy(() -> review(reviewed, "9.0.0"))
        .isInstanceOf(MalformedException.class)
        .hasMessage("cannot compare with 'alpha 9.0.0': there is no such version");
  }

  @Test
  void tellsWhatTheGateSaysOfItsDependencies() {
    station.publish("old", "1.0.0", 100);
    station.publish("old", "1.1.0", 1);
    station.publish("fresh", "1.0.0", 0);
    station.publish(CrateBuilder.crate("alpha", "1.0.0").dependency("old", "^1.0"), 100);
    CrateId reviewed =
        station.publish(
            CrateBuilder.crate("alpha", "1.0.1")
                .dependency("old", "^1.0")
                .dependency("fresh", "^1.0")
                .dependency("ghost", "^1.0"),
            1);

    ReviewReport report = review(reviewed);

    assertThat(report.dependencies())
        .extracting(d -> d.dependency().packageName().published())
        .containsExactly("fresh", "ghost", "old");
    Dependency fresh = report.dependencies().get(0);
    assertThat(fresh.added()).isTrue();
    assertThat(fresh.served()).isFalse();
    assertThat(report.dependencies().get(1).detail()).isNotEmpty();
    Dependency old = report.dependencies().get(2);
    assertThat(old.added()).isFalse();
    assertThat(old.served()).isTrue();
    assertThat(Objects.requireNonNull(old.version()).text()).isEqualTo("1.0.0");
    assertThat(report.dependencyChanges()).allMatch(c -> c.added()).hasSize(2);
  }

  @Test
  void tellsWhyAnArtifactCannotBeRead() {
    CrateId hostile = station.publish(CrateBuilder.crate("alpha", "1.0.0").traversal(), 1);
    CrateId other = publish("1.1.0", 1, 1);
    ReviewReport report = review(hostile);
    assertThat(report.diff()).isNull();
    assertThat(Objects.requireNonNull(report.unread()).code())
        .isEqualTo(ErrorCode.REFUSED_BY_POLICY);
    assertThat(report.unread().detail()).contains("path-traversal");

    station.upstream.insteadOfArtifact = Bytes.utf8("other bytes");
    assertThat(Objects.requireNonNull(review(other).unread()).code())
        .isEqualTo(ErrorCode.CKSUM_MISMATCH);
  }

  @Test
  void anUpstreamThatIsDownLeavesTheRestOfTheReport() {
    CrateId id = publish("1.0.0", 1, 1);
    station.index("alpha");
    station.upstream.down = true;

    ReviewReport report = review(id);

    assertThat(Objects.requireNonNull(report.unread()).code())
        .isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
    assertThat(report.version().verdict().reasons()).isNotEmpty();
  }

  @Test
  void thereIsNoReviewOfWhatIsNotThere() {
    CrateId id = publish("1.0.0", 1, 1);

    assertThat(station.desk.review(id.name(), CrateVersion.parse("2.0.0"), null)).isEmpty();
    assertThat(station.desk.review(CrateName.parse("ghost"), id.version(), null)).isEmpty();
  }

  @Test
  void aLockfileIsReadInTheOrderOfLeastReading() {
    CrateId served = publish("1.0.0", 100, 1);
    CrateId small = publish("1.1.0", 1, 3);
    CrateId large =
        station.publish(
            CrateBuilder.crate("beta", "1.0.0").file("src/lib.rs", "// y\n".repeat(50)), 1);
    CrateId hostile = station.publish(CrateBuilder.crate("gamma", "1.0.0").traversal(), 1);

    ReadingList list = station.desk.readingList(lock(large, hostile, served, small));

    assertThat(list.served()).isEqualTo(1);
    assertThat(list.lines())
        .extracting(l -> l.locked().locked().name() + "@" + l.locked().locked().version())
        .containsExactly("alpha@1.1.0", "beta@1.0.0", "gamma@1.0.0");
    ReadingList.Line first = list.lines().getFirst();
    assertThat(Objects.requireNonNull(first.base()).version().text()).isEqualTo("1.0.0");
    assertThat(Objects.requireNonNull(first.stat()).lines()).isEqualTo(4);
    assertThat(list.lines().getLast().stat()).isNull();
    assertThat(Objects.requireNonNull(list.lines().getLast().unread()).detail())
        .contains("hostile");
    assertThat(list.total().lines())
        .isEqualTo(4 + Objects.requireNonNull(list.lines().get(1).stat()).lines());
  }

  private static Lockfile lock(CrateId... ids) {
    StringBuilder text = new StringBuilder("version = 4\n");
    for (CrateId id : List.of(ids)) {
      text.append(
          """

          [[package]]
          name = "%s"
          version = "%s"
          source = "registry+%s"
          checksum = "%s"
          """
              .formatted(id.name(), id.version(), CratesIo.GIT_INDEX, id.cksum()));
    }
    return Lockfile.parse(Bytes.utf8(text.toString()));
  }
}
