package lazaret.web.review;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.reasons.ReasonText;

/// The sentence about the effect of a decision that was recorded.
final class Consequence {
  private static final String SECOND_PERSON = "second-person-needed";

  private Consequence() {}

  /// Returns what a decision waits for, or that it is in force.
  ///
  /// @param serves whether the decision permits the version
  static String of(VersionReply version, boolean serves) {
    if (version.served() == serves) {
      return "In force now.";
    }
    if (!serves) {
      return "In force now; the version is served in spite of it.";
    }
    return decisive(version.verdict())
        .map(reason -> ReasonText.sentence(reason, version.verdict().until()))
        .map("Not served yet: %s."::formatted)
        .orElse("The version is not served yet.");
  }

  /// Returns what the approval waits for: the second person if one is needed, else the first
  /// reason.
  private static Optional<ReasonInfo> decisive(VerdictInfo verdict) {
    List<ReasonInfo> reasons = verdict.reasons();
    return reasons.stream()
        .filter(reason -> reason.code().equals(SECOND_PERSON))
        .findFirst()
        .or(() -> reasons.stream().findFirst());
  }
}
