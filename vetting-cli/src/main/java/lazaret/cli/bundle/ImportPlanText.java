package lazaret.cli.bundle;

import lazaret.cli.report.Cell;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.vetting.deskapi.bundles.ImportPlanInfo;
import lazaret.vetting.deskapi.bundles.NamedItemsInfo;
import lazaret.vetting.deskapi.bundles.PlanAttentionInfo;
import lazaret.vetting.deskapi.bundles.PlanLoadInfo;
import lazaret.vetting.deskapi.bundles.PlannedChangesInfo;
import lazaret.vetting.text.SizeText;

/// The text of the plan of an import.
final class ImportPlanText {
  private static final int SHOWN = 20;

  private ImportPlanText() {}

  static void print(Terminal terminal, ImportPlanInfo plan) {
    terminal.line(
        Cell.of(TextStyle.STRONG, plan.bundle().name()),
        Cell.of(", compared with " + base(plan.base())));
    PlanAttentionInfo attention = plan.attention();
    some(terminal, TextStyle.BAD, "with other bytes than before", attention.cksumChanged());
    some(terminal, TextStyle.BAD, "with advisories", attention.advisories());
    some(
        terminal,
        TextStyle.WARN,
        "run code when built, unlike all earlier versions",
        attention.buildScripts());
    some(
        terminal,
        TextStyle.WARN,
        "older than the feeds here, and left out",
        attention.olderFeeds());
    some(terminal, TextStyle.WARN, "denied here, and still denied", attention.deniedHere());
    PlannedChangesInfo changes = plan.changes();
    some(terminal, TextStyle.PLAIN, "denied", changes.revoked());
    some(terminal, TextStyle.PLAIN, "removed", changes.removed());
    some(terminal, TextStyle.PLAIN, "yanked or unyanked", changes.yanked());
    some(terminal, TextStyle.PLAIN, "added", changes.added());
    some(terminal, TextStyle.PLAIN, "with other changes", changes.changed());
    PlanLoadInfo load = plan.load();
    terminal.line(
        "  %d artifacts to import, %s; %d stored already"
            .formatted(load.artifacts(), SizeText.text(load.bytes()), load.stored()));
  }

  /// Returns whether a person should look at the plan before the import.
  static boolean looksNeeded(ImportPlanInfo plan) {
    PlanAttentionInfo attention = plan.attention();
    return attention.cksumChanged().count()
            + attention.advisories().count()
            + attention.buildScripts().count()
        > 0;
  }

  private static String base(long base) {
    return base == 0 ? "nothing" : "snapshot " + base;
  }

  private static void some(Terminal terminal, TextStyle style, String what, NamedItemsInfo some) {
    long count = some.count();
    if (count == 0) {
      return;
    }
    terminal.line(Cell.of("  "), Cell.of(style, "%d %s".formatted(count, what)));
    some.items().stream().limit(SHOWN).forEach(item -> terminal.line("    " + item));
    if (count > SHOWN) {
      terminal.line("    and %d more".formatted(count - SHOWN));
    }
  }
}
