package lazaret.cli.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.cli.report.Cell;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.SizeText;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.VerdictText;

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
  void print(JsonObject report, boolean differences) {
    new VersionJsonText(terminal, now).print(report);
    new EvidenceText(terminal, now).print(report);
    comparison(report);
    dependencies(report);
    JsonObject diff = report.object("diff");
    files(diff.objects("files"));
    if (differences) {
      diff.objects("files").forEach(this::difference);
    }
    whatToDo(report);
  }

  /// Prints the base of the comparison, the amount to read, and the new capabilities.
  public void comparison(JsonObject report) {
    JsonObject base = report.object("base");
    JsonObject unread = report.object("unread");
    if (unread.has("code")) {
      fact("not read", unread.words("detail"));
      return;
    }
    String with = base.has("version") ? base(base) : "with nothing, as no version is vetted";
    String others =
        report.objects("other_bases").stream()
            .map(other -> "; %s would be %s".formatted(base(other), lines(other.object("stat"))))
            .collect(Collectors.joining());
    fact("compared", with + others);
    fact("to read", stat(report.object("diff").object("stat")));
    if (report.has("since_base")) {
      delta(report.object("since_base"));
    }
  }

  /// Prints new capabilities and signals. Counts of capabilities are only in the JSON form, because
  /// a person needs to know only what is new or rare.
  private void delta(JsonObject delta) {
    List<JsonObject> gained =
        delta.objects("gained").stream().filter(g -> !g.words("where").equals("test")).toList();
    List<JsonObject> signals = delta.objects("signals");
    if (gained.isEmpty() && signals.isEmpty()) {
      fact("gained", "no new capabilities");
      return;
    }
    if (!gained.isEmpty()) {
      fact(
          "gained",
          gained.stream()
              .map(g -> "%s in %s code".formatted(g.words("what"), g.words("where")))
              .collect(Collectors.joining(", ")));
    }
    signals.forEach(s -> fact(s.words("weight"), s.words("code") + ": " + s.words("excerpt")));
  }

  private static String base(JsonObject base) {
    return "with %s (%s)".formatted(base.words("version"), base.words("origin"));
  }

  static String lines(JsonObject stat) {
    return count(stat.number("lines"), "line");
  }

  static String stat(JsonObject stat) {
    long unread = stat.number("unread_bytes");
    return "%s in %s (+%d -%d%s)"
        .formatted(
            lines(stat),
            count(stat.number("files"), "file"),
            stat.number("insertions"),
            stat.number("deletions"),
            unread == 0 ? "" : ", " + SizeText.text(unread) + " not compared by line");
  }

  static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private void dependencies(JsonObject report) {
    TextTable table =
        new TextTable("DEPENDENCY", "REQUIRED", "KIND", "CHANGE", "GATE HAS", "VERDICT", "WHY");
    for (JsonObject line : report.objects("dependencies")) {
      boolean known = line.has("verdict");
      table.row(
          Cell.of(TextStyle.STRONG, line.words("name")),
          Cell.of(line.words("req")),
          Cell.of(line.words("kind") + (line.flag("optional") ? ", optional" : "")),
          line.flag("added") ? Cell.of(TextStyle.WARN, "new") : Cell.of("-"),
          Cell.of(known ? line.words("version") : "-"),
          known
              ? VerdictText.kind(line.object("verdict"), line.flag("served"))
              : Cell.of(TextStyle.WARN, "none"),
          Cell.of(known ? VerdictText.why(line.object("verdict"), now) : line.words("detail")));
    }
    heading(table, "dependencies");
    for (JsonObject change : report.objects("dependency_changes")) {
      if (!change.words("change").equals("added") || change.words("kind").equals("dev")) {
        fact("dependency", change(change));
      }
    }
  }

  private static String change(JsonObject change) {
    String what = change.words("name") + " " + change.words("req");
    String kind = change.words("kind");
    return switch (change.words("change")) {
      case "removed" -> "no longer %s (%s)".formatted(what, kind);
      case "added" -> "new: %s (%s)".formatted(what, kind);
      default -> "%s (%s), was %s".formatted(what, kind, change.words("before"));
    };
  }

  private void files(List<JsonObject> files) {
    TextTable table = new TextTable("FILE", "CHANGE", "LINES", "PART", "NOTE");
    for (JsonObject file : files) {
      boolean counted =
          file.words("form").equals("lines") || file.words("form").equals("over-limit");
      table.row(
          Cell.of(TextStyle.STRONG, file.words("path")),
          Cell.of(file.words("change")),
          Cell.of(counted ? plusMinus(file) : "-"),
          Cell.of(
              file.words("part").equals("build-script") ? TextStyle.WARN : TextStyle.PLAIN,
              file.words("part")),
          Cell.of(note(file)));
    }
    heading(table, "files");
  }

  private static String plusMinus(JsonObject file) {
    return "+%d -%d".formatted(file.number("insertions"), file.number("deletions"));
  }

  /// Returns the remark about a file that is not shown line by line.
  private static String note(JsonObject file) {
    return switch (file.words("form")) {
      case "lines" -> "";
      case "same-bytes" -> "same bytes as " + file.words("former_path");
      case "binary" -> "binary: " + sizes(file);
      case "long-lines" -> "generated, long lines: " + sizes(file);
      case "too-long" -> "too long to be compared: " + sizes(file);
      default -> "not shown, difference too long: " + sizes(file);
    };
  }

  private static String sizes(JsonObject file) {
    List<String> parts = new ArrayList<>();
    for (String side : List.of("before", "after")) {
      JsonObject digest = file.object(side);
      if (digest.has("sha256")) {
        parts.add(
            "%s %s, sha256 %s"
                .formatted(
                    side.equals("before") ? "was" : "is",
                    SizeText.text(digest.number("size")),
                    digest.words("sha256")));
      }
    }
    return String.join("; ", parts);
  }

  private void difference(JsonObject file) {
    if (!file.has("text")) {
      return;
    }
    terminal.line("");
    terminal.line(
        Cell.of(
            TextStyle.STRONG,
            "=== %s (%s, %s, %s)"
                .formatted(
                    file.words("path"),
                    file.words("change"),
                    file.words("part"),
                    plusMinus(file))));
    file.words("text").lines().forEach(this::line);
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

  private void whatToDo(JsonObject report) {
    String spec = report.words("name") + "@" + report.words("version");
    terminal.line("");
    if (report.flag("served")) {
      terminal.line("revoke:   vetting-cli revoke " + spec + " --reason TEXT");
      return;
    }
    // An approval does not accept a hostile archive, and does not make an artifact available.
    if (report.flag("by_bundle")) {
      terminal.line(
          "outside:  vetting-cli approve "
              + spec
              + " --reason TEXT, then vetting-cli bundle export FOLDER --keys KEYS --crate "
              + spec);
    } else if (!report.object("findings").has("conformant")
        || report.object("findings").flag("conformant")) {
      terminal.line(
          "approve:  vetting-cli approve %s%s --criteria safe-to-deploy --reason TEXT"
              .formatted(spec, delta(report.object("base"), report.object("unread"))));
    }
    terminal.line("deny:     vetting-cli deny " + spec + " --reason TEXT");
  }

  /// Returns the option for the base of the difference that was read, or an empty text if there was
  /// none.
  private static String delta(JsonObject base, JsonObject unread) {
    return base.has("version") && !unread.has("code") ? " --delta " + base.words("version") : "";
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
