package lazaret.vetting.policy;

import java.util.Map;
import java.util.Optional;
import lazaret.vetting.text.Coded;

/// A coded reason of a verdict.
///
/// @param code kind of the reason
/// @param detail one short clause for a person, without a full stop
public record Reason(Code code, String detail) {

  /// The kinds of reasons, each explained in `docs/reasons.md`.
  public enum Code implements Coded {
    /// A reviewer approved these bytes.
    APPROVED("approved"),
    /// The version is exempted from review for a time.
    EXEMPTED("exempted"),
    /// Audits certify these bytes.
    AUDITED("audited"),
    /// The version is old enough and its checks are clean.
    AGED("aged"),
    /// A reviewer denied the version.
    DENIED("denied", true, false),
    /// A reviewer revoked a version that was served.
    REVOKED("revoked", true, false),
    /// A feed calls the version or its bytes malware.
    MALWARE("malware", true, true),
    /// The bytes contain a digest or a text that a malware feed names.
    MALWARE_SIGNAL("malware-signal", true, true),
    /// The archive violates the tar conformance rules.
    ARCHIVE_NOT_CONFORMANT("archive-not-conformant", true, false),
    /// Two persons waived a reason that would deny.
    WAIVED("waived"),
    /// One person approved or waived, and the policy requires two.
    SECOND_PERSON_NEEDED("second-person-needed"),
    /// An audit reports that the version violates the criteria.
    VIOLATION("violation"),
    /// An advisory names a vulnerability of the version.
    VULNERABLE("vulnerable"),
    /// An advisory calls the version unsound.
    UNSOUND("unsound"),
    /// An advisory calls the crate unmaintained.
    UNMAINTAINED("unmaintained"),
    /// An advisory has other information.
    ADVISORY_NOTICE("advisory-notice"),
    /// No feed of advisories was imported, or a configured one never arrived.
    FEEDS_MISSING("feeds-missing"),
    /// A feed was fetched recently and has had no new record for a long time.
    FEEDS_QUIET("feeds-quiet"),
    /// The advisories are old.
    FEEDS_OLD("feeds-old"),
    /// The advisories are too old for vetting.
    FEEDS_STALE("feeds-stale"),
    /// The policy bans the crate or version.
    BANNED("banned"),
    /// Upstream yanked the version, and the policy has a level for that.
    YANKED("yanked"),
    /// The policy does not permit the license.
    LICENSE("license"),
    /// The version has a build script, and the policy lists the permitted crates.
    BUILD_SCRIPT("build-script"),
    /// Upstream lists a different SHA-256 than the stored one.
    CKSUM_CHANGED("cksum-changed"),
    /// Upstream sends another line under the same SHA-256; the stored one stays in force.
    LINE_CHANGED("line-changed"),
    /// The version is missing upstream, and no second request has confirmed that yet.
    REMOVAL_UNCONFIRMED("removal-unconfirmed"),
    /// The version is gone upstream.
    GONE_UPSTREAM("gone-upstream"),
    /// Good versions were yanked around a new publish.
    YANK_WAVE("yank-wave"),
    /// There is another sign that the crate was hijacked.
    TAKEOVER("takeover"),
    /// Inspection found a signal in the bytes.
    SIGNAL("signal"),
    /// The base version for a comparison could not be fetched.
    BASE_UNAVAILABLE("base-unavailable"),
    /// An override of the policy is in force.
    OVERRIDDEN("overridden"),
    /// The approval or exemption expired.
    APPROVAL_EXPIRED("approval-expired"),
    /// The audits were made when the version had other bytes.
    AUDIT_OF_OTHER_BYTES("audit-of-other-bytes"),
    /// Only approvals count (`automatic = false`) and the version has none.
    NOT_APPROVED("not-approved"),
    /// No audit or approval certifies the criteria that were requested in addition to the rules.
    CRITERIA_NOT_MET("criteria-not-met"),
    /// The index does not list the version.
    NOT_LISTED("not-listed"),
    /// The version was held when it was published here, and waits for a decision.
    PUBLISH_HELD("publish-held"),
    /// A lockfile has a private or reserved name with the public registry as its source.
    PRIVATE_NAME_IN_PUBLIC_SOURCE("private-name-in-public-source"),
    /// The commit of a Git source is not approved, or does not have the package.
    GIT_SOURCE_NOT_APPROVED("git-source-not-approved"),
    /// The commit of a Git source waits for a decision.
    GIT_SOURCE_WAITING("git-source-waiting"),
    /// The version is younger than the cooldown.
    COOLDOWN("cooldown"),
    /// The version is the smallest fix for an advisory on a version in use.
    FIX("fix"),
    /// The version is not inspected yet, so the longer cooldown applies.
    NOT_INSPECTED("not-inspected"),
    /// The version has a build script or is a proc macro, so the longer cooldown applies.
    BUILD_TIME_CODE("build-time-code"),
    /// The index line has no publish time; the age counts from when the gate first saw it.
    NO_PUBLISH_TIME("no-publish-time"),
    /// `audit` mode serves a version that the rules would withhold.
    AUDIT_MODE("audit-mode");

    private final String code;

    private final boolean always;
    private final boolean waivable;

    Code(String code) {
      this(code, false, false);
    }

    Code(String code, boolean always, boolean waivable) {
      this.code = code;
      this.always = always;
      this.waivable = waivable;
    }

    private static final Map<String, Code> FORMER =
        Map.of("licence", LICENSE, "not-vouched-for", CRITERIA_NOT_MET);

    /// Returns the kind with a kebab-case form or a former code, or empty if there is none.
    public static Optional<Code> find(String code) {
      return Coded.find(Code.class, code).or(() -> Optional.ofNullable(FORMER.get(code)));
    }

    /// Returns the kinds by their former codes. Former codes are read in policy files and in stored
    /// verdicts; nothing writes them.
    public static Map<String, Code> byFormerCode() {
      return FORMER;
    }

    /// Returns the kebab-case form, for example `archive-not-conformant`.
    @Override
    public String code() {
      return code;
    }

    /// Returns whether a version is refused for this reason even in `audit` mode.
    public boolean holdsInEveryMode() {
      return always;
    }

    /// Returns whether two persons can set the reason aside although it always denies.
    public boolean waivable() {
      return waivable;
    }
  }
}
