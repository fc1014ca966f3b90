package lazaret.cli.bundle;

import java.util.List;
import lazaret.cli.report.Cell;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.SizeText;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;

/// The text of the plan of an import.
final class ImportPlanText {
  private static final int SHOWN = 20;

  private ImportPlanText() {}

  static void print(Terminal terminal, JsonObject plan) {
    JsonObject bundle = plan.object("bundle");
    terminal.line(
        Cell.of(TextStyle.STRONG, bundle.words("name")),
        Cell.of(", compared with " + base(plan.number("base"))));
    JsonObject attention = plan.object("attention");
    some(terminal, TextStyle.BAD, "with other bytes than before", attention, "cksum_changed");
    some(terminal, TextStyle.BAD, "with advisories", attention, "advisories");
    some(
        terminal,
        TextStyle.WARN,
        "run code when built, unlike all earlier versions",
        attention,
        "build_scripts");
    JsonObject changes = plan.object("changes");
    some(terminal, TextStyle.PLAIN, "denied", changes, "revoked");
    some(terminal, TextStyle.PLAIN, "removed", changes, "removed");
    some(terminal, TextStyle.PLAIN, "yanked or unyanked", changes, "yanked");
    some(terminal, TextStyle.PLAIN, "added", changes, "added");
    some(terminal, TextStyle.PLAIN, "with other changes", changes, "changed");
    JsonObject load = plan.object("load");
    terminal.line(
        "  %d artifacts to import, %s; %d stored already"
            .formatted(
                load.number("artefacts"),
                SizeText.text(load.number("bytes")),
                load.number("held")));
  }

  /// Returns whether a person should look at the plan before the import.
  static boolean looksNeeded(JsonObject plan) {
    JsonObject attention = plan.object("attention");
    return attention.object("cksum_changed").number("count")
            + attention.object("advisories").number("count")
            + attention.object("build_scripts").number("count")
        > 0;
  }

  private static String base(long base) {
    return base == 0 ? "nothing" : "snapshot " + base;
  }

  private static void some(
      Terminal terminal, TextStyle style, String what, JsonObject of, String name) {
    JsonObject some = of.object(name);
    long count = some.number("count");
    if (count == 0) {
      return;
    }
    terminal.line(Cell.of("  "), Cell.of(style, "%d %s".formatted(count, what)));
    List<String> items = some.texts("items");
    items.stream().limit(SHOWN).forEach(item -> terminal.line("    " + item));
    if (count > SHOWN) {
      terminal.line("    and %d more".formatted(count - SHOWN));
    }
  }
}
