package lazaret.vetting.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.retention.KeptReason;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.CrateRecords;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.inspect.SignalCode;
import lazaret.vetting.inspect.SignalWeight;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.VerificationStatement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Plans for random stores, reasons and rules, compared with a brute-force search over a model. The
/// model counts in days, and has none of the code under test.
class RetentionPropertyTest {
  private static final int CASES = 300;
  private static final int[] AGES = {1, 27, 28, 29, 200, 400};
  private static final int[] UNUSED = {-1, 0, 29, 30, 31, 180, 181, 365};
  private static final int[] SPANS = {1, 29, 30, 180, 364};
  private static final List<ArtifactOrigin> ORIGINS = List.of(ArtifactOrigin.values());
  private static final List<SignalWeight> WEIGHTS = List.of(SignalWeight.values());

  /// The reasons that the age alone decides.
  private static final Set<KeptReason> BY_AGE = EnumSet.of(KeptReason.YOUNG);

  /// An artifact with the reasons to keep it.
  private record Model(ArtifactRow row, boolean imported, Set<KeptReason> reasons) {
    int used() {
      return Math.max(0, row.unused());
    }

    int bytes() {
      return row.content().length();
    }
  }

  /// A rule in days.
  private record Rule(
      String name,
      @Nullable Integer unused,
      @Nullable Integer age,
      @Nullable Long larger,
      @Nullable ArtifactOrigin origin) {
    boolean matches(Model artifact) {
      return (unused == null || artifact.used() >= unused + 1)
          && (age == null || artifact.row().age() >= age)
          && (larger == null || artifact.bytes() > larger)
          && (origin == null || artifact.imported() == (origin == ArtifactOrigin.IMPORT));
    }

    RetentionRule rule() {
      return new RetentionRule(
          name,
          unused == null ? null : Duration.ofDays(unused),
          age == null ? null : Duration.ofDays(age),
          larger,
          origin);
    }
  }

