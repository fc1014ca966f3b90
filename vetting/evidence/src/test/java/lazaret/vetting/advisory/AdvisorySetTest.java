package lazaret.vetting.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.Ioc;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AdvisorySetTest {
  private static final String DIGEST = "ab".repeat(32);

  @Test
  void findsACrateUnderEverySpelling() {
    AdvisorySet set = AdvisorySet.of(List.of(FeedSamples.local(entry("L-1", "Bad_crate", "<2"))));
    for (String name : List.of("bad-crate", "BAD_CRATE", "Bad_crate")) {
      assertThat(FeedSamples.hits(set, name, "1.0.0")).hasSize(1);
    }
    assertThat(FeedSamples.hits(set, "badcrate", "1.0.0")).isEmpty();
  }

  @Test
  void joinsRecordsThatNameEachOtherThroughAThird() {
    Feed one = FeedSamples.osv(osv("RUSTSEC-2026-1", "CVE-1", "a", "1.0.0"));
    Feed two = renamed(FeedSamples.osv(osv("GHSA-x", "CVE-1", "a", "2.0.0")), "ghsa");
    AdvisorySet set = AdvisorySet.of(List.of(one, two));
    AdvisoryGroup both = only(FeedSamples.hits(set, "a", "0.9.0"));
    assertThat(both.ids()).containsExactly("CVE-1", "GHSA-x", "RUSTSEC-2026-1");
    assertThat(both.affirmedBy()).containsExactly("ghsa", "osv");
    assertThat(both.disputedBy()).isEmpty();
    AdvisoryGroup disputed = only(FeedSamples.hits(set, "a", "1.5.0"));
    assertThat(disputed.affirmedBy()).containsExactly("ghsa");
    assertThat(disputed.disputedBy()).containsExactly("osv");
    assertThat(disputed.isNamed("cve-1")).isTrue();
  }

  @Test
  void joinsMalwareOfOneCrateByVersionsAlone() {
    Feed one = FeedSamples.osv(osv("MAL-1", "X-1", "a", "2.0.0"));
    Feed two = FeedSamples.local(entry("L-1", "a", "=1.0.0"));
    AdvisorySet set = AdvisorySet.of(List.of(one, two));
    assertThat(only(FeedSamples.hits(set, "a", "1.0.0")).affirmedBy())
        .containsExactly("local", "osv");
    assertThat(only(FeedSamples.hits(set, "a", "1.5.0")).disputedBy()).containsExactly("local");
  }

  @Test
  void keepsSeparateMattersOfOneCrateApart() {
    Feed feed =
        FeedSamples.local(
            entry("L-1", "a", "<2")
                + "kind = \"vulnerability\"\nseverity = \"low\"\n"
                + entry("L-2", "a", "<3")
                + "kind = \"unsound\"\n"
                + entry("L-3", "a", "<3")
                + "kind = \"vulnerability\"\nseverity = \"high\"\n");
    AdvisorySet set = AdvisorySet.of(List.of(feed));
    assertThat(FeedSamples.hits(set, "a", "1.0.0"))
        .extracting(AdvisoryGroup::id)
        .containsExactly("L-3", "L-1", "L-2");
  }

  @Test
  void findsBytesUnderAnyName() {
    AdvisorySet set =
        AdvisorySet.of(
            List.of(
                FeedSamples.local(
                    "[[advisory]]\nid = \"L-1\"\nreason = \"dropper\"\nsha256 = [\""
                        + DIGEST
                        + "\"]\n")));
    Sha256 cksum = Sha256.parse(DIGEST);
    AdvisoryGroup hit = only(set.hits(CrateName.parse("any"), CrateVersion.parse("1.0.0"), cksum));
    assertThat(hit.byDigest()).isTrue();
    assertThat(hit.kind()).isEqualTo(AdvisoryKind.MALWARE);
    assertThat(set.namesBytes(cksum)).isTrue();
    assertThat(set.iocs().of(Ioc.Kind.SHA256)).extracting(Ioc::value).containsExactly(DIGEST);
    assertThat(FeedSamples.hits(set, "any", "1.0.0")).isEmpty();
  }

  @Test
  void offersTheSmallestVersionThatNothingAffects() {
    Feed feed =
        FeedSamples.local(
            entry("L-1", "a", "<1.2.0")
                + "kind = \"vulnerability\"\n"
                + entry("L-2", "a", ">=1.2.0, <1.3.1")
                + "kind = \"vulnerability\"\n"
                + entry("L-3", "a", ">=0")
                + "kind = \"unmaintained\"\n");
    AdvisorySet set = AdvisorySet.of(List.of(feed));
    List<CrateVersion> published =
        Stream.of("2.0.0", "1.3.2-rc.1", "1.2.0", "1.3.5", "1.0.0")
            .map(CrateVersion::parse)
            .toList();
    CrateName a = CrateName.parse("a");
    CrateVersion from = CrateVersion.parse("1.0.0");
    assertThat(set.fix(a, from, published)).isEqualTo(Optional.of(CrateVersion.parse("1.3.5")));
    assertThat(set.fix(a, from)).isEqualTo(Optional.of(CrateVersion.parse("1.3.1")));
    assertThat(set.fix(a, CrateVersion.parse("2.0.0"), published)).isEmpty();
  }

  @Test
  void tellsOfWhichCratesItSaysSomethingElse() {
    AdvisorySet before =
        AdvisorySet.of(
            List.of(FeedSamples.local(entry("L-1", "a-b", "<2") + entry("L-2", "c", "<2"))));
    AdvisorySet same =
        AdvisorySet.of(
            List.of(FeedSamples.local(entry("L-2", "c", "<2") + entry("L-1", "a-b", "<2"))));
    AdvisorySet after =
        AdvisorySet.of(
            List.of(FeedSamples.local(entry("L-1", "a-b", "<3") + entry("L-3", "d", "<2"))));
    assertThat(before.changes(same)).isEmpty();
    assertThat(before.digest()).isEqualTo(same.digest()).isNotEqualTo(after.digest());
    assertThat(before.changes(after)).isEqualTo(Set.of("a_b", "c", "d"));
    assertThat(before.digest(CrateName.parse("A_B")))
        .isNotEqualTo(after.digest(CrateName.parse("a-b")));
    assertThat(before.digest(CrateName.parse("nobody"))).isEmpty();
  }

  @Test
  void countsAgeFromTheOldestFeedThatAges() {
    assertThat(AdvisorySet.NONE.age(FeedSamples.NOW, FeedAgeLimits.DEFAULT))
        .isEqualTo(FeedAge.NONE);
    assertThat(
            AdvisorySet.of(List.of(FeedSamples.local(entry("L-1", "a", "<2"))))
                .age(FeedSamples.NOW, FeedAgeLimits.DEFAULT))
        .isEqualTo(FeedAge.NONE);
    assertThat(age(0, 1).state()).isEqualTo(FeedAge.State.FRESH);
    assertThat(age(0, 6).state()).isEqualTo(FeedAge.State.FRESH);
    assertThat(age(0, 7).state()).isEqualTo(FeedAge.State.OLD);
    assertThat(age(7, 0)).hasToString("feed old is 7 days old");
    assertThat(age(89, 1).state()).isEqualTo(FeedAge.State.OLD);
    assertThat(age(90, 1).state()).isEqualTo(FeedAge.State.STALE);
    assertThat(age(-5, -5).age()).isEqualTo(Duration.ZERO);
  }

  @Test
  void warnsOfASourceThatStandsStill() {
    AdvisorySet quiet =
        AdvisorySet.of(List.of(feed("quiet", FeedSamples.NOW, LocalDate.parse("2026-08-21"))));
    FeedAge age = quiet.age(FeedSamples.NOW, FeedAgeLimits.DEFAULT);
    assertThat(age.state()).isEqualTo(FeedAge.State.QUIET);
    assertThat(age.warns()).isTrue();
    assertThat(age)
        .hasToString(
            "feed quiet is less than 1 hour old, but has had no new record since 2026-08-21");
  }

  @Test
  void aFeedThatIsDatedLaterThanNowIsNotTakenForFresh() {
    Instant ahead = FeedSamples.NOW.plus(Duration.ofDays(3_652));
    AdvisorySet set = AdvisorySet.of(List.of(feed("osv", ahead, null)));

    FeedAge age = set.age(FeedSamples.NOW, FeedAgeLimits.DEFAULT);

    assertThat(age.state()).isEqualTo(FeedAge.State.OLD);
    assertThat(age).hasToString("feed osv is dated later than now, so its age is not known");
    assertThat(age(-1, 0).state()).isEqualTo(FeedAge.State.FRESH);
  }

  @Test
  void freshFeedIsFreshUntilItIsOldOrQuiet() {
    for (String newest : List.of("2026-10-26", "2026-11-23")) {
      FeedInfo info = feed("osv", FeedSamples.NOW, LocalDate.parse(newest)).info();
      Instant end = FeedAge.freshUntil(info, FeedAgeLimits.DEFAULT);

      assertThat(FeedAge.of(info, end.minusNanos(1), FeedAgeLimits.DEFAULT).state())
          .isEqualTo(FeedAge.State.FRESH);
      assertThat(FeedAge.of(info, end, FeedAgeLimits.DEFAULT).state())
          .isEqualTo(newest.equals("2026-11-23") ? FeedAge.State.OLD : FeedAge.State.QUIET);
    }
  }

  private static FeedAge age(int days, int otherDays) {
    LocalDate newest = LocalDate.parse("2026-11-23");
    return AdvisorySet.of(
            List.of(
                feed("new", FeedSamples.NOW.minus(Duration.ofDays(otherDays)), newest),
                feed("old", FeedSamples.NOW.minus(Duration.ofDays(days)), newest)))
        .age(FeedSamples.NOW, FeedAgeLimits.DEFAULT);
  }

  private static Feed feed(String name, Instant asOf, @Nullable LocalDate newest) {
    return new Feed(new FeedInfo(name, FeedFormat.OSV, "test", asOf, newest, 0, 0), List.of());
  }

  private static Feed renamed(Feed feed, String name) {
    FeedInfo i = feed.info();
    return new Feed(
        new FeedInfo(name, i.format(), i.origin(), i.asOf(), i.newest(), i.records(), i.skipped()),
        feed.advisories().stream().map(a -> inFeed(a, name)).toList());
  }

  private static Advisory inFeed(Advisory a, String feed) {
    return new Advisory(
        a.id(),
        feed,
        a.aliases(),
        a.crate(),
        a.kind(),
        a.rating(),
        a.title(),
        a.url(),
        a.date(),
        a.withdrawn(),
        a.affected(),
        a.scope(),
        a.byAssociation(),
        a.iocs());
  }

  private static AdvisoryGroup only(List<AdvisoryGroup> hits) {
    assertThat(hits).hasSize(1);
    return hits.getFirst();
  }

  private static String entry(String id, String crate, String versions) {
    return """
    [[advisory]]
    id = "%s"
    crate = "%s"
    reason = "for the test"
    versions = ["%s"]
    """
        .formatted(id, crate, versions);
  }

  private static String osv(String id, String alias, String crate, String fixed) {
    return """
    {"id": "%s", "modified": "2026-01-01T00:00:00Z", "aliases": ["%s"], "affected": [{
      "package": {"ecosystem": "crates.io", "name": "%s"},
      "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "%s"}]}]}]}
    """
        .formatted(id, alias, crate, fixed);
  }
}
