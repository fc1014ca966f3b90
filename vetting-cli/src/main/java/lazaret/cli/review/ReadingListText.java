package lazaret.cli.review;

import java.nio.file.Path;
import lazaret.cli.lockfile.PackageResult;
import lazaret.cli.report.Cell;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.vetting.deskapi.lockfiles.PackageStatus;
import lazaret.vetting.deskapi.lockfiles.ReadingListItemInfo;
import lazaret.vetting.deskapi.lockfiles.ReadingListReply;
import lazaret.vetting.deskapi.review.DiffStatInfo;
import lazaret.vetting.text.KebabCase;

/// The text of the list of versions to read for a lockfile.
final class ReadingListText {
  private final Terminal terminal;

  ReadingListText(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(Path file, ReadingListReply list) {
    TextTable table = new TextTable("CRATE", "VERSION", "LINES", "FILES", "COMPARED WITH", "WHY");
    for (ReadingListItemInfo line : list.packages()) {
      DiffStatInfo stat = line.stat();
      table.row(
          Cell.of(TextStyle.STRONG, line.name()),
          Cell.of(line.version()),
          stat == null ? Cell.of(TextStyle.BAD, "?") : Cell.of(stat.lines()),
          Cell.of(stat == null ? "-" : String.valueOf(stat.files())),
          Cell.of(stat == null ? "-" : base(line)),
          Cell.of(why(file, line)));
    }
    terminal.table(table);
    terminal.line(summary(file, list));
    if (list.packages().stream().anyMatch(p -> p.status() == PackageStatus.WITHHELD)) {
      terminal.line("review:    vetting-cli review NAME@VERSION");
      terminal.line(
          "approve:   vetting-cli approve --lockfile %s --only-withheld --reviewed --criteria safe-to-deploy --reason TEXT"
              .formatted(file));
    }
  }

  private static String base(ReadingListItemInfo line) {
    if (line.base() == null) {
      return "nothing: whole crate";
    }
    return line.base() + (line.origin() == null ? "" : " (" + KebabCase.of(line.origin()) + ")");
  }

  private static String why(Path file, ReadingListItemInfo line) {
    return line.notReadable() == null
        ? PackageResult.of(file.toString(), line).why()
        : line.notReadable().detail();
  }

  private static String summary(Path file, ReadingListReply list) {
    int waiting = list.packages().size();
    String served = list.served() + " served";
    if (waiting == 0) {
      return "%s: nothing to read, %s".formatted(file, served);
    }
    return "%s: %s to review, %s; %s"
        .formatted(
            file, ReviewText.count(waiting, "package"), ReviewText.stat(list.total()), served);
  }
}
