package lazaret.cli.decision;

import java.util.List;
import java.util.Map;
import lazaret.cli.command.CliSession;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.JsonObject;
import lazaret.cli.review.ReviewText;
import lazaret.vetting.crates.CrateVersion;
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
    String path = DeskQuestion.path("crates", chosen.name(), chosen.version(), "review");
    String base = delta == null ? "" : "?base=" + DeskQuestion.path(delta).substring(1);
    JsonObject report =
        session
            .desk()
            .ask(
                "cannot approve %s@%s".formatted(chosen.name(), chosen.version()),
                DeskQuestion.get(path + base).patient(DeskQuestion.PATIENCE.multipliedBy(3)));
    new ReviewText(session.terminal(), session.now()).comparison(report);
    CrateVersion covered =
        full || report.has("unread")
            ? delta
            : report.object("base").text("version").map(CrateVersion::parse).orElse(delta);
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
