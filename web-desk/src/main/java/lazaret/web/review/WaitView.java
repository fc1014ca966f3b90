package lazaret.web.review;

import java.util.List;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.web.page.Feedback;
import lazaret.web.page.VerdictBadge;
import org.jspecify.annotations.Nullable;

/// The content of a review whose difference is not available.
///
/// @param version the reviewed version
/// @param causes the reasons of the verdict
/// @param state the reason for which there is no difference
/// @param decision the form; null if the visitor may not decide on the crate
/// @param say the result of the last form; null if there was none
public record WaitView(
    VersionReply version,
    List<CauseView> causes,
    State state,
    @Nullable DecisionView decision,
    @Nullable Feedback say) {
  public WaitView {
    causes = List.copyOf(causes);
  }

  /// The reason for which there is no difference.
  ///
  /// @param bold the state in one sentence
  /// @param rest what still works, or what happens next
  /// @param word the words of the button
  /// @param address the address of the form of the next attempt
  /// @param failed whether an attempt failed
  public record State(String bold, String rest, String word, String address, boolean failed) {}

  /// Returns the badge of the verdict.
  public VerdictBadge badge() {
    return VerdictBadge.of(version.verdict());
  }
}
