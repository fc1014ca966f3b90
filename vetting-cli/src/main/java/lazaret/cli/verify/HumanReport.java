package lazaret.cli.verify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Style;
import lazaret.cli.report.Table;
import lazaret.cli.report.Terminal;

/// The findings as text: the refused packages, the reasons, and the commands that repair the
/// lockfile.
public final class HumanReport {
  private HumanReport() {}

  /// Prints a report.
  ///
  /// @param all whether packages that pass without a warning are listed, too
  public static void print(Terminal terminal, VerifyReport report, boolean all) {
    for (String lockfile : report.lockfiles()) {
      table(terminal, report, lockfile, all);
    }
    FeedWarnings.print(terminal, report.warnings());
    for (String lockfile : report.lockfiles()) {
      terminal.line(summary(lockfile, report.packages(lockfile)));
    }
    // One of them is the project itself.
    if (report.local().size() > 1) {
      terminal.line("from local folders, not vetted: " + String.join(", ", report.local()));
    }
    if (!report.unchecked().isEmpty()) {
      terminal.line(
          "checked against "
              + report.against()
              + " only; not checked: "
              + String.join(", ", report.unchecked()));
    }
    advice(terminal, report);
  }

  private static void table(Terminal terminal, VerifyReport report, String lockfile, boolean all) {
    Table table = new Table("CRATE", "VERSION", "STATUS", "USE", "WHY");
    for (PackageLine line : report.packages(lockfile)) {
      List<JsonObject> warned = line.warnings();
      if (!all && line.passes() && warned.isEmpty()) {
        continue;
      }
      List<String> warnings = line.warnings(warned);
      table.row(
          Cell.of(Style.STRONG, line.name()),
          Cell.of(line.version()),
          Cell.of(style(line, warnings), line.standing()),
          Cell.of(line.instead().orElse("-")),
          Cell.of(all || warnings.isEmpty() ? line.why() : String.join("; ", warnings)));
    }
    terminal.table(table);
  }

  private static Style style(PackageLine line, List<String> warnings) {
    if (line.passes()) {
      return warnings.isEmpty() ? Style.GOOD : Style.WARN;
    }
    return line.exitCode() == ExitCode.TAMPERED ? Style.BAD : Style.WARN;
  }

  /// Returns a line with the number of packages of each status.
  public static String summary(String lockfile, List<PackageLine> packages) {
    List<String> parts = new ArrayList<>();
    VerifyReport.counts(packages).forEach((standing, count) -> parts.add(count + " " + standing));
    return lockfile
        + ": "
        + packages.size()
        + (packages.size() == 1 ? " package" : " packages")
        + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
  }

  private static void advice(Terminal terminal, VerifyReport report) {
    for (String lockfile : report.lockfiles()) {
      fixes(terminal, report.packages(lockfile), report.lockfiles().size() > 1 ? lockfile : "");
    }
    boolean desk = report.unchecked().isEmpty();
    if (report.packages().stream().anyMatch(p -> p.standing().equals("not-vouched-for"))) {
      vouching(terminal, desk);
    }
    List<PackageLine> withheld =
        report.packages().stream().filter(p -> p.standing().equals("withheld")).toList();
    if (desk && !withheld.isEmpty()) {
      terminal.line("explain:  vetting-cli why NAME@VERSION");
    }
    if (desk && withheld.stream().anyMatch(p -> !p.byBundle() && !Malware.among(p.reasons()))) {
      report
          .lockfiles()
          .forEach(
              lockfile ->
                  terminal.line(
                      "exempt:   vetting-cli approve --lockfile %s --only-withheld --reason TEXT"
                          .formatted(lockfile)));
    }
  }

  /// Prints the steps for one lockfile in their order. Those for cargo can be pasted unchanged.
  private static void fixes(Terminal terminal, List<PackageLine> packages, String lockfile) {
    Map<Long, JsonObject> steps = new TreeMap<>();
    Set<String> others = new LinkedHashSet<>();
    for (PackageLine line : packages) {
      line.fixes().forEach(step -> steps.put(step.number("order"), step));
      if (line.fixes().isEmpty() || line.byBundle() || Malware.among(line.reasons())) {
        line.fix().ifPresent(others::add);
      }
    }
    if (!lockfile.isEmpty() && steps.size() + others.size() > 0) {
      terminal.line("for " + lockfile + ":");
    }
    // Advice that a step contains is not repeated.
    steps.values().forEach(step -> others.remove(step.words("text")));
    others.forEach(fix -> terminal.line(Cell.of(Style.GOOD, "fix:"), Cell.of("      " + fix)));
    for (JsonObject step : steps.values()) {
      boolean lower = step.words("kind").equals("lower");
      terminal.line(
          lower ? Cell.of(Style.WARN, "lower:") : Cell.of(Style.GOOD, "fix:"),
          Cell.of((lower ? "    " : "      ") + step.words("text")));
    }
  }

  private static void vouching(Terminal terminal, boolean desk) {
    if (!desk) {
      terminal.line("audit:    cargo vet certify NAME VERSION, or add --audits of peers");
      return;
    }
    terminal.line("audits:   vetting-cli audits show NAME@VERSION");
    terminal.line("review:   vetting-cli review NAME@VERSION");
    terminal.line("approve:  vetting-cli approve NAME@VERSION --criteria NAME --reason TEXT");
  }
}
