package lazaret.cli.admin;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lazaret.cli.report.Cell;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;

/// The text of the audits and violations of crates.
final class AuditsText {
  private final Terminal terminal;

  AuditsText(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Prints the reported violations, and the statements that they contradict.
  void conflicts(JsonObject document) {
    List<JsonObject> crates = document.objects("conflicts");
    for (JsonObject crate : crates) {
      crate.objects("violations").forEach(v -> violation(crate.words("name") + " ", v));
    }
    terminal.line(
        crates.isEmpty()
            ? "no violation is reported"
            : "violations are reported for %d %s"
                .formatted(crates.size(), crates.size() == 1 ? "crate" : "crates"));
    terminal.line("details:  vetting-cli audits show NAME[@VERSION]");
  }

  /// Prints the statements about a crate, and their consequences for the requested version if there
  /// is one.
  void crate(JsonObject document) {
    document.text("version").ifPresent(version -> version(document, version));
    List<JsonObject> statements = document.objects("statements");
    if (statements.isEmpty()) {
      terminal.line("no audit or violation of " + document.words("name"));
      return;
    }
    TextTable table = new TextTable("PEER", "KIND", "VERSIONS", "CRITERIA", "BY");
    for (JsonObject statement : statements) {
      table.row(
          Cell.of(TextStyle.STRONG, statement.text("peer").orElse("ourselves")),
          Cell.of(
              statement.words("kind").equals("violation") ? TextStyle.BAD : TextStyle.PLAIN,
              statement.words("kind")),
          Cell.of(statement.words("about")),
          Cell.of(listed(statement.texts("criteria"))),
          Cell.of(listed(statement.texts("who"))));
    }
    terminal.table(table);
  }

  private void version(JsonObject document, String version) {
    terminal.line(
        Cell.of(TextStyle.STRONG, document.words("name") + " " + version),
        Cell.of("  sha256 " + document.words("cksum")));
    Set<JsonObject> violations = new LinkedHashSet<>();
    for (JsonObject reach : document.objects("criteria")) {
      violations.addAll(reach.objects("violations"));
      criterion(reach);
    }
    violations.forEach(violation -> violation("  ", violation));
    terminal.line("");
  }

  private void criterion(JsonObject reach) {
    String name = reach.words("criterion");
    switch (reach.words("verdict")) {
      case "not-vetted" -> fact(name, TextStyle.PLAIN, "no audits");
      case "violated" -> fact(name, TextStyle.BAD, "violations are reported");
      case "other-bytes" ->
          fact(name, TextStyle.BAD, "the audits are for sha256 " + reach.words("seen"));
      default -> {
        boolean fully = reach.words("verdict").equals("fully");
        fact(name, fully ? TextStyle.GOOD : TextStyle.WARN, reach.words("verdict"));
        for (JsonObject path : reach.objects("paths")) {
          path.objects("steps").forEach(this::step);
        }
      }
    }
  }

  private void step(JsonObject step) {
    String by = listed(step.texts("who"));
    terminal.line(
        "    %s %s%s of %s%s"
            .formatted(
                step.words("kind"),
                step.text("from").map(from -> from + " -> ").orElse(""),
                step.words("to"),
                step.text("peer").orElse("ourselves"),
                by.equals("-") ? "" : " by " + by));
  }

  private void violation(String prefix, JsonObject violation) {
    JsonObject contradicted = violation.object("contradicts");
    String against =
        contradicted.has("to")
            ? "; contradicts the %s of %s by %s"
                .formatted(
                    contradicted.words("kind"),
                    contradicted.words("to"),
                    contradicted.text("peer").orElse("ourselves"))
            : "";
    terminal.line(
        Cell.of(TextStyle.BAD, prefix + "violation"),
        Cell.of(
            " of %s by versions %s, reported by %s%s%s"
                .formatted(
                    String.join(", ", violation.texts("criteria")),
                    violation.words("versions"),
                    violation.text("peer").orElse("ourselves"),
                    violation.text("notes").map(notes -> ": " + notes).orElse(""),
                    against)));
  }

  private void fact(String name, TextStyle style, String value) {
    terminal.line(Cell.of("  " + name + ": "), Cell.of(style, value));
  }

  private static String listed(List<String> values) {
    return values.isEmpty() ? "-" : String.join(", ", values);
  }
}
