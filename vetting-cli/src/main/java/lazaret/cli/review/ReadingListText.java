package lazaret.cli.review;

import java.nio.file.Path;
import java.util.List;
import lazaret.cli.lockfile.PackageResult;
import lazaret.cli.report.Cell;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;

/// The text of the list of versions to read for a lockfile.
final class ReadingListText {
  private final Terminal terminal;

  ReadingListText(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(Path file, JsonObject list) {
    List<JsonObject> packages = list.objects("packages");
    TextTable table = new TextTable("CRATE", "VERSION", "LINES", "FILES", "COMPARED WITH", "WHY");
    for (JsonObject line : packages) {
      JsonObject stat = line.object("stat");
      boolean known = stat.has("lines");
      table.row(
          Cell.of(TextStyle.STRONG, line.words("name")),
          Cell.of(line.words("version")),
          known ? Cell.of(stat.number("lines")) : Cell.of(TextStyle.BAD, "?"),
          Cell.of(known ? String.valueOf(stat.number("files")) : "-"),
          Cell.of(known ? base(line) : "-"),
          Cell.of(why(file, line)));
    }
    terminal.table(table);
    terminal.line(summary(file, list));
    if (packages.stream().anyMatch(p -> p.words("standing").equals("withheld"))) {
      terminal.line("review:    vetting-cli review NAME@VERSION");
      terminal.line(
          "approve:   vetting-cli approve --lockfile %s --only-withheld --reviewed --criteria safe-to-deploy --reason TEXT"
              .formatted(file));
    }
  }

  private static String base(JsonObject line) {
    return line.text("base")
        .map(version -> version + " (" + line.words("origin") + ")")
        .orElse("nothing: whole crate");
  }

  private static String why(Path file, JsonObject line) {
    return line.object("unread")
        .text("detail")
        .orElseGet(() -> PackageResult.of(file.toString(), line).why());
  }

  private static String summary(Path file, JsonObject list) {
    int waiting = list.objects("packages").size();
    String served = list.number("served") + " served";
    if (waiting == 0) {
      return "%s: nothing to read, %s".formatted(file, served);
    }
    return "%s: %s to review, %s; %s"
        .formatted(
            file,
            ReviewText.count(waiting, "package"),
            ReviewText.stat(list.object("total")),
            served);
  }
}
