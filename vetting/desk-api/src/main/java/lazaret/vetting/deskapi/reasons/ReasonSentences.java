package lazaret.vetting.deskapi.reasons;

import static java.util.Map.entry;

import java.util.Map;

/// The sentences for reasons and for signs of a takeover, without the figures of a version.
///
/// The codes are those of `docs/reasons.md`, with the standings of `verify`, and of
/// `docs/takeover.md`.
final class ReasonSentences {
  /// The sentences by the code of the reason.
  static final Map<String, String> REASONS =
      Map.ofEntries(
          entry("approved", "Approved by a reviewer"),
          entry("exempted", "Exempted from review for a time"),
          entry("audited", "Audited for the required criteria"),
          entry("aged", "Older than its cooldown, with passed checks"),
          entry("denied", "Denied by a reviewer"),
          entry("revoked", "Revoked by a reviewer after it was served"),
          entry("malware", "Malware, by an advisory"),
          entry("malware-signal", "The bytes contain an indicator of known malware"),
          entry("archive-not-conformant", "The archive breaks the rules for crates"),
          entry("waived", "Two persons waived the reason before"),
          entry("second-person-needed", "A second person must approve, too"),
          entry("violation", "An audit reports a violation of the criteria"),
          entry("vulnerable", "An advisory names a vulnerability"),
          entry("unsound", "An advisory calls the version unsound"),
          entry("unmaintained", "An advisory calls the crate unmaintained"),
          entry("advisory-notice", "An advisory has a notice"),
          entry("feeds-missing", "Advisories are missing: known malware is not noticed"),
          entry("feeds-quiet", "A feed has had no new record for a long time"),
          entry("feeds-old", "The advisories are old"),
          entry("feeds-stale", "The advisories are too old for new versions"),
          entry("yanked", "Upstream yanked the version"),
          entry("banned", "The policy bans the version"),
          entry("license", "The license is not allowed"),
          entry("build-script", "The policy does not allow this crate a build script"),
          entry("cksum-changed", "Upstream names other bytes now"),
          entry("line-changed", "Upstream changed the index line; the first one stays in force"),
          entry("removal-unconfirmed", "Missing upstream, not confirmed yet"),
          entry("gone-upstream", "Gone upstream"),
          entry("yank-wave", "Published while good versions were being yanked"),
          entry("takeover", "A sign of a takeover"),
          entry("signal", "Inspection found a signal in the bytes"),
          entry("base-unavailable", "Not compared: the base could not be fetched"),
          entry("overridden", "The policy sets the reason before aside"),
          entry("approval-expired", "The approval ended"),
          entry("audit-of-other-bytes", "The audits are of other bytes and do not count"),
          entry("criteria-not-met", "Neither approvals nor audits cover the required criteria"),
          entry("not-listed", "The index does not list the version"),
          entry("publish-held", "Held when it was published here"),
          entry(
              "private-name-in-public-source",
              "A private or reserved name, with the public registry as its source"),
          entry("git-source-not-approved", "The commit of the Git source is not approved"),
          entry("git-source-waiting", "The commit of the Git source waits for a decision"),
          entry("not-approved", "Only approved versions are served, and this one is not approved"),
          entry("cooldown", "Younger than its cooldown"),
          entry("fix", "The smallest fix for a vulnerability of a version in use"),
          entry("not-inspected", "Not inspected yet, so the longer cooldown applies"),
          entry("build-time-code", "Runs code at build time, so the longer cooldown applies"),
          entry(
              "no-publish-time", "Without a publish time, so its age counts from the first sight"),
          entry("audit-mode", "Served by audit mode, although the rules would withhold it"),
          entry("tampered", "The checksum in the lockfile is not the one of the index"),
          entry("unavailable", "Upstream did not respond"),
          entry("unknown", "The crate or version is unknown"),
          entry(
              "foreign-source", "From another source than the registry, which bypasses the gate"));

  /// The sentences by the code of the sign.
  static final Map<String, String> SIGNS =
      Map.ofEntries(
          entry("new-dependency-young", "Newly depends on a young crate"),
          entry("new-dependency-lookalike", "Newly depends on a crate with a look-alike name"),
          entry("new-dependency-unserved", "Newly depends on a crate that is not served"),
          entry("new-dependency-absent", "Newly depends on a crate that upstream does not have"),
          entry("new-dependency-unknown", "Newly depends on a crate that is not looked up yet"),
          entry("young-crate", "The crate itself is new"),
          entry("name-lookalike", "The name resembles an established one"),
          entry("near-clone", "Most statements are those of the crate whose name it resembles"),
          entry("version-jump", "The version number jumps"),
          entry("revived", "Published after a quiet year"),
          entry("trust-downgrade", "Published by a less trusted way than the version before"),
          entry("new-publisher", "Published by an account without an earlier version"));

  private ReasonSentences() {}
}
