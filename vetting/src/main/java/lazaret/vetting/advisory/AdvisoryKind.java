package lazaret.vetting.advisory;

import java.util.Locale;

/// What an advisory is about, the worst first: the order of the constants is the order in which
/// hits are told. The split is RustSec's, which cargo-audit and cargo-deny follow: vulnerabilities
/// fail a build, the informational kinds are shown.
public enum AdvisoryKind {
  /// The crate was published to do harm, or carries code or a dependency that does.
  MALWARE,
  /// The crate has a security defect.
  VULNERABILITY,
  /// Safe code that uses the crate can break memory safety (RustSec, `informational = "unsound"`).
  UNSOUND,
  /// Nobody looks after the crate (RustSec, `informational = "unmaintained"`).
  UNMAINTAINED,
  /// Something else that users should know (RustSec, `informational = "notice"`).
  NOTICE;

  /// Returns the word for reports and JSON, for example `unmaintained`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Tells whether this kind is a matter of security, not of information.
  public boolean isSecurity() {
    return this == MALWARE || this == VULNERABILITY;
  }
}
