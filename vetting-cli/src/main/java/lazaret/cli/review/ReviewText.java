package lazaret.cli.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.cli.report.Cell;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.deskapi.crates.CapabilityInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.review.CapabilityChangeInfo;
import lazaret.vetting.deskapi.review.DependencyChangeInfo;
import lazaret.vetting.deskapi.review.DiffStatInfo;
import lazaret.vetting.deskapi.review.FileDiffInfo;
import lazaret.vetting.deskapi.review.FileDigestInfo;
import lazaret.vetting.deskapi.review.ReviewBaseInfo;
import lazaret.vetting.deskapi.review.ReviewDependencyInfo;
import lazaret.vetting.deskapi.review.ReviewReply;
import lazaret.vetting.text.KebabCase;
import lazaret.vetting.text.SizeText;
import org.jspecify.annotations.Nullable;

/// The text of a review of one version: the deciding facts, the difference to read, and the next
/// steps.
public final class ReviewText {
  private final Terminal terminal;
  private final Instant now;

  public ReviewText(Terminal terminal, Instant now) {
    this.terminal = terminal;
    this.now = now;
  }

  /// Prints a review.
  ///
  /// @param differences whether the differences are printed, or only the names of the files
  void print(ReviewReply report, boolean differences) {
    new VersionText(terminal, now).print(report.reviewed());
    new EvidenceText(terminal, now).print(report);
    comparison(report);
    dependencies(report);
    List<FileDiffInfo> files = report.diff() == null ? List.of() : report.diff().files();
    files(files);
    if (differences) {
      files.forEach(this::difference);
    }
    whatToDo(report);
  }

  /// Prints the base of the comparison, the amount to read, and the new capabilities.
  public void comparison(ReviewReply report) {
    if (report.notReadable() != null) {
      fact("not read", report.notReadable().detail());
      return;
    }
    String with =
        report.base() == null ? "with nothing, as no version is vetted" : base(report.base());
    String others =
        report.otherBases().stream()
            .map(other -> "; %s would be %s".formatted(base(other), lines(other.stat())))
            .collect(Collectors.joining());
    fact("compared", with + others);
    if (report.diff() != null) {
      fact("to read", stat(report.diff().stat()));
    }
    if (report.sinceBase() != null) {
      delta(report.sinceBase());
    }
  }

  /// Prints new capabilities and signals. Counts of capabilities are only in the JSON form, because
  /// a person needs to know only what is new or rare.
  private void delta(CapabilityChangeInfo delta) {
    List<CapabilityInfo> gained =
        delta.gained().stream().filter(g -> g.where() != CapabilityInfo.Place.TEST).toList();
    if (gained.isEmpty() && delta.signals().isEmpty()) {
      fact("gained", "no new capabilities");
      return;
    }
    if (!gained.isEmpty()) {
      fact(
          "gained",
          gained.stream()
              .map(g -> "%s in %s code".formatted(g.what(), KebabCase.of(g.where())))
              .collect(Collectors.joining(", ")));
    }
    delta.signals().forEach(s -> fact(KebabCase.of(s.weight()), s.code() + ": " + s.excerpt()));
  }

  private static String base(ReviewBaseInfo base) {
    return "with %s (%s)".formatted(base.version(), KebabCase.of(base.origin()));
  }

  static String lines(DiffStatInfo stat) {
    return count(stat.lines(), "line");
  }

  static String stat(DiffStatInfo stat) {
    long unread = stat.unreadBytes();
    return "%s in %s (+%d -%d%s)"
        .formatted(
            lines(stat),
            count(stat.files(), "file"),
            stat.insertions(),
            stat.deletions(),
            unread == 0 ? "" : ", " + SizeText.text(unread) + " not compared by line");
  }

  static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private void dependencies(ReviewReply report) {
    TextTable table =
        new TextTable("DEPENDENCY", "REQUIRED", "KIND", "CHANGE", "GATE HAS", "VERDICT", "WHY");
    report.dependencies().forEach(line -> table.row(dependency(line)));
    heading(table, "dependencies");
    for (DependencyChangeInfo change : report.dependencyChanges()) {
      if (change.change() != DependencyChangeInfo.Change.ADDED
          || change.kind() == ReviewDependencyInfo.Kind.DEV) {
        fact("dependency", change(change));
      }
    }
  }

  private Cell[] dependency(ReviewDependencyInfo line) {
    VerdictInfo verdict = line.verdict();
    String kind = KebabCase.of(line.kind());
    return new Cell[] {
      Cell.of(TextStyle.STRONG, line.name()),
      Cell.of(line.req()),
      Cell.of(line.optional() ? kind + ", optional" : kind),
      line.added() ? Cell.of(TextStyle.WARN, "new") : Cell.of("-"),
      Cell.of(line.version() == null ? "-" : line.version()),
      verdict == null ? Cell.of(TextStyle.WARN, "none") : VerdictText.kind(verdict, line.served()),
      Cell.of(verdict == null ? text(line.detail()) : VerdictText.why(verdict, now))
    };
  }

