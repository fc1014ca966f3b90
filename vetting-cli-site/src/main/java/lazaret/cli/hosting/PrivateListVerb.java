package lazaret.cli.hosting;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.HostingOperations;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.hosting.PrivateCrateInfo;
import lazaret.vetting.deskapi.hosting.PrivateCratesReply;
import lazaret.vetting.deskapi.hosting.PrivateCratesRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The command `private list`, which lists private crates.
@Command(
    name = "list",
    header = "List private crates with their owners",
    description = {
      "",
      "A crate without an owner lost its last one with an account; add one with 'private owner'."
          + " With --json, each line is a part of the list."
    },
    footer = {
      "Examples:",
      "  vetting-cli private list",
      "  vetting-cli private list acme",
      "  vetting-cli private list --json | jq -r '.crates[] | select(.owners == []) | .name'"
    },
    exitCodeList = {"0:success, even if there is none", "3:gate unavailable"})
final class PrivateListVerb extends Verb {
  @Parameters(paramLabel = "WORDS", arity = "0..1", description = "Parts of names.")
  @Nullable String words;

  PrivateListVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    PrivateCratesReply part = part(null);
    print(part);
    for (String next = part.next(); next != null; next = part.next()) {
      part = part(next);
      print(part);
    }
    if (!session().json() && part.total() == 0) {
      terminal().line("no private crates");
    }
    return ExitCode.DONE;
  }

  private PrivateCratesReply part(@Nullable String after) {
    return DeskClient.value(
        desk().reply(HostingOperations.CRATES, new PrivateCratesRequest(words, after)),
        "cannot list the private crates");
  }

  private void print(PrivateCratesReply part) {
    if (session().json()) {
      terminal().jsonLine(part);
      return;
    }
    TextTable table = new TextTable("CRATE", "NEWEST", "OWNERS", "SINCE", "FROM");
    for (PrivateCrateInfo crate : part.crates()) {
      table.row(
          Cell.of(TextStyle.STRONG, crate.name().published()),
          Cell.of(crate.newest()),
          crate.owners().isEmpty()
              ? Cell.of(TextStyle.WARN, "none")
              : Cell.of(String.join(", ", crate.owners())),
          Cell.of(Timestamps.minute(crate.since())),
          Cell.of(crate.from()));
    }
    terminal().table(table);
  }
}
