package lazaret.web.sources;

import java.util.List;
import java.util.Locale;
import lazaret.vetting.deskapi.policy.PolicyChangeInfo;
import lazaret.vetting.deskapi.policy.PolicyCheckReply;
import lazaret.vetting.deskapi.policy.PolicyReply;
import lazaret.vetting.deskapi.policy.PolicyVerdictInfo;
import lazaret.web.page.VerdictBadge;
import org.jspecify.annotations.Nullable;

/// The content of the page about the policy.
///
/// @param policy the policy in force
/// @param trial the trial; null if the reader may not try
public record PolicyView(PolicyReply policy, @Nullable Trial trial) {
  /// The maximum number of changes of a page.
  public static final int ROWS = 200;

  /// A trial of another text.
  ///
  /// @param text the text as typed; that of the policy in force at first
  /// @param mistakes the mistakes of the text, one sentence each
  /// @param result the verdicts that it would change; null if nothing was tried
  /// @param from the number of changes before those of the page
  public record Trial(
      String text, List<String> mistakes, @Nullable PolicyCheckReply result, int from) {
    public Trial {
      mistakes = List.copyOf(mistakes);
    }

    /// Returns the changes of the page.
    public List<PolicyChangeInfo> rows() {
      List<PolicyChangeInfo> all = result == null ? List.of() : result.changes();
      int first = Math.min(from, all.size());
      return all.subList(first, Math.min(all.size(), first + ROWS));
    }

    /// Returns whether changes follow.
    public boolean hasMore() {
      return result != null && from + ROWS < result.changes().size();
    }
  }

  /// Returns the mode in force.
  public String mode() {
    return policy.mode().name().toLowerCase(Locale.ROOT);
  }

  /// Returns the badge of a verdict.
  public VerdictBadge badge(PolicyVerdictInfo verdict) {
    return switch (verdict.kind()) {
      case ALLOW -> new VerdictBadge("allow", "allow", "Allow");
      case HOLD -> new VerdictBadge("hold", "hold", "Hold");
      case REVIEW -> new VerdictBadge("review", "review", "Review");
      case DENY -> new VerdictBadge("deny", "deny", "Deny");
      case FOREIGN -> new VerdictBadge("plain", "link", "Foreign source");
    };
  }
}
