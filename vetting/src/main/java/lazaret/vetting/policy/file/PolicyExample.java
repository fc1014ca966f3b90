package lazaret.vetting.policy.file;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.AdvisoryHit;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.audit.AuditVerdict;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.inspect.CapabilityDelta;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Standing;
import lazaret.vetting.policy.Dossier;
import lazaret.vetting.policy.Judge;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Testimony;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.YankWave;
import lazaret.vetting.takeover.TakeoverSignal;
import org.jspecify.annotations.Nullable;

/// An example that is kept in a policy file: facts about a version that need not exist, and what
/// the policy shall make of them.
///
/// @param line where it stands in the file
/// @param title what it shows, in the words of whoever wrote it
/// @param facts what is assumed
/// @param expected `allow`, `hold`, `review` or `deny`
/// @param reason the code of the deciding reason; null where only the verdict counts
public record PolicyExample(
    int line, String title, Facts facts, Expected expected, @Nullable String reason) {

  /// The verdicts.
  public enum Expected {
    /// [Verdict.Allow].
    ALLOW,
    /// [Verdict.Hold].
    HOLD,
    /// [Verdict.Review].
    REVIEW,
    /// [Verdict.Deny].
    DENY;

    static Expected of(Verdict verdict) {
      return switch (verdict) {
        case Verdict.Allow _ -> ALLOW;
        case Verdict.Hold _ -> HOLD;
        case Verdict.Review _ -> REVIEW;
        case Verdict.Deny _ -> DENY;
      };
    }

    /// Returns the word of the policy file.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What an example assumes of a version.
  ///
  /// @param age since it was published
  /// @param findings what inspection saw; null where it was not inspected
  /// @param hits the advisories that affect it
  /// @param feeds how old the advisories are
  /// @param decisions what persons decided, in order
  /// @param audited whether audits vouch for it
  /// @param takeover signs of a taken-over crate
  /// @param fixes the ids of advisories that it fixes
  /// @param yanked whether upstream yanked it
  public record Facts(
      CrateName crate,
      CrateVersion version,
      Duration age,
      @Nullable Findings findings,
      List<AdvisoryHit> hits,
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

  /// A decision that an example assumes.
  ///
  /// @param by who
  /// @param waives what it waives
  public record Word(Decision.Kind kind, String by, List<String> waives) {
    /// Copies the list.
    public Word {
      waives = List.copyOf(waives);
    }
  }

  /// What a policy makes of an example.
  ///
  /// @param passes whether it is what was expected
  public record Outcome(PolicyExample example, Verdict verdict, boolean passes) {}

  /// Holds the example against a policy at a moment.
  public Outcome run(Policy policy, Instant now) {
    Verdict verdict = new Judge(policy).judge(dossier(now), now);
    boolean passes =
        Expected.of(verdict) == expected
            && (reason == null || verdict.reason().code().code().equals(reason));
    return new Outcome(this, verdict, passes);
  }

  private Dossier dossier(Instant now) {
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
    Standing standing = Standing.NONE;
    for (Word word : facts.decisions()) {
      standing = standing.and(decision(word, entry, now));
    }
    return new Dossier(
        HeldLine.first(entry, now, null),
        facts.findings(),
        standing,
        YankWave.Part.NONE,
        testimony());
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

  private Testimony testimony() {
    return new Testimony(
        facts.hits(),
        facts.feeds(),
        facts.audited() ? new AuditVerdict.Fully(List.of()) : null,
        facts.takeover(),
        facts.fixes(),
        facts.fixes().isEmpty()
            ? null
            : new Testimony.Gains(CrateVersion.parse("0.0.0"), List.of(), CapabilityDelta.NONE));
  }
}
