package lazaret.vetting.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.FuzzHarness;
import lazaret.vetting.advisory.feed.FeedOutcome;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.advisory.feed.OsvReader;
import lazaret.vetting.advisory.feed.RecordOutcome;
import lazaret.vetting.advisory.feed.RustSecReader;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AdvisoryFuzzTest {
  private static final List<CrateVersion> PROBES =
      List.of(
          CrateVersion.parse("0.0.0-0"),
          CrateVersion.parse("1.2.3-rc.1+build"),
          CrateVersion.parse("18446744073709551615.18446744073709551615.18446744073709551615"));

  private static final String[] WORDS = {
    "```toml\n",
    "\n```\n",
    "[versions]\n",
    "patched = [",
    "\"<= 1.2\"",
    "\"> 18446744073709551615.18446744073709551615.18446744073709551615\"",
    "\"^0\"",
    "\"~1.2-a\"",
    "\"*\"",
    "informational = \"notice\"\n",
    "RUSTSEC-0000-0000",
    "\r\n",
    "# ",
    "\u0000",
    "é",
    "{\"introduced\": \"0\"},",
    "{\"last_affected\": \"v1\"},",
    "{\"fixed\": \"18446744073709551615.18446744073709551615.18446744073709551615\"},",
    "null",
    "[[[[",
    "\"ranges\": 1",
    "\"id\": \"x\"",
    "[[advisory]]\n",
    "versions = []\n",
    "path=",
    "PK\u0003\u0004"
  };

  @Test
  void rustSecRecords() {
    FuzzHarness.run("rustsec", input -> check(RustSecReader.read("f", input)), WORDS);
  }

  @Test
  void osvRecords() {
    FuzzHarness.run("osv", input -> check(OsvReader.read("f", input)), WORDS);
  }

  private static void check(RecordOutcome outcome) {
    if (outcome instanceof RecordOutcome.Accepted taken) {
      assertThat(taken.advisories()).isNotEmpty().allMatch(a -> a.id().equals(taken.id()));
      taken.advisories().forEach(AdvisoryFuzzTest::check);
    }
  }

  @Test
  void localLists() {
    FuzzHarness.run("local-feed", input -> check(FeedFormat.LOCAL, input), WORDS);
  }

  @Test
  void archives() {
    FuzzHarness.run("feed-archive", input -> check(null, input), WORDS);
  }

  private static void check(@Nullable FeedFormat format, Bytes input) {
    if (FeedReader.read(new FeedSource("f", format, "test", FeedSamples.NOW), input)
        instanceof FeedOutcome.Read(Feed feed, List<String> _)) {
      feed.advisories().forEach(AdvisoryFuzzTest::check);
      AdvisorySet set = AdvisorySet.of(List.of(feed));
      for (Advisory advisory : feed.advisories()) {
        CrateName crate = advisory.crate();
        if (crate != null) {
          assertThat(set.advisories(crate)).contains(advisory);
          for (CrateVersion probe : PROBES) {
            boolean found =
                set.hits(crate, probe, null).stream()
                    .anyMatch(h -> h.affirming().contains(advisory));
            assertThat(found).isEqualTo(advisory.affects(probe));
          }
          set.fix(crate, PROBES.getFirst());
        }
      }
    }
  }

  /// Checks that ranges are in order with gaps, that every version can be evaluated, and that
  /// titles are printable.
  private static void check(Advisory advisory) {
    List<VersionRange> ranges = advisory.affected().ranges();
    for (int i = 1; i < ranges.size(); i++) {
      CrateVersion end = ranges.get(i - 1).fixed();
      CrateVersion start = ranges.get(i).introduced();
      assertThat(end).isNotNull();
      assertThat(start).isNotNull();
      assertThat(end.comparePrecedence(start)).isNegative();
    }
    assertThat(advisory.affected().overlaps(advisory.affected()))
        .isEqualTo(!advisory.affected().equals(AffectedVersions.NOTHING));
    assertThat(advisory.title().chars()).noneMatch(c -> c < ' ');
    for (CrateVersion probe : PROBES) {
      assertThat(advisory.withdrawn() && advisory.affects(probe)).isFalse();
    }
  }
}
