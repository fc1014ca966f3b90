package lazaret.cli.verbs;

import lazaret.cli.doctor.Finding;
import lazaret.cli.report.Cell;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Style;
import lazaret.cli.report.Terminal;

/// Findings of the doctor as text and documents.
final class Findings {
  private Findings() {}

  static JsonObject document(Finding finding) {
    return JsonObject.builder()
        .put("level", finding.level().word())
        .put("code", finding.code())
        .put("what", finding.what())
        .put("cure", finding.cure())
        .build();
  }

  static void print(Terminal terminal, Finding finding) {
    Style style =
        switch (finding.level()) {
          case OK -> Style.GOOD;
          case NOTE, WARNING -> Style.WARN;
          case PROBLEM -> Style.BAD;
        };
    terminal.line(
        Cell.of(style, "%-8s".formatted(finding.level().word())), Cell.of(finding.what()));
    String cure = finding.cure();
    if (cure != null) {
      terminal.line(Cell.of(Style.FAINT, "         help: "), Cell.of(cure));
    }
  }
}
