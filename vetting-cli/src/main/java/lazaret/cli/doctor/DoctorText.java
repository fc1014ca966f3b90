package lazaret.cli.doctor;

import lazaret.cli.cargo.DoctorFinding;
import lazaret.cli.report.Cell;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;

/// Findings of the doctor as text and documents.
final class DoctorText {
  private DoctorText() {}

  static JsonObject document(DoctorFinding finding) {
    return JsonObject.builder()
        .put("level", finding.level().word())
        .put("code", finding.code())
        .put("what", finding.what())
        .put("cure", finding.advice())
        .build();
  }

  static void print(Terminal terminal, DoctorFinding finding) {
    TextStyle style =
        switch (finding.level()) {
          case OK -> TextStyle.GOOD;
          case NOTE, WARNING -> TextStyle.WARN;
          case PROBLEM -> TextStyle.BAD;
        };
    terminal.line(
        Cell.of(style, "%-8s".formatted(finding.level().word())), Cell.of(finding.what()));
    String cure = finding.advice();
    if (cure != null) {
      terminal.line(Cell.of(TextStyle.FAINT, "         help: "), Cell.of(cure));
    }
  }
}
