package lazaret.cli.retention;

import java.util.stream.Collectors;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.RetentionOperations;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.retention.ArtifactsReply;
import lazaret.vetting.deskapi.retention.ArtifactsRequest;
import lazaret.vetting.deskapi.retention.RemovedArtifactInfo;
import lazaret.vetting.deskapi.retention.StoredArtifactInfo;
import lazaret.vetting.text.KebabCase;
import lazaret.vetting.text.SizeText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `inventory`, which lists stored artifacts.
@Command(
    name = "inventory",
    header = "List stored artifacts, their last use, and why they are kept",
    description = {
      "",
      "The last column has the reasons for which no rule removes an artifact, or the rule that"
          + " removes it. With --json, each line is a part of the inventory."
    },
    footer = {
      "Examples:",
      "  vetting-cli inventory",
      "  vetting-cli inventory --crate serde",
      "  vetting-cli inventory --json | jq -r '.artifacts[] | select(.rule) | .name'"
    },
    exitCodeList = {
      "0:success, even if nothing is stored",
      "2:no name of a crate",
      "3:gate unavailable"
    })
public final class InventoryVerb extends Verb {
  @Option(names = "--crate", paramLabel = "NAME", description = "List the artifacts of one crate.")
  @Nullable String crate;

  public InventoryVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    CrateName only = crate == null ? null : CrateName.parse(crate);
    ArtifactsReply part = part(new ArtifactsRequest(only, null, null));
    print(part);
    for (String next = part.next(); next != null; next = part.next()) {
      part = part(new ArtifactsRequest(only, next, null));
      print(part);
    }
    if (!session().json()) {
      terminal()
          .line(
              "%d artifacts are stored; the store occupies %s"
                  .formatted(part.total(), SizeText.text(part.usedBytes())));
    }
    return ExitCode.DONE;
  }

  private ArtifactsReply part(ArtifactsRequest request) {
    Reply<ArtifactsReply> reply = desk().reply(RetentionOperations.ARTIFACTS, request);
    return DeskClient.value(reply, "cannot list the artifacts");
  }

  private void print(ArtifactsReply part) {
    if (session().json()) {
      terminal().jsonLine(part);
      return;
    }
    TextTable stored =
        new TextTable("CRATE", "VERSION", "SIZE", "LAST USE", "LOCKFILES", "KEPT FOR");
    for (StoredArtifactInfo artifact : part.artifacts()) {
      stored.row(
          Cell.of(TextStyle.STRONG, artifact.name()),
          Cell.of(artifact.version()),
          Cell.of(SizeText.text(artifact.bytes())),
          Cell.of(artifact.used() == null ? "-" : artifact.used()),
          Cell.of(String.join(", ", artifact.lockfiles())),
          kept(artifact));
    }
    terminal().table(stored);
    TextTable removed = new TextTable("CRATE", "VERSION", "SIZE", "REMOVED", "RULE");
    for (RemovedArtifactInfo artifact : part.removed()) {
      removed.row(
          Cell.of(TextStyle.STRONG, artifact.name()),
          Cell.of(artifact.version()),
          Cell.of(SizeText.text(artifact.bytes())),
          Cell.of(Timestamps.minute(artifact.at())),
          Cell.of(artifact.rule()));
    }
    terminal().table(removed);
  }

  private static Cell kept(StoredArtifactInfo artifact) {
    if (artifact.rule() != null) {
      return Cell.of(TextStyle.WARN, "is removed by '" + artifact.rule() + "'");
    }
    return Cell.of(artifact.kept().stream().map(KebabCase::of).collect(Collectors.joining(", ")));
  }
}