  @Test
  void planIsThatOfASearchByBruteForce() {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      List<Model> all = artifacts(random);
      List<Rule> rules = rules(random);
      long maxSize = random.nextBoolean() ? 0 : 100 + random.nextInt(1_500);
      RetentionRules tested =
          new RetentionRules(
              Sha256.of(Bytes.utf8("rules " + seed)),
              rules.stream().map(Rule::rule).toList(),
              maxSize,
              10,
              1_000);
      List<String> expected = expected(all, rules, maxSize);
      try (RetentionFixture fixture = RetentionFixture.ofRows()) {
        write(fixture, all, random);
        assertReasons(fixture, all, seed);

        RetentionPlan plan = fixture.plan(tested);

        assertThat(removals(plan)).as("seed %d", seed).isEqualTo(expected);
        assertThat(plan.complete()).as("seed %d", seed).isTrue();
        assertThat(plan.artifacts()).isEqualTo(all.size());
        assertThat(plan.bytes()).isEqualTo(all.stream().mapToLong(Model::bytes).sum());
        assertThat(plan.counts().values().stream().mapToLong(RetentionPlan.Count::artifacts).sum())
            .isEqualTo(expected.size());
        assertThat(all)
            .as("seed %d: each artifact has a use", seed)
            .allMatch(each -> fixture.store.artifactUse(each.row().cksum()).isPresent());

        RetentionPlan small = fixture.planner(2).plan(tested, () -> true);
        assertThat(removals(small))
            .as("seed %d", seed)
            .isEqualTo(expected.subList(0, Math.min(2, expected.size())));
        // A plan may call itself incomplete because of an artifact that turns out to be protected.
        if (expected.size() > 2) {
          assertThat(small.complete()).as("seed %d", seed).isFalse();
        }
      }
    }
  }

  private static List<String> removals(RetentionPlan plan) {
    return plan.removals().stream().map(each -> each.facts().id() + " by " + each.rule()).toList();
  }

  /// Returns the removals: those of rules in the order of the store, then those for the limit.
  private static List<String> expected(List<Model> all, List<Rule> rules, long maxSize) {
    List<String> removals = new ArrayList<>();
    List<Model> spare = new ArrayList<>();
    long left = all.stream().mapToLong(Model::bytes).sum();
    for (Model artifact : all) {
      if (!artifact.reasons().isEmpty()) {
        continue;
      }
      String rule =
          rules.stream()
              .filter(each -> each.matches(artifact))
              .map(Rule::name)
              .findFirst()
              .orElse(null);
      if (rule == null) {
        spare.add(artifact);
      } else {
        removals.add(artifact.row().id() + " by " + rule);
        left -= artifact.bytes();
      }
    }
    if (maxSize > 0 && left > maxSize) {
      spare.sort(
          Comparator.comparingInt((Model artifact) -> -artifact.used())
              .thenComparingInt(artifact -> -artifact.bytes())
              .thenComparing(artifact -> artifact.row().cksum()));
      for (Model artifact : spare) {
        if (left > maxSize - maxSize / 20) {
          removals.add(artifact.row().id() + " by max-size");
          left -= artifact.bytes();
        }
      }
    }
    return removals;
  }

  private static List<Model> artifacts(Random random) {
    List<Model> all = new ArrayList<>();
    for (String name : List.of("alpha", "beta", "gamma")) {
      int versions = random.nextInt(6);
      for (int i = 0; i < versions; i++) {
        int age = AGES[random.nextInt(AGES.length)];
        Set<KeptReason> reasons = EnumSet.noneOf(KeptReason.class);
        for (KeptReason reason : KeptReason.values()) {
          if (BY_AGE.contains(reason) ? age < 28 : random.nextInt(14) == 0) {
            reasons.add(reason);
          }
        }
        // The crates of this test are public.
        reasons.remove(KeptReason.PRIVATE);
        if (reasons.contains(KeptReason.NOT_INSPECTED)) {
          reasons.remove(KeptReason.FINDINGS);
        }
        all.add(
            new Model(
                ArtifactRow.of(
                    name,
                    "1.0." + i,
                    30 + random.nextInt(200),
                    age,
                    UNUSED[random.nextInt(UNUSED.length)]),
                random.nextInt(4) == 0,
                reasons));
      }
    }
    return all;
  }

  private static List<Rule> rules(Random random) {
    List<Rule> rules = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      Rule rule =
          new Rule(
              "rule " + i,
              random.nextBoolean() ? null : SPANS[random.nextInt(SPANS.length)],
              random.nextBoolean() ? null : SPANS[random.nextInt(SPANS.length)],
              random.nextBoolean() ? null : (long) (30 + random.nextInt(200)),
              random.nextInt(4) > 0 ? null : ORIGINS.get(random.nextInt(ORIGINS.size())));
      if (rule.rule().isConditional()) {
        rules.add(rule);
      }
    }
    return rules;
  }

  private static void assertReasons(RetentionFixture fixture, List<Model> all, int seed) {
    for (Model artifact : all) {
      CrateRecords crate = fixture.store.records(artifact.row().id().name()).orElseThrow();
      StoredLine line = crate.crate().line(artifact.row().id().version()).orElseThrow();
      var subject = new ProtectedArtifacts.Subject(crate, line, ArtifactRow.NOW);

      assertThat(fixture.kept.all(subject))
          .as("seed %d, %s", seed, artifact)
          .containsExactlyElementsOf(artifact.reasons());
      assertThat(fixture.kept.first(subject)).isEqualTo(artifact.reasons().stream().findFirst());
    }
  }

  private static void write(RetentionFixture fixture, List<Model> all, Random random) {
    List<Write> writes = new ArrayList<>();
    for (String name : List.of("alpha", "beta", "gamma")) {
      CrateName crate = CrateName.parse(name);
      List<Model> own = all.stream().filter(each -> each.row().id().name().equals(crate)).toList();
      if (own.isEmpty()) {
        continue;
      }
      writes.addAll(
          ArtifactRow.crate(crate, own.stream().map(each -> line(each, random)).toList()));
      List<SnapshotLine> retained =
          own.stream()
              .filter(each -> each.reasons().contains(KeptReason.SNAPSHOT))
              .map(RetentionPropertyTest::snapshotLine)
              .toList();
      if (!retained.isEmpty()) {
        writes.add(new Write.PutSnapshotCrate(1, new SnapshotCrate(crate, retained)));
      }
    }
    writes.add(new Write.PutSnapshot(StoreSamples.snapshot(1)));
    all.forEach(each -> addRows(writes, each, random));
    fixture.write(writes);
  }

  private static StoredLine line(Model artifact, Random random) {
    boolean yanked = artifact.reasons().contains(KeptReason.YANKED);
    boolean byUpstream = random.nextBoolean();
    StoredLine line = StoredLine.first(artifact.row().entry(yanked), ArtifactRow.NOW, null);
    if (yanked && !byUpstream) {
      line = StoredLine.first(artifact.row().entry(false), ArtifactRow.NOW, null);
    }
    int gone = artifact.reasons().contains(KeptReason.GONE_UPSTREAM) ? random.nextInt(3) : -1;
    return new StoredLine(
        line.entry(),
        null,
        ArtifactRow.NOW,
        null,
        yanked && !byUpstream ? ArtifactRow.NOW : null,
        gone == 0 ? ArtifactRow.NOW : null,
        gone == 1 ? Sha256.of(Bytes.utf8("other")) : null,
        gone == 2 ? ArtifactRow.NOW : null,
        null);
  }

  private static SnapshotLine snapshotLine(Model artifact) {
    return new SnapshotLine(
        artifact.row().entry(false),
        VerificationStatement.of(
            new VerificationStatement.Claim(
                artifact.row().id(), true, 0, Sha256.of(Bytes.utf8("policy")), List.of())));
  }

  /// Adds the rows of an artifact. A reason that holds by accident would be a fault of this method.
  private static void addRows(List<Write> writes, Model artifact, Random random) {
    ArtifactRow row = artifact.row();
    writes.add(row.artifact());
    writes.addAll(row.use());
    if (artifact.imported()) {
      writes.add(row(DeskTable.IMPORTED_ARTIFACTS, row.cksum().hex()));
    }
    if (!artifact.reasons().contains(KeptReason.NOT_INSPECTED)) {
      writes.add(new Write.PutFindings(findings(artifact, random)));
    }
    String locked = row.id().name().collisionKey() + " " + row.id().version().text();
    for (KeptReason reason : artifact.reasons()) {
      switch (reason) {
        case DECISION -> writes.add(new Write.Append(StoreSamples.approval(row.id(), 1)));
        case REQUEST -> writes.add(new Write.PutRequest(StoreSamples.request(row.id(), 1)));
        case NOTE -> writes.add(row(DeskTable.LINE_NOTES, locked + "/00000001"));
        case READ ->
            writes.add(row(DeskTable.READ_CONTENT, "version/" + row.cksum().hex() + "/ann"));
        case LOCKFILE ->
            writes.add(
                new Write.PutLockfile(
                    new SeenLockfile(
                        Sha256.of(Bytes.utf8(locked)),
                        List.of(locked),
                        StoreSamples.lockfile("any", "a/Cargo.lock", 1).count())));
        case GONE_UPSTREAM, YANKED, YOUNG, NOT_INSPECTED, FINDINGS, SNAPSHOT, PRIVATE -> {}
      }
    }
  }

  private static Write row(DeskTable table, String key) {
    return new Write.PutDeskRow(new DeskRow(table, key, Bytes.utf8("{}")));
  }

  /// Returns findings with a signal: a note, or one that a person should read.
  private static Findings findings(Model artifact, Random random) {
    Findings clean = artifact.row().findings();
    SignalWeight weight =
        artifact.reasons().contains(KeptReason.FINDINGS)
            ? WEIGHTS.get(1 + random.nextInt(3))
            : SignalWeight.NOTE;
    return new Findings(
        clean.sha256(),
        clean.inspectorVersion(),
        clean.problems(),
        clean.facts(),
        List.of(Signal.of(SignalCode.BUILD_NETWORK, "build.rs", 3, "a").weighing(weight)),
        clean.capabilities(),
        clean.trace());
  }
}
