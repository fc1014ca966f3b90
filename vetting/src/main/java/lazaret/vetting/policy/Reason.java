package lazaret.vetting.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One coded reason of a verdict.
///
/// @param code what kind of reason it is
/// @param detail one short clause for a person, without a full stop
public record Reason(Code code, String detail) {

  /// The kinds of reasons; each is explained in `docs/reasons.md`.
  public enum Code {
    /// A reviewer approved these bytes.
    APPROVED,
    /// The version is exempted from review for a time.
    EXEMPTED,
    /// Audits vouch for these bytes.
    AUDITED,
    /// Old enough, checks clean, nothing against it.
    AGED,
    /// A reviewer denied the version.
    DENIED(true, false),
    /// What was served before was revoked by a reviewer.
    REVOKED(true, false),
    /// A feed calls the version or its bytes malware.
    MALWARE(true, true),
    /// The bytes hold a digest or a text that a malware feed names.
    MALWARE_SIGNAL(true, true),
    /// The archive breaks the tar conformance rules.
    ARCHIVE_NOT_CONFORMANT(true, false),
    /// Two persons waived what would deny.
    WAIVED,
    /// One person approved or waived, and the policy wants two.
    SECOND_PERSON_NEEDED,
    /// An audit reports that the version violates the criteria.
    VIOLATION,
    /// An advisory names a vulnerability of the version.
    VULNERABLE,
    /// An advisory calls the version unsound.
    UNSOUND,
    /// An advisory calls the crate unmaintained.
    UNMAINTAINED,
    /// An advisory has something else to say.
    ADVISORY_NOTICE,
    /// No feed of advisories was imported, or a configured one never came.
    FEEDS_MISSING,
    /// A feed was fetched recently and has had no new record for long.
    FEEDS_QUIET,
    /// The advisories are old.
    FEEDS_OLD,
    /// The advisories are too old to vet by.
    FEEDS_STALE,
    /// The policy bans the crate or version.
    BANNED,
    /// Upstream yanked the version, and the policy makes something of it.
    YANKED,
    /// The policy does not allow the licence.
    LICENCE,
    /// Has a build script, and the policy lists the crates that may.
    BUILD_SCRIPT,
    /// Upstream names another SHA-256 than the one held.
    CKSUM_CHANGED,
    /// Upstream sends another line under the same SHA-256; the held one stays in force.
    LINE_CHANGED,
    /// The version is missing upstream, and no second request has confirmed that yet.
    REMOVAL_UNCONFIRMED,
    /// The version is gone upstream.
    GONE_UPSTREAM,
    /// Good versions were yanked around a new publish.
    YANK_WAVE,
    /// Another sign that the crate was taken over.
    TAKEOVER,
    /// Inspection found a signal in the bytes.
    SIGNAL,
    /// The version that it is compared with could not be fetched.
    BASE_UNAVAILABLE,
    /// An override of the policy set something aside.
    OVERRIDDEN,
    /// The approval or exemption ran out.
    APPROVAL_EXPIRED,
    /// The audits were made when the version had other bytes.
    AUDIT_OF_OTHER_BYTES,
    /// Only approvals count (`automatic = false`) and there is none.
    NOT_APPROVED,
    /// Nobody vouches for the version for the criteria that were asked for beside the rules.
    NOT_VOUCHED_FOR,
    /// The index does not list the version.
    NOT_LISTED,
    /// Younger than the cooldown.
    COOLDOWN,
    /// The smallest fix for an advisory on a version in use.
    FIX,
    /// Not inspected yet, so the longer cooldown applies.
    NOT_INSPECTED,
    /// Has a build script or is a proc macro, so the longer cooldown applies.
    BUILD_TIME_CODE,
    /// The index line has no publish time; the age counts from when the gate first saw it.
    NO_PUBLISH_TIME,
    /// `audit` mode serves what the rules would withhold.
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

    /// Returns the kind with a kebab-case form; empty where there is none.
    public static Optional<Code> find(String code) {
      return Optional.ofNullable(BY_CODE.get(code));
    }

    /// Returns the kebab-case form, for example `archive-not-conformant`.
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Tells whether a version is refused for this reason even in `audit` mode.
    public boolean holdsInEveryMode() {
      return always;
    }

    /// Tells whether two persons can set aside what always denies.
    public boolean waivable() {
      return waivable;
    }
  }
}
