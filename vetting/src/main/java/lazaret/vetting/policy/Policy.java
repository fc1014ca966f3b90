package lazaret.vetting.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.HeldLine;

/// What may be served, and what a person must see first. Everything that can be set has a default
/// here; `docs/policy.md` explains each.
///
/// @param mode whether what the rules withhold is withheld
/// @param waiting how old a version must be, and what need not wait
/// @param advisories what advisories and the age of their feeds do
/// @param signals what inspection's signals do
/// @param takeover what the signs of a taken-over crate do
/// @param manifest licences, bans and build scripts
/// @param evidence which audits count, and how long exemptions last
/// @param sources from where else packages of a lockfile may come
/// @param overrides what is set aside for single crates, with a reason and an expiry
public record Policy(
    Mode mode,
    Waiting waiting,
    AdvisoryRules advisories,
    SignalRules signals,
    TakeoverRules takeover,
    ManifestRules manifest,
    EvidenceRules evidence,
    SourceRules sources,
    List<PolicyOverride> overrides) {

  /// Raised when the rules change in code, so that views made under the old rules are made anew.
  private static final int RULES = 5;

  /// Whether the gate withholds or only records.
  public enum Mode {
    /// Only vetted versions are served.
    ENFORCE,
    /// What policy or cooldown would withhold is served and recorded; malware, hostile archives and
    /// a person's denials still hold.
    AUDIT
  }

  /// What a fresh installation starts with.
  public static final Policy DEFAULT =
      new Policy(
          Mode.ENFORCE,
          Waiting.DEFAULT,
          AdvisoryRules.DEFAULT,
          SignalRules.DEFAULT,
          TakeoverRules.DEFAULT,
          ManifestRules.NONE,
          EvidenceRules.DEFAULT,
          SourceRules.NONE,
          List.of());

  /// Copies the list.
  public Policy {
    overrides = List.copyOf(overrides);
  }

  /// How old a version must be before nobody needs to look.
  ///
  /// @param automatic whether age and clean checks suffice; false means approvals and audits only
  /// @param cooldown how old a version must be that was inspected and runs nothing at build time
  /// @param buildCooldown how old one must be that has a build script, is a proc macro, or was not
  ///   inspected yet
  /// @param fastLane whether the fix for an advisory skips the wait
  /// @param ageFrom the moment from which the wait counts
  public record Waiting(
      boolean automatic,
      Duration cooldown,
      Duration buildCooldown,
      FastLane fastLane,
      AgeFrom ageFrom) {
    /// Automatic, 7 and 14 days, clean fixes skip the wait.
    public static final Waiting DEFAULT =
        new Waiting(true, Duration.ofDays(7), Duration.ofDays(14), FastLane.CLEAN_DELTA);

    /// Checks the durations.
    ///
    /// @throws IllegalArgumentException if one is negative, or the longer is shorter than the other
    public Waiting {
      if (cooldown.isNegative() || buildCooldown.compareTo(cooldown) < 0) {
        throw new IllegalArgumentException(
            "cooldowns must not be negative, and the one for build-time code (%s) not shorter than the other (%s)"
                .formatted(buildCooldown, cooldown));
      }
    }

    /// Counts the wait from the publish time.
    public Waiting(
        boolean automatic, Duration cooldown, Duration buildCooldown, FastLane fastLane) {
      this(automatic, cooldown, buildCooldown, fastLane, AgeFrom.PUBLISH);
    }
  }

  /// The moment from which the wait of a version counts.
  public enum AgeFrom {
    /// The publish time that upstream states, or the gate's own earlier fetch where that is later.
    PUBLISH,
    /// The moment at which the gate first saw the version, which nobody else can set.
    FIRST_SIGHT
  }

  /// What becomes of a young version that is the smallest fix for an advisory on a version in use.
  public enum FastLane {
    /// It waits like any other.
    OFF,
    /// It skips the wait if it was inspected and can do nothing that its base could not do.
    CLEAN_DELTA,
    /// It goes to a person at once, whatever it can do.
    REVIEW
  }

  /// Returns the policy with another mode.
  public Policy withMode(Mode other) {
    return new Policy(
        other, waiting, advisories, signals, takeover, manifest, evidence, sources, overrides);
  }

  /// Returns the policy with other rules for waiting.
  public Policy withWaiting(Waiting other) {
    return new Policy(
        mode, other, advisories, signals, takeover, manifest, evidence, sources, overrides);
  }

  /// Returns the policy with other rules for advisories.
  public Policy withAdvisories(AdvisoryRules other) {
    return new Policy(
        mode, waiting, other, signals, takeover, manifest, evidence, sources, overrides);
  }

  /// Returns the policy with other rules for signals.
  public Policy withSignals(SignalRules other) {
    return new Policy(
        mode, waiting, advisories, other, takeover, manifest, evidence, sources, overrides);
  }

  /// Returns the policy with other rules for names, licences and build scripts.
  public Policy withManifest(ManifestRules other) {
    return new Policy(
        mode, waiting, advisories, signals, takeover, other, evidence, sources, overrides);
  }

  /// Returns the policy with other rules for sources.
  public Policy withSources(SourceRules other) {
    return new Policy(
        mode, waiting, advisories, signals, takeover, manifest, evidence, other, overrides);
  }

  /// Returns the policy with other rules for signs of a taken-over crate.
  public Policy withTakeover(TakeoverRules other) {
    return new Policy(
        mode, waiting, advisories, signals, other, manifest, evidence, sources, overrides);
  }

  /// Returns the policy with other rules for evidence.
  public Policy withEvidence(EvidenceRules other) {
    return new Policy(
        mode, waiting, advisories, signals, takeover, manifest, other, sources, overrides);
  }

  /// Returns the policy with other overrides.
  public Policy withOverrides(List<PolicyOverride> other) {
    return new Policy(
        mode, waiting, advisories, signals, takeover, manifest, evidence, sources, other);
  }

  /// Returns what is set aside for a crate, expired or not.
  public List<PolicyOverride> overridesOf(CrateName name) {
    return overrides.isEmpty()
        ? List.of()
        : overrides.stream().filter(o -> o.concerns(name)).toList();
  }

  /// Returns whether age and clean checks suffice.
  public boolean automatic() {
    return waiting.automatic();
  }

  /// Returns how old a version must be that runs nothing at build time.
  public Duration cooldown() {
    return waiting.cooldown();
  }

  /// Returns how old a version must be that runs code at build time or was not inspected.
  public Duration buildCooldown() {
    return waiting.buildCooldown();
  }

  /// Returns the moment from which the wait of a version counts.
  public Instant ageFrom(HeldLine line) {
    Instant published = line.ageFrom();
    return switch (waiting.ageFrom()) {
      case PUBLISH -> published;
      case FIRST_SIGHT -> line.firstSeen().isAfter(published) ? line.firstSeen() : published;
    };
  }

  /// Returns a short name that two policies share exactly when they judge alike. Every component is
  /// a record, an enum or a list of such in a fixed order, so their text is their value.
  public String generation() {
    String value = PolicyValue.of(this);
    return Sha256.of(Bytes.utf8(RULES + "|" + value)).hex().substring(0, 16);
  }

  /// Tells whether a version with this verdict is handed out: `audit` loosens what policy says, and
  /// nothing else.
  public boolean serves(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allow _ -> true;
      case Verdict.Deny deny -> mode == Mode.AUDIT && !deny.reason().code().holdsInEveryMode();
      case Verdict.Hold _, Verdict.Review _ -> mode == Mode.AUDIT;
    };
  }
}
