package lazaret.web.page;

import lazaret.vetting.deskapi.crates.VerdictInfo;

/// The badge of a verdict: its color, icon and word. The word is that of the API.
///
/// @param kind the class of the style sheet: `allow`, `hold`, `review`, `deny` or `plain`
/// @param icon the name of the icon
/// @param word the word
public record VerdictBadge(String kind, String icon, String word) {
  /// Returns the badge of a verdict.
  public static VerdictBadge of(VerdictInfo verdict) {
    return of(verdict.kind());
  }

  /// Returns the badge of a kind of verdicts.
  public static VerdictBadge of(VerdictInfo.Kind kind) {
    return switch (kind) {
      case ALLOW -> new VerdictBadge("allow", "allow", "Allow");
      case HOLD -> new VerdictBadge("hold", "hold", "Hold");
      case REVIEW -> new VerdictBadge("review", "review", "Review");
      case DENY -> new VerdictBadge("deny", "deny", "Deny");
    };
  }
}
