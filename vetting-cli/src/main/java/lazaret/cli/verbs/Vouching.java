package lazaret.cli.verbs;

import java.util.List;
import java.util.Map;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.JsonObject;
import org.jspecify.annotations.Nullable;

/// Shows a person what an approval of one version would vouch for, and lets them type it.
final class Vouching {
  /// What the two criteria say that cargo-vet defines (the cargo-vet book, *Built-in criteria*).
  private static final Map<String, String> MEANING =
      Map.of(
          "safe-to-run",
          "it can be compiled, run and tested here without surprising consequences",
          "safe-to-deploy",
          "it brings no serious vulnerability into software that meets untrusted input");

  private final Session session;

  Vouching(Session session) {
    this.session = session;
  }

  /// Shows a version and asks.
  ///
  /// @param delta the version whose difference was read; null where not that alone was
  /// @param criteria what is vouched for
  /// @return whether the person typed it
  boolean vouches(Chosen chosen, @Nullable String delta, List<String> criteria) {
    String path = DeskQuestion.path("crates", chosen.name(), chosen.version(), "review");
    String base = delta == null ? "" : "?base=" + DeskQuestion.path(delta).substring(1);
    JsonObject report =
        session
            .desk()
            .ask(
                "cannot approve %s@%s".formatted(chosen.name(), chosen.version()),
                DeskQuestion.get(path + base).patient(DeskQuestion.PATIENCE.multipliedBy(3)));
    new ReviewPage(session.terminal(), session.now()).comparison(report);
    for (String criterion : criteria) {
      String meaning = MEANING.get(criterion);
      if (meaning != null) {
        session.terminal().line("  %-14s%s: %s".formatted("vouched for", criterion, meaning));
      }
    }
    String text = String.join(", ", criteria);
    return session
        .terminal()
        .answer(
            "type '%s' to vouch for it of %s@%s:".formatted(text, chosen.name(), chosen.version()))
        .equals(text);
  }
}
