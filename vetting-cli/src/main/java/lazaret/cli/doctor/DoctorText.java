package lazaret.cli.doctor;

import java.util.List;
import lazaret.cli.cargo.DoctorFinding;
import lazaret.cli.report.Cell;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import org.jspecify.annotations.Nullable;

/// Findings of the doctor as text and documents.
final class DoctorText {
  private DoctorText() {}

  /// The JSON of a finding.
  ///
  /// @param level the severity
  /// @param code the code
  /// @param what the finding
  /// @param cure the next step, or null if none is necessary
  record Document(String level, String code, String what, @Nullable String cure) {}

  static List<Document> documents(List<DoctorFinding> findings) {
    return findings.stream()
        .map(each -> new Document(each.level().code(), each.code(), each.what(), each.advice()))
        .toList();
  }

  static void print(Terminal terminal, DoctorFinding finding) {
    TextStyle style =
        switch (finding.level()) {
          case OK -> TextStyle.GOOD;
          case NOTE, WARNING -> TextStyle.WARN;
          case PROBLEM -> TextStyle.BAD;
        };
    terminal.line(
        Cell.of(style, "%-8s".formatted(finding.level().code())), Cell.of(finding.what()));
    String cure = finding.advice();
    if (cure != null) {
      terminal.line(Cell.of(TextStyle.FAINT, "         help: "), Cell.of(cure));
    }
  }
}
