package lazaret.vetting.advisory;

import lazaret.vetting.text.Coded;

/// The kinds of advisories, the worst first; results are shown in this order. The kinds are those
/// of RustSec, which cargo-audit and cargo-deny follow: vulnerabilities fail a build, informational
/// kinds are reported.
public enum AdvisoryKind implements Coded {
  /// The crate was published to do harm, or carries code or a dependency that does.
  MALWARE("malware"),
  /// The crate has a security defect.
  VULNERABILITY("vulnerability"),
  /// Safe code that uses the crate can break memory safety (RustSec, `informational = "unsound"`).
  UNSOUND("unsound"),
  /// The crate has no maintainer (RustSec, `informational = "unmaintained"`).
  UNMAINTAINED("unmaintained"),
  /// Other information for users (RustSec, `informational = "notice"`).
  NOTICE("notice");

  private final String code;

  AdvisoryKind(String code) {
    this.code = code;
  }

  /// Returns the word for reports and JSON, for example `unmaintained`.
  @Override
  public String code() {
    return code;
  }

  /// Returns the kind with a code.
  ///
  /// @throws IllegalArgumentException if there is none
  public static AdvisoryKind parse(String code) {
    return Coded.parse(AdvisoryKind.class, code);
  }

  /// Returns whether the kind is a security problem and not informational.
  public boolean isSecurity() {
    return this == MALWARE || this == VULNERABILITY;
  }
}
