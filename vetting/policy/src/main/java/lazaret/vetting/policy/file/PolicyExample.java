package lazaret.vetting.policy.file;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.audit.AuditVerdict;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.CapabilityDelta;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.VersionDecisions;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.ExternalEvidence;
import lazaret.vetting.policy.rules.PolicyEvaluator;
import lazaret.vetting.policy.rules.RuleInput;
import lazaret.vetting.policy.rules.YankWave;
import lazaret.vetting.takeover.TakeoverSignal;
import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// An example in a policy file: assumed facts on a version that need not exist, and the expected
/// verdict.
///
/// @param line line in the file
/// @param title title in the author's words
/// @param facts the assumed facts
/// @param expected `allow`, `hold`, `review` or `deny`
/// @param reason code of the expected deciding reason; null if only the verdict is compared
public record PolicyExample(
    int line, String title, Facts facts, Expected expected, @Nullable String reason) {

  /// The expected verdicts.
  public enum Expected implements Coded {
    /// [Verdict.Allow].
    ALLOW("allow"),
    /// [Verdict.Hold].
    HOLD("hold"),
    /// [Verdict.Review].
    REVIEW("review"),
    /// [Verdict.Deny].
    DENY("deny");

    private final String code;

    Expected(String code) {
      this.code = code;
    }

    static Expected of(Verdict verdict) {
      return switch (verdict) {
        case Verdict.Allow _ -> ALLOW;
        case Verdict.Hold _ -> HOLD;
        case Verdict.Review _ -> REVIEW;
        case Verdict.Deny _ -> DENY;
      };
    }

    /// Returns the word in the policy file.
    @Override
    public String code() {
      return code;
    }
  }

  /// The assumed facts of an example on a version.
  ///
  /// @param crate name of the crate
  /// @param version the version
  /// @param age time since its publication
  /// @param findings findings of the inspection; null if it was not inspected
  /// @param hits advisory groups that affect it
  /// @param feeds age of the advisories
  /// @param decisions decisions of people, in order
  /// @param audited whether audits certify it
  /// @param takeover signs of a hijacked crate
  /// @param fixes ids of advisories that it fixes
  /// @param yanked whether upstream yanked it
  public record Facts(
      CrateName crate,
      CrateVersion version,
      Duration age,
      @Nullable Findings findings,
      List<AdvisoryGroup> hits,
      FeedAge feeds,
      List<Word> decisions,
      boolean audited,
      List<TakeoverSignal> takeover,
      List<String> fixes,
      boolean yanked) {
    /// Copies the lists.
    public Facts {
      hits = List.copyOf(hits);
      decisions = List.copyOf(decisions);
      takeover = List.copyOf(takeover);
      fixes = List.copyOf(fixes);
    }
  }

  /// An assumed decision of an example.
  ///
  /// @param kind kind of the decision
  /// @param by the person who decided
  /// @param waives ids and codes that the decision waives
  public record Word(Decision.Kind kind, String by, List<String> waives) {
    /// Copies the list.
    public Word {
      waives = List.copyOf(waives);
    }
  }

  /// The result of an example under a policy.
  ///
  /// @param example the example
  /// @param verdict verdict of the policy
  /// @param passes whether the verdict is the expected one
  public record Outcome(PolicyExample example, Verdict verdict, boolean passes) {}

  /// Evaluates the example under a policy at a time.
  public Outcome run(Policy policy, Instant now) {
    Verdict verdict = new PolicyEvaluator(policy).evaluate(ruleInput(now), now);
    boolean passes =
        Expected.of(verdict) == expected
            && (reason == null || verdict.reason().code().code().equals(reason));
    return new Outcome(this, verdict, passes);
  }

  private RuleInput ruleInput(Instant now) {
    Sha256 cksum = Sha256.of(Bytes.utf8(facts.crate() + "@" + facts.version()));
    IndexEntry entry =
        new IndexEntry(
            Bytes.EMPTY,
            facts.crate(),
            facts.version(),
            List.of(),
            cksum,
            facts.yanked(),
            now.minus(facts.age()),
            null,
            null,
            1);
    VersionDecisions decisions = VersionDecisions.NONE;
    for (Word word : facts.decisions()) {
      decisions = decisions.plus(decision(word, entry, now));
    }
    return new RuleInput(
        StoredLine.first(entry, now, null),
        facts.findings(),
        decisions,
        YankWave.Role.NONE,
        evidence());
  }

  private static Decision decision(Word word, IndexEntry entry, Instant now) {
    Instant expires = word.kind() == Decision.Kind.EXEMPT ? now.plus(Duration.ofDays(1)) : null;
    return new Decision(
        word.kind(),
        entry.id(),
        now,
        word.by(),
        "an example",
        expires,
        List.of(),
        List.of(),
        null,
        word.waives(),
        null);
  }

  private ExternalEvidence evidence() {
    return new ExternalEvidence(
        facts.hits(),
        facts.feeds(),
        facts.audited() ? new AuditVerdict.Fully(List.of()) : null,
        facts.takeover(),
        facts.fixes(),
        facts.fixes().isEmpty()
            ? null
            : new ExternalEvidence.NewCapabilities(
                CrateVersion.parse("0.0.0"), List.of(), CapabilityDelta.NONE));
  }
}
