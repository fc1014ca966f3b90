package lazaret.vetting.gate.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Predicate;
import lazaret.testkit.StoredLines;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.feed.FeedOutcome;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.audit.AuditSet;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.index.Validators;
import lazaret.vetting.inspect.rust.MinHashSketch;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyOverride;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.Rulebook;
import lazaret.vetting.takeover.Lookalike;
import lazaret.vetting.takeover.RelatedCrate;
import lazaret.vetting.takeover.RelatedCrates;
import org.junit.jupiter.api.Test;

/// Reliability finding F11: a refusal evaluated every version of the crate, and each evaluation
/// read all versions.
class CrateEvaluationTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final CrateName NAME = CrateName.parse("alpha");

  private final SplittableRandom random = new SplittableRandom(15);
  private int looks;

  /// The related crates, which count evaluations of a young version: each has one new dependency.
  private final RelatedCrates relatedCrates =
      new RelatedCrates() {
        @Override
        public RelatedCrate relatedCrate(IndexDependency dependency, Instant now) {
          looks++;
          return new RelatedCrate.Stored(NOW.minus(Duration.ofDays(900)), true);
        }

        @Override
        public Optional<Lookalike> lookalike(CrateName name, Instant now) {
          return Optional.empty();
        }

        @Override
        public double likeness(MinHashSketch source, CrateName crate) {
          return 0;
        }
      };

  /// An empty store.
  private static Store emptyStore() {
    Snapshots none =
        (Snapshots)
            Proxy.newProxyInstance(
                Snapshots.class.getClassLoader(),
                new Class<?>[] {Snapshots.class},
                (_, _, _) -> 0L);
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, _) ->
                switch (method.getName()) {
                  case "snapshots" -> none;
                  case "findingsOf" -> Map.of();
                  default -> Optional.empty();
                });
  }

  private CrateEvaluation evaluation(
      List<String> lines, List<Decision> decisions, AdvisorySet advisories) {
    StoredCrate crate =
        new StoredCrate(
            NAME,
            StoredLines.file(lines.toArray(String[]::new)).entries().stream()
                .map(e -> StoredLine.first(e, NOW.minus(Duration.ofDays(400)), null))
                .toList(),
            List.of());
    Freshness freshness = new Freshness(Validators.NONE, NOW, NOW);
    CrateState file = CrateState.of(crate, freshness, decisions, emptyStore(), relatedCrates);
    return file.under(Rulebook.of(Policy.DEFAULT).with(advisories));
  }

  @Test
  void refusalJudgesManyYoungVersionsOnce() {
    List<String> lines = new ArrayList<>();
    int versions = 1_000;
    for (int i = 0; i < versions; i++) {
      lines.add(
          StoredLines.line("1.%d.%d".formatted(i / 10, i % 10), NOW.minus(Duration.ofMinutes(i)))
              .replace(
                  "\"deps\":[]",
                  "\"deps\":[{\"name\":\"beta\",\"req\":\"^1\",\"features\":[],\"optional\":false,\"default_features\":true,\"target\":null,\"kind\":\"normal\"}]"));
    }
    CrateEvaluation evaluation = evaluation(lines, List.of(), AdvisorySet.NONE);
    CrateVersion refused = CrateVersion.parse("1.5.0");

    assertThat(evaluation.replacement(refused, NOW, _ -> true)).isEmpty();
    assertThat(looks).isBetween(versions, versions + 100);

    looks = 0;
    for (int i = 0; i < 100; i++) {
      assertThat(evaluation.replacement(refused, NOW.plusSeconds(i / 2), _ -> true)).isEmpty();
      assertThat(evaluation.newestServed(NOW.plusSeconds(i / 2))).isEmpty();
    }
    assertThat(looks).isZero();
  }

  @Test
  void newestServedVersionIsTheOneBelowTheYoungOne() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      lines.add(StoredLines.line("1.0." + i, NOW.minus(Duration.ofDays(900 - i))));
    }
    lines.add(StoredLines.line("1.0.500", NOW));
    CrateEvaluation evaluation = evaluation(lines, List.of(), AdvisorySet.NONE);

    assertThat(evaluation.newestServed(NOW)).contains(CrateVersion.parse("1.0.499"));
  }

  @Test
  void agreesWithAWalkOverAllVersions() {
    for (int round = 0; round < 100; round++) {
      CrateEvaluation evaluation = random();
      for (int step = 0; step < 4; step++) {
        Instant now = NOW.plus(Duration.ofHours(random.nextInt(900) - 200L));
        assertThat(evaluation.newestServed(now)).isEqualTo(newest(evaluation, now, _ -> true));
        for (StoredLine line : evaluation.lines()) {
          CrateVersion version = line.entry().version();
          assertThat(evaluation.replacement(version, now, _ -> true))
              .as("%s of %s", version, evaluation.lines())
              .isEqualTo(instead(evaluation, version, now));
          assertThat(evaluation.ruleInput(line, now).evidence().fixes())
              .isEqualTo(fixes(evaluation, line, now));
        }
      }
    }
  }

  @Test
  void keptVerdictsAgreeWithNewOnesAtAllTimes() {
    for (int round = 0; round < 100; round++) {
      CrateEvaluation evaluation = withExpiries(random());
      for (int step = 0; step < 6; step++) {
        Instant now = NOW.plus(Duration.ofHours(random.nextInt(1_400) - 200L));
        for (StoredLine line : evaluation.lines()) {
          assertThat(evaluation.keptVerdict(line, now))
              .as("%s at %s", line.entry().version(), now)
              .isEqualTo(evaluation.evaluate(line, now));
        }
      }
    }
  }

  @Test
  void verdictsAreKeptForOldVersionsOnly() {
    List<String> lines =
        List.of(
            StoredLines.line("1.0.0", NOW.minus(Duration.ofDays(30))),
            StoredLines.line("1.0.1", NOW.minus(Duration.ofDays(30)).plusSeconds(1)));
    CrateEvaluation evaluation = evaluation(lines, List.of(), AdvisorySet.NONE);
    StoredLine old = evaluation.lines().getFirst();
    StoredLine young = evaluation.lines().getLast();

    Verdict ofOld = evaluation.keptVerdict(old, NOW);
    Verdict ofYoung = evaluation.keptVerdict(young, NOW);

    assertThat(evaluation.keptVerdict(old, NOW.plus(Duration.ofDays(900)))).isSameAs(ofOld);
    assertThat(evaluation.keptVerdict(old, NOW.minusSeconds(1))).isNotSameAs(ofOld);
    assertThat(evaluation.keptVerdict(young, NOW)).isNotSameAs(ofYoung);
  }

  @Test
  void longVerdictsAreNotKept() {
    String line = StoredLines.line("1.0.0", NOW.minus(Duration.ofDays(30)));
    Decision approval =
        new Decision(
            Decision.Kind.APPROVE,
            StoredLines.entry(line).id(),
            NOW.minus(Duration.ofDays(1)),
            "ann",
            "r".repeat(KeptVerdicts.LONGEST),
            null,
            List.of(),
            List.of());
    CrateEvaluation evaluation = evaluation(List.of(line), List.of(approval), AdvisorySet.NONE);
    StoredLine stored = evaluation.lines().getFirst();

    Verdict first = evaluation.keptVerdict(stored, NOW);

    assertThat(evaluation.keptVerdict(stored, NOW)).isEqualTo(first).isNotSameAs(first);
  }

  /// Returns the same evaluation with an override that ends and a feed that becomes old.
  private CrateEvaluation withExpiries(CrateEvaluation evaluation) {
    Instant asOf = NOW.plus(Duration.ofHours(random.nextInt(800) - 100L));
    LocalDate newest = LocalDate.parse("2026-11-24").plusDays(random.nextInt(40) - 20L);
    List<Feed> feeds = new ArrayList<>(evaluation.rulebook().advisories().feeds());
    feeds.add(new Feed(new FeedInfo("osv", FeedFormat.OSV, "test", asOf, newest, 0, 0), List.of()));
    Instant ends = NOW.plus(Duration.ofHours(random.nextInt(1_000)));
    var override = new PolicyOverride(NAME, null, "T-1", "because", ends);
    Policy policy = Policy.DEFAULT.withOverrides(List.of(override));
    return evaluation.file().under(Rulebook.of(policy, AdvisorySet.of(feeds), AuditSet.NONE));
  }

  private CrateEvaluation random() {
    Set<String> versions = new HashSet<>();
    for (int i = random.nextInt(40); i >= 0; i--) {
      String version = random.nextInt(3) + "." + random.nextInt(4) + "." + random.nextInt(3);
      versions.add(version + List.of("", "", "", "-rc.1", "+a").get(random.nextInt(5)));
    }
    List<String> lines = new ArrayList<>();
    List<Decision> decisions = new ArrayList<>();
    for (String version : versions) {
      Instant published = NOW.minus(Duration.ofHours(random.nextInt(900)));
      lines.add(
          StoredLines.line(version, StoredLines.cksum(version), random.nextInt(6) == 0, published));
      if (random.nextInt(4) == 0) {
        decisions.add(decision(version));
      }
    }
    return evaluation(lines, decisions, advisories());
  }

  private Decision decision(String version) {
    boolean deny = random.nextBoolean();
    Instant expires =
        deny || random.nextBoolean() ? null : NOW.plus(Duration.ofHours(random.nextInt(600)));
    return new Decision(
        deny ? Decision.Kind.DENY : Decision.Kind.APPROVE,
        StoredLines.entry(StoredLines.line(version, NOW)).id(),
        NOW.minus(Duration.ofDays(30)),
        "ann",
        "because",
        expires,
        List.of(),
        List.of());
  }

  private AdvisorySet advisories() {
    StringBuilder toml = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      toml.append(
          "[[advisory]]\nid = \"T-%d\"\nreason = \"r\"\ncrate = \"alpha\"\nkind = \"%s\"\nversions = [\">=%d.%d.0, <%d.%d.1\"]\n"
              .formatted(
                  i,
                  random.nextInt(4) == 0 ? "unmaintained" : "vulnerability",
                  random.nextInt(2),
                  random.nextInt(4),
                  random.nextInt(3),
                  random.nextInt(4)));
    }
    if (toml.isEmpty()) {
      return AdvisorySet.NONE;
    }
    return switch (FeedReader.read(
        new FeedSource("local", FeedFormat.LOCAL, "test", NOW), Bytes.utf8(toml.toString()))) {
      case FeedOutcome.Read read -> AdvisorySet.of(List.of(read.feed()));
      case FeedOutcome.Refused _ -> AdvisorySet.NONE;
    };
  }

  // --- the earlier, slow computation ---

  private static Optional<CrateVersion> newest(
      CrateEvaluation evaluation, Instant now, Predicate<CrateVersion> wanted) {
    CrateVersion best = null;
    for (StoredLine line : evaluation.lines()) {
      CrateVersion version = line.entry().version();
      if (wanted.test(version)
          && (best == null || CrateEvaluation.better(version, best))
          && evaluation.resolvable(line, now)) {
        best = version;
      }
    }
    return Optional.ofNullable(best);
  }

  private static Optional<CrateVersion> instead(
      CrateEvaluation evaluation, CrateVersion refused, Instant now) {
    return fixOf(evaluation, refused, now)
        .or(
            () ->
                newest(
                    evaluation, now, v -> !v.equals(refused) && CrateState.compatible(v, refused)))
        .or(() -> newest(evaluation, now, v -> !v.equals(refused)));
  }

  private static Optional<CrateVersion> fixOf(
      CrateEvaluation evaluation, CrateVersion refused, Instant now) {
    if (evaluation.hits(refused).stream().noneMatch(h -> h.kind().isSecurity())) {
      return Optional.empty();
    }
    AdvisorySet advisories = evaluation.rulebook().advisories();
    List<CrateVersion> served =
        evaluation.lines().stream()
            .filter(l -> evaluation.resolvable(l, now))
            .map(l -> l.entry().version())
            .toList();
    List<CrateVersion> near =
        served.stream().filter(v -> CrateState.compatible(v, refused)).toList();
    return advisories.fix(NAME, refused, near).or(() -> advisories.fix(NAME, refused, served));
  }

  private static List<String> fixes(CrateEvaluation evaluation, StoredLine line, Instant now) {
    CrateVersion version = line.entry().version();
    Duration wait = evaluation.rulebook().policy().buildCooldown();
    if (!now.isBefore(line.ageFrom().plus(wait)) || !vulnerabilities(evaluation, line).isEmpty()) {
      return List.of();
    }
    TreeSet<String> ids = new TreeSet<>();
    for (StoredLine other : evaluation.lines()) {
      CrateVersion older = other.entry().version();
      List<AdvisoryGroup> hits = vulnerabilities(evaluation, other);
      if (!hits.isEmpty() && evaluation.inUse(other, now) && older.compareTo(version) < 0) {
        Optional<CrateVersion> fix =
            evaluation.rulebook().advisories().fix(NAME, older, evaluation.offered());
        if (fix.filter(version::equals).isPresent()) {
          hits.forEach(hit -> ids.add(hit.id()));
        }
      }
    }
    return List.copyOf(ids);
  }

  private static List<AdvisoryGroup> vulnerabilities(CrateEvaluation evaluation, StoredLine line) {
    return evaluation.hits(line.entry().version()).stream()
        .filter(hit -> hit.kind() == AdvisoryKind.VULNERABILITY)
        .toList();
  }
}
