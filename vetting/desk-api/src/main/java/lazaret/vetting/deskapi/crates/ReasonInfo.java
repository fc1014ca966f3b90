package lazaret.vetting.deskapi.crates;

import java.util.Set;

/// A coded cause of a verdict.
///
/// @param code the code, one of `docs/reasons.md`
/// @param detail one sentence with the figures of this version
public record ReasonInfo(String code, String detail) {
  private static final Set<String> WARNINGS =
      Set.of(
          "vulnerable",
          "unsound",
          "unmaintained",
          "violation",
          "banned",
          "license",
          "yanked",
          "signal",
          "takeover",
          "approval-expired",
          "audit-of-other-bytes",
          "audit-mode");

  /// Returns whether the reason is reported as a warning of a served version. Other reasons after
  /// the deciding one explain it, or were set aside by an approval.
  public boolean warns() {
    return WARNINGS.contains(code);
  }
}
