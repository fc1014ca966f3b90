package lazaret.cli.decision;

import java.util.List;
import java.util.Map;
import lazaret.cli.command.CliSession;
import lazaret.cli.review.ReviewText;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.review.ReviewReply;
import lazaret.vetting.deskapi.review.ReviewRequest;
import org.jspecify.annotations.Nullable;

/// The confirmation of an approval of one version by a person, who must type the criteria. If a
/// difference was shown, the approval covers this difference.
final class ApprovalPrompt {
  /// The meanings of the two criteria that cargo-vet defines (the cargo-vet book, *Built-in
  /// criteria*).
  private static final Map<String, String> MEANING =
      Map.of(
          "safe-to-run",
          "it can be compiled, run and tested here without surprising consequences",
          "safe-to-deploy",
          "it brings no serious vulnerability into software that meets untrusted input");

  private final CliSession session;

  ApprovalPrompt(CliSession session) {
    this.session = session;
  }

  /// The reply of a person.
  ///
  /// @param agreed whether the criteria were typed
  /// @param delta the base of the difference that the approval covers, or null if it covers the
  ///   whole version
  record Choice(boolean agreed, @Nullable CrateVersion delta) {}

  /// Shows a version and asks for the criteria.
  ///
  /// @param delta the base that was named, or null for the one with the least to read
  /// @param full whether the whole version was read
  /// @param criteria the criteria that the approval names
  Choice ask(
      SelectedVersion chosen, @Nullable CrateVersion delta, boolean full, List<String> criteria) {
    ReviewReply report =
        session
            .desk()
            .call(
                ReviewOperations.REVIEW,
                new ReviewRequest(chosen.name(), chosen.version(), delta),
                "cannot approve " + chosen.spec());
    new ReviewText(session.terminal(), session.now()).comparison(report);
    CrateVersion covered =
        full || report.notReadable() != null || report.base() == null
            ? delta
            : report.base().version();
    for (String criterion : criteria) {
      String meaning = MEANING.get(criterion);
      if (meaning != null) {
        session.terminal().line("  %-14s%s: %s".formatted("criteria", criterion, meaning));
      }
    }
    String text = String.join(", ", criteria);
    String spec = chosen.spec();
    String what = covered == null ? spec : "the changes from %s to %s".formatted(covered, spec);
    boolean agreed =
        session
            .terminal()
            .readAnswer("type '%s' to approve %s:".formatted(text, what))
            .equals(text);
    return new Choice(agreed, covered);
  }
}
