package lazaret.cli.admin;

import lazaret.cli.report.Terminal;
import lazaret.vetting.deskapi.feeds.FeedUpdateReply;
import lazaret.vetting.deskapi.feeds.ReevaluationInfo;
import lazaret.vetting.text.KebabCase;

/// The text of a feed that was imported, with its consequences.
final class FeedText {
  private static final int SHOWN = 20;

  private FeedText() {}

  /// Prints a feed that was imported.
  static void print(Terminal terminal, FeedUpdateReply update) {
    terminal.line(
        "feed '%s' (%s): %d records%s"
            .formatted(
                update.name(),
                KebabCase.of(update.format()),
                update.records(),
                update.newest() == null ? "" : ", the newest of " + update.newest()));
    update.warnings().forEach(warning -> terminal.note(warning));
    print(terminal, update.reevaluated());
  }

  /// Prints the result of the re-evaluation of versions.
  static void print(Terminal terminal, ReevaluationInfo reevaluated) {
    terminal.line(
        "re-evaluated: %d versions; %d withdrawn, %d released%s"
            .formatted(
                reevaluated.versions(),
                reevaluated.withdrawn(),
                reevaluated.released(),
                reevaluated.withdrawn() + reevaluated.released() == 0
                    ? ""
                    : "; list them: vetting-cli log"));
    reevaluated.affected().stream()
        .limit(SHOWN)
        .forEach(
            radius ->
                terminal.note(
                    "%s %s has an advisory (clients that have it: %d, lockfiles that name it: %d): vetting-cli who %s@%s"
                        .formatted(
                            radius.name(),
                            radius.version(),
                            radius.holders().size() + radius.more(),
                            radius.lockfiles().size(),
                            radius.name(),
                            radius.version())));
  }
}
