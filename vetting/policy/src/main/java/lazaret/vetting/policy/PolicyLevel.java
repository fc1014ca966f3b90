package lazaret.vetting.policy;

import lazaret.vetting.text.Coded;

/// The weight that a policy gives to a finding, in ascending order. The words are the lint levels
/// of cargo-deny, with `review` in addition.
public enum PolicyLevel implements Coded {
  /// Shown, without effect.
  ALLOW("allow"),
  /// A reason of the verdict; the version is served.
  WARN("warn"),
  /// A person must review the version; an approval of the bytes sets it aside.
  REVIEW("review"),
  /// The version is refused. Only an `[[override]]` of the policy sets it aside, not an approval.
  DENY("deny");

  private final String code;

  PolicyLevel(String code) {
    this.code = code;
  }

  /// Returns the word in the policy file.
  @Override
  public String code() {
    return code;
  }
}
