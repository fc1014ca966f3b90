package lazaret.vetting.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Findings;
import org.jspecify.annotations.Nullable;

/// The settings that decide which versions may be served and which need a review. Every setting has
/// a default here; `docs/policy.md` explains each.
///
/// @param mode whether versions that the rules withhold are withheld
/// @param cooldowns required age of a version, and exceptions
/// @param advisories policy for advisories and the age of feeds
/// @param signals policy for signals of inspection
/// @param takeover policy for signs of a hijacked crate
/// @param manifest policy for licenses, bans and build scripts
/// @param evidence policy for audits and the duration of exemptions
/// @param sources permitted sources of lockfile packages outside of the gate
/// @param overrides exceptions for single crates, with a reason and an expiry
/// @param privateCrates policy for the private crates that the gate hosts
public record Policy(
    Mode mode,
    Cooldowns cooldowns,
    AdvisoryPolicy advisories,
    SignalPolicy signals,
    TakeoverPolicy takeover,
    ManifestPolicy manifest,
    EvidencePolicy evidence,
    SourcePolicy sources,
    List<PolicyOverride> overrides,
    PrivatePolicy privateCrates) {

  /// The version of the rules in code. It is increased when they change, so that views made under
  /// the old rules are rebuilt.
  private static final int RULES = 5;

  /// The modes of the gate.
  public enum Mode {
    /// Only vetted versions are served.
    ENFORCE,
    /// Versions that policy or cooldown would withhold are served and recorded. Malware, hostile
    /// archives and a person's denials are still refused.
    AUDIT
  }

  /// The policy of a fresh installation.
  public static final Policy DEFAULT =
      new Policy(
          Mode.ENFORCE,
          Cooldowns.DEFAULT,
          AdvisoryPolicy.DEFAULT,
          SignalPolicy.DEFAULT,
          TakeoverPolicy.DEFAULT,
          ManifestPolicy.NONE,
          EvidencePolicy.DEFAULT,
          SourcePolicy.NONE,
          List.of(),
          PrivatePolicy.DEFAULT);

  /// Copies the list.
  public Policy {
    overrides = List.copyOf(overrides);
  }

  /// The policy for the age of versions.
  ///
  /// @param automatic whether age and clean checks suffice; if false, only approvals and audits
  ///   count
  /// @param cooldown required age of a version that was inspected and runs no code at build time
  /// @param buildCooldown required age of a version that has a build script, is a proc macro, or
  ///   was not inspected yet
  /// @param fastLane treatment of a fix for an advisory
  /// @param ageFrom time from which the age counts
  public record Cooldowns(
      boolean automatic,
      Duration cooldown,
      Duration buildCooldown,
      FastLane fastLane,
      AgeFrom ageFrom) {
    /// The default: automatic, 7 and 14 days, clean fixes do not wait.
    public static final Cooldowns DEFAULT =
        new Cooldowns(true, Duration.ofDays(7), Duration.ofDays(14), FastLane.CLEAN_DELTA);

    /// Checks the durations.
    ///
    /// @throws IllegalArgumentException if one is negative, or the build cooldown is shorter than
    ///   the other
    public Cooldowns {
      if (cooldown.isNegative() || buildCooldown.compareTo(cooldown) < 0) {
        throw new IllegalArgumentException(
            "cooldowns must not be negative, and the one for build-time code (%s) not shorter than the other (%s)"
                .formatted(buildCooldown, cooldown));
      }
    }

    /// Creates settings in which the age counts from the publish time.
    public Cooldowns(
        boolean automatic, Duration cooldown, Duration buildCooldown, FastLane fastLane) {
      this(automatic, cooldown, buildCooldown, fastLane, AgeFrom.PUBLISH);
    }
  }

  /// The times from which the age of a version can count.
  public enum AgeFrom {
    /// The publish time that upstream states, or the gate's own earlier fetch if that is later.
    PUBLISH,
    /// The time at which the gate first saw the version, which others cannot influence.
    FIRST_SIGHT
  }

  /// The treatment of a young version that is the smallest fix for an advisory on a version in use.
  public enum FastLane {
    /// It waits like any other version.
    OFF,
    /// It does not wait if it was inspected and all of its capabilities are also its base's.
    CLEAN_DELTA,
    /// It needs a review at once, whatever its capabilities are.
    REVIEW
  }

  /// Returns the policy with another mode.
  public Policy withMode(Mode other) {
    return new Policy(
        other,
        cooldowns,
        advisories,
        signals,
        takeover,
        manifest,
        evidence,
        sources,
        overrides,
        privateCrates);
  }

  /// Returns the policy with other settings for the age of versions.
  public Policy withCooldowns(Cooldowns other) {
    return new Policy(
        mode,
        other,
        advisories,
        signals,
        takeover,
        manifest,
        evidence,
        sources,
        overrides,
        privateCrates);
  }

  /// Returns the policy with other settings for advisories.
  public Policy withAdvisories(AdvisoryPolicy other) {
    return new Policy(
        mode,
        cooldowns,
        other,
        signals,
        takeover,
        manifest,
        evidence,
        sources,
        overrides,
        privateCrates);
  }

  /// Returns the policy with other settings for signals.
  public Policy withSignals(SignalPolicy other) {
    return new Policy(
        mode,
        cooldowns,
        advisories,
        other,
        takeover,
        manifest,
        evidence,
        sources,
        overrides,
        privateCrates);
  }

  /// Returns the policy with other settings for names, licenses and build scripts.
  public Policy withManifest(ManifestPolicy other) {
    return new Policy(
        mode,
        cooldowns,
        advisories,
        signals,
        takeover,
        other,
        evidence,
        sources,
        overrides,
        privateCrates);
  }

  /// Returns the policy with other settings for sources.
  public Policy withSources(SourcePolicy other) {
    return new Policy(
        mode,
        cooldowns,
        advisories,
        signals,
        takeover,
        manifest,
        evidence,
        other,
        overrides,
        privateCrates);
  }

  /// Returns the policy with other settings for signs of a hijacked crate.
  public Policy withTakeover(TakeoverPolicy other) {
    return new Policy(
        mode,
        cooldowns,
        advisories,
        signals,
        other,
        manifest,
        evidence,
        sources,
        overrides,
        privateCrates);
  }

  /// Returns the policy with other settings for evidence.
  public Policy withEvidence(EvidencePolicy other) {
    return new Policy(
        mode,
        cooldowns,
        advisories,
        signals,
        takeover,
        manifest,
        other,
        sources,
        overrides,
        privateCrates);
  }

  /// Returns the policy with other overrides.
  public Policy withOverrides(List<PolicyOverride> other) {
    return new Policy(
        mode,
        cooldowns,
        advisories,
        signals,
        takeover,
        manifest,
        evidence,
        sources,
        other,
        privateCrates);
  }

  /// Returns the policy with other settings for private crates.
  public Policy withPrivateCrates(PrivatePolicy other) {
    return new Policy(
        mode,
        cooldowns,
        advisories,
        signals,
        takeover,
        manifest,
        evidence,
        sources,
        overrides,
        other);
  }

  /// Returns the policy under which the private crates of this gate are evaluated. Signals are
  /// shown there: those that hold a version do so when it is published.
  public Policy hosted() {
    return new Policy(
        mode,
        new Cooldowns(
            true,
            privateCrates.cooldown(),
            privateCrates.cooldown(),
            FastLane.OFF,
            AgeFrom.PUBLISH),
        advisories.withYanked(PolicyLevel.ALLOW),
        signals.withoutReviews(),
        takeover,
        new ManifestPolicy(null, manifest.bans(), null, null),
        evidence,
        sources,
        overrides,
        privateCrates);
  }

  /// Returns the overrides for a crate, including expired ones.
  public List<PolicyOverride> overridesOf(CrateName name) {
    return overrides.isEmpty()
        ? List.of()
        : overrides.stream().filter(o -> o.concerns(name)).toList();
  }

  /// Returns whether age and clean checks suffice.
  public boolean automatic() {
    return cooldowns.automatic();
  }

  /// Returns the required age of a version that runs no code at build time.
  public Duration cooldown() {
    return cooldowns.cooldown();
  }

  /// Returns the required age of a version that runs code at build time or was not inspected.
  public Duration buildCooldown() {
    return cooldowns.buildCooldown();
  }

  /// Returns the required age of a version by its findings, without the effect of other rules.
  ///
  /// @param findings the findings; null for a version that is not inspected, to which the longer
  ///   cooldown applies
  public Duration cooldown(@Nullable Findings findings) {
    return findings == null || findings.facts().runsCodeAtBuild() ? buildCooldown() : cooldown();
  }

  /// Returns the time from which the age of a version counts.
  public Instant ageFrom(StoredLine line) {
    Instant published = line.ageFrom();
    return switch (cooldowns.ageFrom()) {
      case PUBLISH -> published;
      case FIRST_SIGHT -> line.firstSeen().isAfter(published) ? line.firstSeen() : published;
    };
  }

  /// Returns a short name that is equal for two policies exactly if they evaluate alike. Every
  /// component is a record, an enum or a list of these in a fixed order, so their text is their
  /// value.
  public String generation() {
    String value = CanonicalPolicy.of(this);
    return Sha256.of(Bytes.utf8(RULES + "|" + value)).hex().substring(0, 16);
  }

  /// Returns whether a version with this verdict is served. The `audit` mode relaxes the policy
  /// only, not the mandatory rules.
  public boolean serves(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allow _ -> true;
      case Verdict.Deny deny -> mode == Mode.AUDIT && !deny.reason().code().holdsInEveryMode();
      case Verdict.Hold _, Verdict.Review _ -> mode == Mode.AUDIT;
    };
  }
}
