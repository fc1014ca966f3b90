package lazaret.bench.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.bench.evaluation.FixtureCrate.Release;
import lazaret.testkit.IndexLineBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.CapabilityDelta;
import lazaret.vetting.ledger.VersionDecisions;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.ExternalEvidence;
import lazaret.vetting.policy.rules.ExternalEvidence.NewCapabilities;
import lazaret.vetting.policy.rules.PolicyEvaluator;
import lazaret.vetting.policy.rules.RuleInput;
import lazaret.vetting.policy.rules.YankWave;
import lazaret.vetting.takeover.CrateHistory;
import lazaret.vetting.takeover.TakeoverDetector;
import org.jspecify.annotations.Nullable;

/// A fixture of the second or a later set, evaluated by the default policy at an age of its
/// release.
///
/// @param kind class of the attack; own name of a benign fixture
/// @param set name of the set
/// @param variant kind of disguise; empty for a benign fixture
/// @param group class of missed attacks that it represents, or the place of its attack; empty if it
///   has none
/// @param release the release with the findings of its inspection
/// @param before the previous release with its findings; null for a benign fixture
record AgedFixture(
    String kind,
    String set,
    String variant,
    String group,
    Release release,
    @Nullable Release before) {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final Duration QUIET = Duration.ofDays(900);
  private static final Duration USUAL = Duration.ofDays(60);

  /// The form in which a release reaches the gate.
  enum Form {
    /// The only version of its crate.
    NEW_CRATE,
    /// The next version of a crate that has been quiet for years.
    TAKEOVER,
    /// The next version of an actively maintained crate.
    NEXT_RELEASE
  }

  /// Returns whether the fixture is benign.
  boolean benign() {
    return before == null;
  }

  /// Returns the verdict on the release.
  ///
  /// @param days days since its publication
  Verdict verdict(Form form, int days) {
    Instant published = NOW.minus(Duration.ofDays(days));
    List<String> lines = new ArrayList<>();
    List<Instant> times = new ArrayList<>();
    boolean first = form == Form.NEW_CRATE;
    if (!first) {
      Duration between = form == Form.TAKEOVER ? QUIET : USUAL;
      lines.add(line("0.0.1", published.minus(between.multipliedBy(2))));
      lines.add(line(base().id().version().text(), published.minus(between)));
      times.add(published.minus(between.multipliedBy(2)));
      times.add(published.minus(between));
    }
    // A new crate starts with a low number. Jumps of the number are tested by the first set.
    lines.add(line(first ? "0.1.0" : release.id().version().text(), published));
    times.add(published);
    StoredCrate crate = held(lines, times);
    StoredLine line = crate.lines().getLast();
    var history = new CrateHistory(crate, Set.of(), Set.of(), Map.of());
    var signs =
        new TakeoverDetector(history, new StoryRelatedCrates(Map.of()))
            .signals(line, release.findings().trace().sketch(), NOW);
    NewCapabilities gains = first ? null : gains();
    var evidence = new ExternalEvidence(List.of(), FeedAge.NONE, null, signs, List.of(), gains);
    return new PolicyEvaluator(Policy.DEFAULT)
        .evaluate(
            new RuleInput(
                line, release.findings(), VersionDecisions.NONE, YankWave.Role.NONE, evidence),
            NOW);
  }

  /// Returns whether the release is held for a reason other than its age alone.
  boolean held(Form form, int days) {
    return switch (verdict(form, days)) {
      case Verdict.Review _, Verdict.Deny _ -> true;
      case Verdict.Hold _, Verdict.Allow _ -> false;
    };
  }

  /// Returns the outcome with the heaviest signals, including those of the difference.
  Outcome outcome() {
    Outcome own = Outcome.of(release.findings());
    return before == null ? own : own.and(Outcome.of(delta(before).signals()));
  }

  private CapabilityDelta delta(Release base) {
    return CapabilityDelta.between(base.findings(), release.findings());
  }

  private NewCapabilities gains() {
    Release base = base();
    return new NewCapabilities(base.id().version(), List.of(), delta(base));
  }

  private Release base() {
    if (before == null) {
      throw new IllegalStateException("cannot compare " + kind + ": it has no release before");
    }
    return before;
  }

  private StoredCrate held(List<String> lines, List<Instant> times) {
    CrateName name = release.id().name();
    List<IndexEntry> entries =
        IndexFile.parse(name, Bytes.utf8(String.join("\n", lines) + "\n"), IndexLimits.DEFAULT)
            .entries();
    List<StoredLine> held = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      held.add(new StoredLine(entries.get(i), null, times.get(i), null, null, null, null));
    }
    return new StoredCrate(name, held, List.of());
  }

  private String line(String version, Instant published) {
    String name = release.id().name().published();
    return IndexLineBuilder.line(name, version)
        .cksum(release.id().cksum())
        .pubtime(published)
        .build();
  }
}
