package lazaret.vetting.policy;

import java.util.Locale;

/// The weight that a policy gives to a finding, in ascending order. The words are the lint levels
/// of cargo-deny, with `review` in addition.
public enum Level {
  /// Shown, without effect.
  ALLOW,
  /// A reason of the verdict; the version is served.
  WARN,
  /// A person must review the version; an approval of the bytes sets it aside.
  REVIEW,
  /// The version is refused. Only an `[[override]]` of the policy sets it aside, not an approval.
  DENY;

  /// Returns the word in the policy file.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
