package lazaret.vetting.policy;

import java.util.Locale;

/// How much a policy makes of something that speaks against a version, from nothing to everything.
/// The words are cargo-deny's lint levels, with `review` between.
public enum Level {
  /// It is shown and changes nothing.
  ALLOW,
  /// It is told as a reason of the verdict; the version is served.
  WARN,
  /// A person must look; an approval of the bytes sets it aside.
  REVIEW,
  /// The version is refused; no approval sets it aside, only an `[[override]]` of the policy.
  DENY;

  /// Returns the word of the policy file.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
