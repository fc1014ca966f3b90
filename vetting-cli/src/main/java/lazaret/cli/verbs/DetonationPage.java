package lazaret.cli.verbs;

import java.util.List;
import lazaret.cli.report.Cell;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Moments;
import lazaret.cli.report.Style;
import lazaret.cli.report.Terminal;

/// The text of the behavior of a version that was built alone in the sandbox.
final class DetonationPage {
  private static final int MOST = 40;

  private final Terminal terminal;

  DetonationPage(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Prints the evidence, if there is any.
  ///
  /// @param whole whether behavior that the base has as well is listed, too
  void print(JsonObject detonation, boolean whole) {
    if (detonation.fields().isEmpty()) {
      return;
    }
    boolean compared = detonation.has("base");
    fact(
        Style.PLAIN,
        "built alone",
        "%s; by %s, %s; %s"
            .formatted(
                detonation.words("ending"),
                detonation.words("by"),
                Moments.minute(detonation.words("at")),
                compared
                    ? "compared with " + detonation.words("base")
                    : "no lower approved version has evidence to compare with"));
    List<JsonObject> traces = detonation.objects("traces");
    List<JsonObject> added = detonation.objects("added");
    list(Style.WARN, "new", added);
    list(Style.PLAIN, "no longer", detonation.objects("gone"));
    if (whole || !compared) {
      list(Style.PLAIN, "", traces.stream().filter(trace -> !added.contains(trace)).toList());
    } else {
      list(
          Style.WARN,
          "as before",
          traces.stream()
              .filter(trace -> trace.words("kind").equals("denied") && !added.contains(trace))
              .toList());
    }
  }

  private void list(Style style, String name, List<JsonObject> traces) {
    traces.stream()
        .limit(MOST)
        .forEach(
            trace -> {
              boolean denied = trace.words("kind").equals("denied");
              fact(
                  denied ? Style.BAD : style,
                  name,
                  trace.words("kind") + " " + trace.words("what"));
            });
    if (traces.size() > MOST) {
      fact(style, name, "and %d more; --json has all".formatted(traces.size() - MOST));
    }
  }

  private void fact(Style style, String name, String value) {
    terminal.line(Cell.of(Style.FAINT, "  %-14s".formatted(name)), Cell.of(style, value));
  }
}
