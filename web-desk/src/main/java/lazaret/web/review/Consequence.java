package lazaret.web.review;

import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.reasons.ReasonText;

/// The sentence about the effect of a decision that was recorded.
final class Consequence {
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
    return version.verdict().reasons().isEmpty()
        ? "The version is not served yet."
        : "Not served yet: %s."
            .formatted(
                ReasonText.sentence(
                    version.verdict().reasons().getFirst(), version.verdict().until()));
  }
}
