package lazaret.vetting.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.rust.MinHashSketch;
import lazaret.vetting.takeover.TakeoverSignal.Code;
import lazaret.vetting.takeover.TakeoverSignal.Weight;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TakeoverDetectorTest {
  private static final Instant NOW = Instant.parse("2026-08-20T08:00:00Z");

  private final List<String> lines = new ArrayList<>();
  private final Map<String, RelatedCrate> relatedCrates = new HashMap<>();
  private final Map<String, Lookalike> lookalikes = new HashMap<>();
  private final Map<String, Publisher> publishers = new HashMap<>();
  private Set<String> approved = Set.of();
  private Set<String> refused = Set.of();
  private boolean pubtimes = true;
  private double likeness;

  @Test
  void seesTheDependencyThatArrayrefNewlyHad() {
    line("0.3.9", 900);
    line("0.3.10", 0.03, dep("proc-macro1", "build", false));
    held("proc-macro1", NOW.minus(Duration.ofMinutes(48)), false);
    lookalikes.put(
        "proc-macro1", new Lookalike(CrateName.parse("proc-macro2"), Lookalike.Rule.ONE_CHARACTER));

    List<TakeoverSignal> signals = signals("0.3.10");

    assertThat(signals)
        .extracting(TakeoverSignal::code)
        .containsExactly(
            Code.NEW_DEPENDENCY_YOUNG,
            Code.NEW_DEPENDENCY_LOOKALIKE,
            Code.NEW_DEPENDENCY_UNSERVED,
            Code.REVIVED);
    assertThat(signals.getFirst().weight()).isEqualTo(Weight.REVIEW);
    assertThat(signals.getFirst().detail())
        .isEqualTo(
            "newly depends to build on 'proc-macro1', unlike 0.3.9, a crate first published 4"
                + " minutes before it");
    assertThat(signals.get(1).detail())
        .isEqualTo(
            "newly depends to build on 'proc-macro1', unlike 0.3.9, whose name resembles"
                + " 'proc-macro2' (one character)");
    assertThat(signals("0.3.9")).isEmpty();
  }

  @Test
  void aReleaseAfterAYearOfQuietIsNoted() {
    line("1.0.0", 500);
    line("1.0.1", 5);

    assertThat(signals("1.0.1"))
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.code()).isEqualTo(Code.REVIVED);
              assertThat(s.weight()).isEqualTo(Weight.NOTE);
              assertThat(s.detail()).isEqualTo("published after 495 days without a release");
            });
  }

  @Test
  void aHarmlessReleaseBeforeItDoesNotHideThatItIsTheFirst() {
    line("1.0.0", 500);
    line("1.0.1-alpha", 20);
    line("1.0.1", 9);
    line("1.0.2", 5);

    assertThat(signals("1.0.1")).extracting(TakeoverSignal::code).containsExactly(Code.REVIVED);
    assertThat(signals("1.0.2")).extracting(TakeoverSignal::code).containsExactly(Code.REVIVED);
  }

  @Test
  void aCrateThatWasNotQuietAYearIsNotRevived() {
    line("1.0.0", 900);
    line("1.1.0", 300);
    line("1.1.1", 5);

    assertThat(signals("1.1.1")).isEmpty();
  }

  @Test
  void quietThatIsNotKnownRaisesNoAlarm() {
    pubtimes = false;
    line("1.0.0", 900);
    pubtimes = true;
    line("0.9.0", 950);
    line("1.0.1", 5);

    assertThat(signals("1.0.1")).isEmpty();
  }

  @Test
  void holdsAMinorReleaseUntilItsNewDependencyIsOldEnough() {
    line("1.0.0", 100);
    line("1.1.0", 1, dep("fresh", "normal", false));
    Instant first = NOW.minus(Duration.ofDays(10));
    held("fresh", first, true);

    assertThat(signals("1.1.0"))
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.code()).isEqualTo(Code.NEW_DEPENDENCY_YOUNG);
              assertThat(s.weight()).isEqualTo(Weight.HOLD);
              assertThat(s.until()).isEqualTo(first.plus(CrateHistory.YOUTH));
            });
  }

  @Test
  void asksAPersonWhereAPatchReleaseAddsIt() {
    line("1.0.0", 100);
    line("1.0.1", 1, dep("fresh", "normal", true));
    held("fresh", NOW.minus(Duration.ofDays(10)), true);

    assertThat(signals("1.0.1")).singleElement().matches(s -> s.weight() == Weight.REVIEW);
  }

  @Test
  void letsPassWhatTheBaseHadAndWhatIsForTestsOnly() {
    line("1.0.0", 100, dep("old", "normal", false));
    line("1.0.1", 1, dep("old", "build", false), dep("tests", "dev", false));
    held("old", NOW.minus(Duration.ofDays(2)), false);
    held("tests", NOW.minus(Duration.ofDays(2)), false);

    assertThat(signals("1.0.1")).isEmpty();
  }

  @Test
  void aSecondReleaseHidesNothing() {
    line("1.0.0", 100);
    line("1.0.1", 9, dep("fresh", "normal", false));
    line("1.0.2", 8, dep("fresh", "normal", false));
    held("fresh", NOW.minus(Duration.ofDays(9)), true);

    assertThat(signals("1.0.2"))
        .extracting(TakeoverSignal::code)
        .contains(Code.NEW_DEPENDENCY_YOUNG);

    approved = Set.of("1.0.1");
    assertThat(signals("1.0.2")).isEmpty();
  }

  @Test
  void aRefusedVersionIsNoBase() {
    line("1.0.0", 100, dep("bad", "normal", false));
    line("0.9.0", 200);
    line("1.0.1", 1, dep("bad", "normal", false));
    held("bad", NOW.minus(Duration.ofDays(9)), true);
    assertThat(signals("1.0.1")).isEmpty();

    refused = Set.of("1.0.0");
    assertThat(signals("1.0.1"))
        .extracting(TakeoverSignal::code)
        .contains(Code.NEW_DEPENDENCY_YOUNG);
  }

  @Test
  void aForeignNameForADependencyHidesNothing() {
    line("1.0.0", 100, dep("serde", "normal", false));
    line(
        "1.0.1",
        1,
        "{\"name\":\"serde\",\"package\":\"fresh\",\"req\":\"^1\",\"features\":[],\"optional\":false,\"default_features\":true,\"target\":null,\"kind\":\"normal\"}");
    held("fresh", NOW.minus(Duration.ofDays(1)), true);

    assertThat(signals("1.0.1")).singleElement().matches(s -> s.detail().contains("'fresh'"));
  }

  @Test
  void aVersionThatIsNoLongerYoungShowsNothing() {
    line("1.0.0", 100);
    line("99.0.1", 30, dep("fresh", "normal", false));
    held("fresh", NOW.minus(Duration.ofDays(1)), false);

    assertThat(signals("99.0.1")).isEmpty();
    assertThat(newDependencies("99.0.1")).isEmpty();
  }

  @Test
  void everySignEndsWhenTheVersionIsOldEnough() {
    line("1.0.0", 100);
    line("99.0.1", 20, dep("gone", "normal", false), dep("later", "normal", false));
    relatedCrates.put("gone", new RelatedCrate.Absent());

    Instant end = NOW.minus(Duration.ofDays(20)).plus(CrateHistory.YOUTH);
    assertThat(signals("99.0.1"))
        .extracting(TakeoverSignal::code)
        .containsExactly(
            Code.VERSION_JUMP, Code.NEW_DEPENDENCY_ABSENT, Code.NEW_DEPENDENCY_UNKNOWN);
    assertThat(signals("99.0.1")).allMatch(s -> end.equals(s.until()));
  }

  @Test
  void tellsOfAnOptionalDependencyThatUpstreamDoesNotHave() {
    line("1.0.0", 100);
    line("1.0.1", 2, dep("gone", "normal", true));
    relatedCrates.put("gone", new RelatedCrate.Absent());

    assertThat(signals("1.0.1")).singleElement().matches(s -> s.weight() == Weight.NOTE);
  }

  @Test
  void doesNotTakeACompanionForALookalike() {
    line("1.0.0", 100);
    line("1.1.0", 1, dep("alpha-core", "normal", false));
    held("alpha-core", NOW.minus(Duration.ofDays(1)), true);
    lookalikes.put("alpha-core", new Lookalike(CrateName.parse("alpha"), Lookalike.Rule.AFFIX));

    assertThat(signals("1.1.0")).singleElement().matches(s -> s.weight() == Weight.HOLD);
  }

  @Test
  void holdsANewCrateForTwoWeeksAndAsksWhereItsNameResemblesAnother() {
    line("0.1.0", 10);
    line("0.1.1", 8);
    assertThat(signals("0.1.1"))
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.code()).isEqualTo(Code.YOUNG_CRATE);
              assertThat(s.until()).isEqualTo(NOW.plus(Duration.ofDays(4)));
            });

    lookalikes.put("alpha", new Lookalike(CrateName.parse("alpah"), Lookalike.Rule.ONE_CHARACTER));
    assertThat(signals("0.1.1")).first().matches(s -> s.weight() == Weight.REVIEW);
  }

  @Test
  void notesThatACrateIsNewUntilItIsThirtyDaysOld() {
    line("0.1.0", 20);
    line("0.1.1", 2);

    assertThat(signals("0.1.1"))
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.code()).isEqualTo(Code.YOUNG_CRATE);
              assertThat(s.weight()).isEqualTo(Weight.NOTE);
              assertThat(s.until()).isEqualTo(NOW.plus(Duration.ofDays(10)));
            });
  }

  @Test
  void onlyTellsOfAnOldCrateWhoseNameResemblesAnother() {
    line("0.1.0", 100);
    line("0.1.1", 8);
    lookalikes.put("alpha", new Lookalike(CrateName.parse("alpah"), Lookalike.Rule.ONE_CHARACTER));

    assertThat(signals("0.1.1")).singleElement().matches(s -> s.weight() == Weight.NOTE);
  }

  @Test
  void asksWhatHasBothTheNameAndTheSourceOfAnother() {
    line("0.1.0", 100);
    line("0.1.1", 8);
    lookalikes.put("alpha", new Lookalike(CrateName.parse("alpah"), Lookalike.Rule.ONE_CHARACTER));
    likeness = 0.84;

    assertThat(signals("0.1.1"))
        .first()
        .satisfies(
            s -> {
              assertThat(s.code()).isEqualTo(Code.NEAR_CLONE);
              assertThat(s.weight()).isEqualTo(Weight.REVIEW);
              assertThat(s.detail())
                  .isEqualTo(
                      "about 84 % of its statements are those of 'alpah', whose name it resembles");
            });
    likeness = 0.4;
    assertThat(signals("0.1.1")).extracting(TakeoverSignal::code).doesNotContain(Code.NEAR_CLONE);
  }

  @Test
  void asksAboutAFirstReleaseWithAHighNumber() {
    line("99.0.1", 15);

    assertThat(signals("99.0.1"))
        .first()
        .satisfies(
            s -> {
              assertThat(s.weight()).isEqualTo(Weight.REVIEW);
              assertThat(s.detail()).isEqualTo("a new crate that is at 99.0.1 already");
            });
  }

  @Test
  void asksAboutAJumpAndSurvivesTheLargestNumber() {
    line("1.4.0", 100);
    line("18446744073709551615.0.0", 3);
    line("10.0.0", 2);

    assertThat(signals("18446744073709551615.0.0"))
        .singleElement()
        .matches(
            s ->
                s.detail().equals("the major number rises from 1 to 18446744073709551615 at once"));
    assertThat(signals("10.0.0")).isEmpty();
  }

  @Test
  void doesNotCallYoungWhatHasNoPublishTime() {
    pubtimes = false;
    line("99.0.0", 1, dep("fresh", "normal", false));

    assertThat(signals("99.0.0")).isEmpty();
  }

  @Test
  void aNameRegisteredAnewIsYoungAgain() {
    line("1.0.0", 500);
    line("1.0.1", 3);
    StoredCrate crate = crate();
    StoredLine old = crate.lines().getFirst();
    StoredLine gone =
        new StoredLine(old.entry(), null, old.firstSeen(), null, null, NOW.minusSeconds(60), null);
    StoredCrate anew =
        new StoredCrate(crate.name(), List.of(gone, crate.lines().getLast()), List.of());

    assertThat(CrateHistory.firstPublished(crate)).contains(NOW.minus(Duration.ofDays(500)));
    assertThat(CrateHistory.firstPublished(anew)).contains(NOW.minus(Duration.ofDays(3)));
  }

  @Test
  void asksWhereATokenPublishesWhatAWorkflowPublishedBefore() {
    line("1.0.0", 100);
    line("1.0.1", 1);
    publishers.put("1.0.0", new Publisher(null, new Publisher.Trusted("github", "ann/alpha")));
    publishers.put("1.0.1", new Publisher("ann", null));

    assertThat(signals("1.0.1"))
        .extracting(s -> s.weight() + " " + s.detail())
        .containsExactly(
            "REVIEW the version before came from ann/alpha of github, this one from a token",
            "NOTE published by 'ann', who published no earlier version");
  }

  @Test
  void lookingAtManyNewDependenciesIsBounded() {
    line("1.0.0", 100);
    String[] many = new String[200];
    for (int i = 0; i < many.length; i++) {
      many[i] = dep("d" + i, "normal", false);
    }
    line("1.0.1", 1, many);

    assertThat(newDependencies("1.0.1")).hasSize(TakeoverDetector.MAX_NEW_DEPENDENCIES);
  }

  private static String dep(String name, String kind, boolean optional) {
    return "{\"name\":\"%s\",\"req\":\"^1\",\"features\":[],\"optional\":%s,\"default_features\":true,\"target\":null,\"kind\":\"%s\"}"
        .formatted(name, optional, kind);
  }

  private void line(String version, double daysOld, String... deps) {
    Instant published = NOW.minusSeconds((long) (daysOld * 86_400));
    lines.add(
        "{\"name\":\"alpha\",\"vers\":\"%s\",\"deps\":[%s],\"cksum\":\"%s\",\"features\":{},\"yanked\":false%s}"
            .formatted(
                version,
                String.join(",", deps),
                Sha256.of(Bytes.utf8(version)).hex(),
                pubtimes ? ",\"pubtime\":\"%s\"".formatted(published) : ""));
  }

  private void held(String name, @Nullable Instant first, boolean served) {
    relatedCrates.put(name, new RelatedCrate.Stored(first, served));
  }

  private StoredCrate crate() {
    IndexFile file =
        IndexFile.parse(
            CrateName.parse("alpha"),
            Bytes.utf8(String.join("\n", lines) + "\n"),
            IndexLimits.DEFAULT);
    return new StoredCrate(
        CrateName.parse("alpha"),
        file.entries().stream().map(e -> StoredLine.first(e, NOW, null)).toList(),
        List.of());
  }

  private CrateHistory history() {
    return new CrateHistory(crate(), approved, refused, publishers);
  }

  private StoredLine held(String version) {
    return crate().lines().stream()
        .filter(l -> l.entry().version().text().equals(version))
        .findFirst()
        .orElseThrow();
  }

  private List<TakeoverSignal> signals(String version) {
    return new TakeoverDetector(history(), new Fixed())
        .signals(held(version), MinHashSketch.NONE, NOW);
  }

  private List<IndexDependency> newDependencies(String version) {
    return new TakeoverDetector(history(), new Fixed()).newDependencies(held(version), NOW);
  }

  private final class Fixed implements RelatedCrates {
    @Override
    public RelatedCrate relatedCrate(IndexDependency dependency, Instant now) {
      RelatedCrate known = relatedCrates.get(dependency.packageName().published());
      return known == null ? new RelatedCrate.Unknown() : known;
    }

    @Override
    public Optional<Lookalike> lookalike(CrateName name, Instant now) {
      return Optional.ofNullable(lookalikes.get(name.published()));
    }

    @Override
    public double likeness(MinHashSketch source, CrateName crate) {
      return likeness;
    }
  }
}
