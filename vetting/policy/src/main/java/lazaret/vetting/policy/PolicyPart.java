package lazaret.vetting.policy;

import lazaret.vetting.text.Coded;

/// The parts of a policy that can be changed separately, with their names in the policy file.
public enum PolicyPart implements Coded {
  /// `automatic`, the two cooldowns and the fast lane.
  COOLDOWN("cooldown"),
  /// `[advisories]`.
  ADVISORIES("advisories"),
  /// `[feeds]`.
  FEEDS("feeds"),
  /// `[signals]`.
  SIGNALS("signals"),
  /// `[takeover]`.
  TAKEOVER("takeover"),
  /// `[audits]`.
  AUDITS("audits"),
  /// `[approvals]`.
  APPROVALS("approvals"),
  /// `[licenses]`.
  LICENSES("licenses"),
  /// `[crates]`.
  CRATES("crates"),
  /// `[build-scripts]`.
  BUILD_SCRIPTS("build-scripts"),
  /// `[[ban]]`.
  BAN("ban"),
  /// `[sources]`.
  SOURCES("sources"),
  /// `[[override]]`.
  OVERRIDE("override"),
  /// `[private]`.
  PRIVATE("private");

  private final String code;

  PolicyPart(String code) {
    this.code = code;
  }

  /// Returns the word in the policy file.
  @Override
  public String code() {
    return code;
  }

  /// Returns a policy with this part of another one.
  public Policy of(Policy other, Policy policy) {
    return switch (this) {
      case COOLDOWN -> policy.withCooldowns(other.cooldowns());
      case ADVISORIES ->
          policy.withAdvisories(other.advisories().withFeeds(policy.advisories().feeds()));
      case FEEDS ->
          policy.withAdvisories(policy.advisories().withFeeds(other.advisories().feeds()));
      case SIGNALS -> policy.withSignals(other.signals());
      case TAKEOVER -> policy.withTakeover(other.takeover());
      case AUDITS -> policy.withEvidence(audits(other.evidence(), policy.evidence()));
      case APPROVALS -> policy.withEvidence(audits(policy.evidence(), other.evidence()));
      case LICENSES, CRATES, BUILD_SCRIPTS, BAN ->
          policy.withManifest(manifest(other.manifest(), policy.manifest()));
      case SOURCES -> policy.withSources(other.sources());
      case OVERRIDE -> policy.withOverrides(other.overrides());
      case PRIVATE -> policy.withPrivateCrates(other.privateCrates());
    };
  }

  private static EvidencePolicy audits(EvidencePolicy audits, EvidencePolicy approvals) {
    return new EvidencePolicy(
        audits.violation(),
        audits.criteria(),
        audits.cooldown(),
        approvals.secondPerson(),
        approvals.exemption(),
        approvals.longest(),
        approvals.approver());
  }

  private ManifestPolicy manifest(ManifestPolicy other, ManifestPolicy rules) {
    return new ManifestPolicy(
        this == LICENSES ? other.licenses() : rules.licenses(),
        this == BAN ? other.bans() : rules.bans(),
        this == CRATES ? other.crates() : rules.crates(),
        this == BUILD_SCRIPTS ? other.buildScripts() : rules.buildScripts());
  }
}
