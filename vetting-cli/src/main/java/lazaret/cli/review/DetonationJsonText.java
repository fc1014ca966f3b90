package lazaret.cli.review;

import java.util.List;
import lazaret.cli.report.Cell;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Timestamps;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.Terminal;

/// The text of the behavior of a version that was built alone in the sandbox, from a reply without a
/// record.
public final class DetonationJsonText {
  private static final int MOST = 40;

  private final Terminal terminal;

  public DetonationJsonText(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Prints the evidence, if there is any.
  ///
  /// @param whole whether behavior that the base has as well is listed, too
  public void print(JsonObject detonation, boolean whole) {
    if (detonation.fields().isEmpty()) {
      return;
    }
    boolean compared = detonation.has("base");
    fact(
        TextStyle.PLAIN,
        "built alone",
        "%s; by %s, %s; %s"
            .formatted(
                detonation.words("ending"),
                detonation.words("by"),
                Timestamps.minute(detonation.words("at")),
                compared
                    ? "compared with " + detonation.words("base")
                    : "no lower approved version has evidence to compare with"));
    List<JsonObject> traces = detonation.objects("traces");
    List<JsonObject> added = detonation.objects("added");
    list(TextStyle.WARN, "new", added);
    list(TextStyle.PLAIN, "no longer", detonation.objects("gone"));
    if (whole || !compared) {
      list(TextStyle.PLAIN, "", traces.stream().filter(trace -> !added.contains(trace)).toList());
    } else {
      list(
          TextStyle.WARN,
          "as before",
          traces.stream()
              .filter(trace -> trace.words("kind").equals("denied") && !added.contains(trace))
              .toList());
    }
  }

  private void list(TextStyle style, String name, List<JsonObject> traces) {
    traces.stream()
        .limit(MOST)
        .forEach(
            trace -> {
              boolean denied = trace.words("kind").equals("denied");
              fact(
                  denied ? TextStyle.BAD : style,
                  name,
                  trace.words("kind") + " " + trace.words("what"));
            });
    if (traces.size() > MOST) {
      fact(style, name, "and %d more; --json has all".formatted(traces.size() - MOST));
    }
  }

  private void fact(TextStyle style, String name, String value) {
    terminal.line(Cell.of(TextStyle.FAINT, "  %-14s".formatted(name)), Cell.of(style, value));
  }
}
