package lazaret.cli.lockfile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.lockfiles.RepairStepInfo;

/// The findings as text: the refused packages, the reasons, and the commands that repair the
/// lockfile.
public final class TextReport {
  private TextReport() {}

  /// Prints a report.
  ///
  /// @param all whether packages that pass without a warning are listed, too
  public static void print(Terminal terminal, VerifyReport report, boolean all) {
    for (String lockfile : report.lockfiles()) {
      table(terminal, report, lockfile, all);
    }
    FeedWarnings.note(terminal, report.warnings());
    for (String lockfile : report.lockfiles()) {
      terminal.line(summary(report, lockfile));
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
    TextTable table = new TextTable("CRATE", "VERSION", "STATUS", "USE", "WHY");
    for (PackageResult line : report.packages(lockfile)) {
      List<ReasonInfo> warned = line.warnings();
      if (!all && line.passes() && warned.isEmpty()) {
        continue;
      }
      List<String> warnings = line.warnings(warned);
      CrateVersion instead = line.repair().replacement();
      table.row(
          Cell.of(TextStyle.STRONG, line.name()),
          Cell.of(line.version()),
          Cell.of(style(line, warnings), line.status().code()),
          Cell.of(instead == null ? "-" : instead),
          Cell.of(all || warnings.isEmpty() ? line.why() : String.join("; ", warnings)));
    }
    terminal.table(table);
  }

  private static TextStyle style(PackageResult line, List<String> warnings) {
    if (line.passes()) {
      return warnings.isEmpty() ? TextStyle.GOOD : TextStyle.WARN;
    }
    return line.exitCode() == ExitCode.TAMPERED ? TextStyle.BAD : TextStyle.WARN;
  }

  /// Returns a line with the number of packages of each status.
  private static String summary(VerifyReport report, String lockfile) {
    List<String> parts = new ArrayList<>();
    Map<String, Long> counts = report.counts(lockfile);
    counts.forEach((status, count) -> parts.add(count + " " + status));
    long size = counts.values().stream().mapToLong(Long::longValue).sum();
    return lockfile
        + ": "
        + size
        + (size == 1 ? " package" : " packages")
        + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
  }

  private static void advice(Terminal terminal, VerifyReport report) {
    for (String lockfile : report.lockfiles()) {
      fixes(terminal, report.packages(lockfile), report.lockfiles().size() > 1 ? lockfile : "");
    }
    boolean desk = report.unchecked().isEmpty();
    if (report.packages().stream()
        .anyMatch(p -> p.status() == PackageResult.Status.CRITERIA_NOT_MET)) {
      audits(terminal, desk);
    }
    List<PackageResult> withheld =
        report.packages().stream()
            .filter(p -> p.status() == PackageResult.Status.WITHHELD)
            .toList();
    if (desk && !withheld.isEmpty()) {
      terminal.line("explain:  vetting-cli why NAME@VERSION");
    }
    if (desk
        && withheld.stream()
            .anyMatch(p -> !p.onlyByBundle() && !MalwareAdvice.isMalware(p.reasons()))) {
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
  private static void fixes(Terminal terminal, List<PackageResult> packages, String lockfile) {
    Map<Integer, PackageResult.Step> steps = new TreeMap<>();
    Set<String> others = new LinkedHashSet<>();
    for (PackageResult line : packages) {
      line.fixes().forEach(step -> steps.put(step.order(), step));
      if (line.fixes().isEmpty()
          || line.onlyByBundle()
          || MalwareAdvice.isMalware(line.reasons())) {
        line.fix().ifPresent(others::add);
      }
    }
    if (!lockfile.isEmpty() && steps.size() + others.size() > 0) {
      terminal.line("for " + lockfile + ":");
    }
    // Advice that a step contains is not repeated.
    steps.values().forEach(step -> others.remove(step.text()));
    others.forEach(fix -> terminal.line(Cell.of(TextStyle.GOOD, "fix:"), Cell.of("      " + fix)));
    for (PackageResult.Step step : steps.values()) {
      boolean lower = step.kind() == RepairStepInfo.Kind.LOWER;
      terminal.line(
          lower ? Cell.of(TextStyle.WARN, "lower:") : Cell.of(TextStyle.GOOD, "fix:"),
          Cell.of((lower ? "    " : "      ") + step.text()));
    }
  }

  private static void audits(Terminal terminal, boolean desk) {
    if (!desk) {
      terminal.line("audit:    cargo vet certify NAME VERSION, or add --audits of peers");
      return;
    }
    terminal.line("audits:   vetting-cli audits show NAME@VERSION");
    terminal.line("review:   vetting-cli review NAME@VERSION");
    terminal.line("approve:  vetting-cli approve NAME@VERSION --criteria NAME --reason TEXT");
  }
}
