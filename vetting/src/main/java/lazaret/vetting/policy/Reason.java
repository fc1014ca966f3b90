package lazaret.vetting.policy;

import java.util.Locale;

/// One coded reason of a verdict.
///
/// @param code what kind of reason it is
/// @param detail one short clause for a person, without a full stop
public record Reason(Code code, String detail) {

  /// The kinds of reasons; each is explained in `docs/reasons.md`.
  public enum Code {
    /// A reviewer approved these bytes.
    APPROVED,
    /// Old enough, checks clean, nothing against it.
    AGED,
    /// A reviewer denied the version.
    DENIED,
    /// What was served before was revoked by a reviewer.
    REVOKED,
    /// The archive breaks the tar conformance rules.
    ARCHIVE_NOT_CONFORMANT,
    /// Upstream names another SHA-256 than the one held.
    CKSUM_CHANGED,
    /// The version is gone upstream.
    GONE_UPSTREAM,
    /// Good versions were yanked around a new publish.
    YANK_WAVE,
    /// The approval ran out.
    APPROVAL_EXPIRED,
    /// Only approvals count (`automatic = false`) and there is none.
    NOT_APPROVED,
    /// Younger than the cooldown.
    COOLDOWN,
    /// Not inspected yet, so the longer cooldown applies.
    NOT_INSPECTED,
    /// Has a build script or is a proc macro, so the longer cooldown applies.
    BUILD_TIME_CODE,
    /// The index line has no publish time; the age counts from when the gate first saw it.
    NO_PUBLISH_TIME,
    /// `audit` mode serves what the rules would withhold.
    AUDIT_MODE;

    /// Returns the kebab-case form, for example `archive-not-conformant`.
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
