package lazaret.cli.admin;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lazaret.cli.report.Cell;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.audits.AuditConflictsInfo;
import lazaret.vetting.deskapi.audits.AuditPathInfo;
import lazaret.vetting.deskapi.audits.AuditStatementInfo;
import lazaret.vetting.deskapi.audits.AuditStepInfo;
import lazaret.vetting.deskapi.audits.AuditViolationInfo;
import lazaret.vetting.deskapi.audits.AuditsReply;
import lazaret.vetting.deskapi.audits.CrateAuditsReply;
import lazaret.vetting.deskapi.audits.CriterionAuditsInfo;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;

/// The text of the audits and violations of crates.
final class AuditsText {
  private final Terminal terminal;

  AuditsText(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Prints the reported violations, and the statements that they contradict.
  void conflicts(AuditsReply audits) {
    List<AuditConflictsInfo> crates = audits.conflicts();
    for (AuditConflictsInfo crate : crates) {
      crate.violations().forEach(v -> violation(crate.name() + " ", v));
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
  void crate(CrateAuditsReply audits) {
    if (audits.version() != null) {
      version(audits, audits.version());
    }
    if (audits.statements().isEmpty()) {
      terminal.line("no audit or violation of " + audits.name());
      return;
    }
    TextTable table = new TextTable("PEER", "KIND", "VERSIONS", "CRITERIA", "BY");
    for (AuditStatementInfo statement : audits.statements()) {
      boolean violation = statement.kind() == AuditStatementInfo.Kind.VIOLATION;
      table.row(
          Cell.of(TextStyle.STRONG, author(statement.peer())),
          Cell.of(violation ? TextStyle.BAD : TextStyle.PLAIN, KebabCase.of(statement.kind())),
          Cell.of(statement.about()),
          Cell.of(listed(statement.criteria())),
          Cell.of(listed(statement.who())));
    }
    terminal.table(table);
  }

  private void version(CrateAuditsReply audits, CrateVersion version) {
    terminal.line(
        Cell.of(TextStyle.STRONG, audits.name() + " " + version),
        Cell.of("  sha256 " + (audits.cksum() == null ? "" : audits.cksum().hex())));
    Set<AuditViolationInfo> violations = new LinkedHashSet<>();
    for (CriterionAuditsInfo criterion : audits.criteria()) {
      if (criterion.violations() != null) {
        violations.addAll(criterion.violations());
      }
      criterion(criterion);
    }
    violations.forEach(violation -> violation("  ", violation));
    terminal.line("");
  }

  private void criterion(CriterionAuditsInfo result) {
    String name = result.criterion();
    switch (result.verdict()) {
      case NOT_VETTED -> fact(name, TextStyle.PLAIN, "no audits");
      case VIOLATED -> fact(name, TextStyle.BAD, "violations are reported");
      case OTHER_BYTES ->
          fact(
              name,
              TextStyle.BAD,
              "the audits are for sha256 " + (result.seen() == null ? "" : result.seen().hex()));
      case FULLY -> reached(result, TextStyle.GOOD);
      case PARTIALLY, WITH_EXEMPTIONS -> reached(result, TextStyle.WARN);
    }
  }

  private void reached(CriterionAuditsInfo result, TextStyle style) {
    fact(result.criterion(), style, KebabCase.of(result.verdict()));
    List<AuditPathInfo> paths = result.paths() == null ? List.of() : result.paths();
    paths.forEach(path -> path.steps().forEach(this::step));
  }

  private void step(AuditStepInfo step) {
    terminal.line(
        "    %s %s%s of %s%s"
            .formatted(
                KebabCase.of(step.kind()),
                step.from() == null ? "" : step.from() + " -> ",
                step.to(),
                author(step.peer()),
                step.who().isEmpty() ? "" : " by " + listed(step.who())));
  }

  private void violation(String prefix, AuditViolationInfo violation) {
    AuditStepInfo contradicted = violation.contradicts();
    String against =
        contradicted == null
            ? ""
            : "; contradicts the %s of %s by %s"
                .formatted(
                    KebabCase.of(contradicted.kind()),
                    contradicted.to(),
                    author(contradicted.peer()));
    terminal.line(
        Cell.of(TextStyle.BAD, prefix + "violation"),
        Cell.of(
            " of %s by versions %s, reported by %s%s%s"
                .formatted(
                    String.join(", ", violation.criteria()),
                    violation.versions(),
                    author(violation.peer()),
                    violation.notes() == null ? "" : ": " + violation.notes(),
                    against)));
  }

  /// Returns the name of an import, or a word for this server.
  private static String author(@Nullable String peer) {
    return peer == null ? "ourselves" : peer;
  }

  private void fact(String name, TextStyle style, String value) {
    terminal.line(Cell.of("  " + name + ": "), Cell.of(style, value));
  }

  private static String listed(List<String> values) {
    return values.isEmpty() ? "-" : String.join(", ", values);
  }
}
