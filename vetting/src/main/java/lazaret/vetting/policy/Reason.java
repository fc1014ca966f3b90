package lazaret.vetting.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A coded reason of a verdict.
///
/// @param code kind of the reason
/// @param detail one short clause for a person, without a full stop
public record Reason(Code code, String detail) {

  /// The kinds of reasons, each explained in `docs/reasons.md`.
  public enum Code {
    /// A reviewer approved these bytes.
    APPROVED,
    /// The version is exempted from review for a time.
    EXEMPTED,
    /// Audits certify these bytes.
    AUDITED,
    /// The version is old enough and its checks are clean.
    AGED,
    /// A reviewer denied the version.
    DENIED(true, false),
    /// A reviewer revoked a version that was served.
    REVOKED(true, false),
    /// A feed calls the version or its bytes malware.
    MALWARE(true, true),
    /// The bytes contain a digest or a text that a malware feed names.
    MALWARE_SIGNAL(true, true),
    /// The archive violates the tar conformance rules.
    ARCHIVE_NOT_CONFORMANT(true, false),
    /// Two persons waived a reason that would deny.
    WAIVED,
    /// One person approved or waived, and the policy requires two.
    SECOND_PERSON_NEEDED,
    /// An audit reports that the version violates the criteria.
    VIOLATION,
    /// An advisory names a vulnerability of the version.
    VULNERABLE,
    /// An advisory calls the version unsound.
    UNSOUND,
    /// An advisory calls the crate unmaintained.
    UNMAINTAINED,
    /// An advisory has other information.
    ADVISORY_NOTICE,
    /// No feed of advisories was imported, or a configured one never arrived.
    FEEDS_MISSING,
    /// A feed was fetched recently and has had no new record for a long time.
    FEEDS_QUIET,
    /// The advisories are old.
    FEEDS_OLD,
    /// The advisories are too old for vetting.
    FEEDS_STALE,
    /// The policy bans the crate or version.
    BANNED,
    /// Upstream yanked the version, and the policy has a level for that.
    YANKED,
    /// The policy does not permit the license.
    LICENCE,
    /// The version has a build script, and the policy lists the permitted crates.
    BUILD_SCRIPT,
    /// Upstream lists a different SHA-256 than the stored one.
    CKSUM_CHANGED,
    /// Upstream sends another line under the same SHA-256; the stored one stays in force.
    LINE_CHANGED,
    /// The version is missing upstream, and no second request has confirmed that yet.
    REMOVAL_UNCONFIRMED,
    /// The version is gone upstream.
    GONE_UPSTREAM,
    /// Good versions were yanked around a new publish.
    YANK_WAVE,
    /// There is another sign that the crate was hijacked.
    TAKEOVER,
    /// Inspection found a signal in the bytes.
    SIGNAL,
    /// The base version for a comparison could not be fetched.
    BASE_UNAVAILABLE,
    /// An override of the policy is in force.
    OVERRIDDEN,
    /// The approval or exemption expired.
    APPROVAL_EXPIRED,
    /// The audits were made when the version had other bytes.
    AUDIT_OF_OTHER_BYTES,
    /// Only approvals count (`automatic = false`) and the version has none.
    NOT_APPROVED,
    /// No audit or approval certifies the criteria that were requested in addition to the rules.
    NOT_VOUCHED_FOR,
    /// The index does not list the version.
    NOT_LISTED,
    /// The version is younger than the cooldown.
    COOLDOWN,
    /// The version is the smallest fix for an advisory on a version in use.
    FIX,
    /// The version is not inspected yet, so the longer cooldown applies.
    NOT_INSPECTED,
    /// The version has a build script or is a proc macro, so the longer cooldown applies.
    BUILD_TIME_CODE,
    /// The index line has no publish time; the age counts from when the gate first saw it.
    NO_PUBLISH_TIME,
    /// `audit` mode serves a version that the rules would withhold.
    AUDIT_MODE;

    private final boolean always;
    private final boolean waivable;

    Code() {
      this(false, false);
    }

    Code(boolean always, boolean waivable) {
      this.always = always;
      this.waivable = waivable;
    }

    private static final Map<String, Code> BY_CODE =
        Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Code::code, c -> c));

    /// Returns the kind with a kebab-case form, or empty if there is none.
    public static Optional<Code> find(String code) {
      return Optional.ofNullable(BY_CODE.get(code));
    }

    /// Returns the kebab-case form, for example `archive-not-conformant`.
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