  private static String change(DependencyChangeInfo change) {
    String what = change.name() + " " + change.req();
    String kind = KebabCase.of(change.kind());
    return switch (change.change()) {
      case REMOVED -> "no longer %s (%s)".formatted(what, kind);
      case ADDED -> "new: %s (%s)".formatted(what, kind);
      case CHANGED -> "%s (%s), was %s".formatted(what, kind, text(change.before()));
    };
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private void files(List<FileDiffInfo> files) {
    TextTable table = new TextTable("FILE", "CHANGE", "LINES", "PART", "NOTE");
    for (FileDiffInfo file : files) {
      boolean counted =
          file.form() == FileDiffInfo.Form.LINES || file.form() == FileDiffInfo.Form.OVER_LIMIT;
      table.row(
          Cell.of(TextStyle.STRONG, file.path()),
          Cell.of(KebabCase.of(file.change())),
          Cell.of(counted ? plusMinus(file) : "-"),
          Cell.of(
              file.role() == FileDiffInfo.Role.BUILD_SCRIPT ? TextStyle.WARN : TextStyle.PLAIN,
              KebabCase.of(file.role())),
          Cell.of(note(file)));
    }
    heading(table, "files");
  }

  private static String plusMinus(FileDiffInfo file) {
    return "+%d -%d".formatted(file.insertions(), file.deletions());
  }

  /// Returns the remark about a file that is not shown line by line.
  private static String note(FileDiffInfo file) {
    return switch (file.form()) {
      case LINES -> "";
      case SAME_BYTES -> "same bytes as " + text(file.formerPath());
      case BINARY -> "binary: " + sizes(file);
      case LONG_LINES -> "generated, long lines: " + sizes(file);
      case TOO_LONG -> "too long to be compared: " + sizes(file);
      case OVER_LIMIT -> "not shown, difference too long: " + sizes(file);
    };
  }

  private static String sizes(FileDiffInfo file) {
    List<String> parts = new ArrayList<>();
    if (file.before() != null) {
      parts.add("was " + size(file.before()));
    }
    if (file.after() != null) {
      parts.add("is " + size(file.after()));
    }
    return String.join("; ", parts);
  }

  private static String size(FileDigestInfo file) {
    return "%s, sha256 %s".formatted(SizeText.text(file.size()), file.sha256());
  }

  private void difference(FileDiffInfo file) {
    String text = file.text();
    if (text == null) {
      return;
    }
    terminal.line("");
    terminal.line(
        Cell.of(
            TextStyle.STRONG,
            "=== %s (%s, %s, %s)"
                .formatted(
                    file.path(),
                    KebabCase.of(file.change()),
                    KebabCase.of(file.role()),
                    plusMinus(file))));
    text.lines().forEach(this::line);
  }

  private void line(String line) {
    TextStyle style =
        switch (line.isEmpty() ? ' ' : line.charAt(0)) {
          case '+' -> TextStyle.GOOD;
          case '-' -> TextStyle.BAD;
          case '@', '\\' -> TextStyle.FAINT;
          default -> TextStyle.PLAIN;
        };
    // A tab would become one space, which loses the layout of a makefile or a C file.
    terminal.line(Cell.of(style, line.replace("\t", "    ")));
  }

  private void whatToDo(ReviewReply report) {
    VersionReply reviewed = report.reviewed();
    String spec = reviewed.name() + "@" + reviewed.version();
    terminal.line("");
    if (reviewed.served()) {
      terminal.line("revoke:   vetting-cli revoke " + spec + " --reason TEXT");
      return;
    }
    // An approval does not accept a hostile archive, and does not make an artifact available.
    if (reviewed.onlyByBundle()) {
      terminal.line(
          "outside:  vetting-cli approve "
              + spec
              + " --reason TEXT, then vetting-cli bundle export FOLDER --keys KEYS --crate "
              + spec);
    } else if (reviewed.findings() == null || reviewed.findings().conformant()) {
      terminal.line(
          "approve:  vetting-cli approve %s%s --criteria safe-to-deploy --reason TEXT"
              .formatted(spec, delta(report)));
    }
    terminal.line("deny:     vetting-cli deny " + spec + " --reason TEXT");
  }

  /// Returns the option for the base of the difference that was read, or an empty text if there was
  /// none.
  private static String delta(ReviewReply report) {
    return report.base() == null || report.notReadable() != null
        ? ""
        : " --delta " + report.base().version();
  }

  private void heading(TextTable table, String text) {
    if (!table.isEmpty()) {
      terminal.line("");
      terminal.line(Cell.of(TextStyle.STRONG, text));
      terminal.table(table);
    }
  }

  private void fact(String name, String value) {
    terminal.line(Cell.of(TextStyle.FAINT, "  %-14s".formatted(name)), Cell.of(value));
  }
}
