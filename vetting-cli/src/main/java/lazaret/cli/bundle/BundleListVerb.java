package lazaret.cli.bundle;

import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.EmptyRequestVerb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.BundleOperations;
import lazaret.vetting.deskapi.bundles.RetainedSnapshotInfo;
import lazaret.vetting.deskapi.bundles.RevocationInfo;
import lazaret.vetting.deskapi.bundles.SnapshotsReply;
import lazaret.vetting.text.KebabCase;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    header = "List snapshots and revocations",
    footer = {"Examples:", "  vetting-cli bundle list"},
    exitCodeList = {"0:success", "3:gate unavailable"})
final class BundleListVerb extends EmptyRequestVerb<SnapshotsReply> {
  BundleListVerb(CliSession session) {
    super(session, () -> BundleOperations.SNAPSHOTS, "cannot list the snapshots");
  }

  @Override
  protected void print(SnapshotsReply reply) {
    TextTable table =
        new TextTable("SNAPSHOT", "KIND", "CREATED", "STORED SINCE", "CRATES", "VERSIONS", "");
    for (RetainedSnapshotInfo snapshot : reply.snapshots()) {
      table.row(
          Cell.of(TextStyle.STRONG, snapshot.sequence()),
          Cell.of(KebabCase.of(snapshot.kind())),
          Cell.of(Timestamps.minute(snapshot.issued())),
          Cell.of(Timestamps.minute(snapshot.at())),
          Cell.of(snapshot.crates()),
          Cell.of(snapshot.versions()),
          Cell.of(TextStyle.STRONG, snapshot.sequence() == reply.head() ? "served" : ""));
    }
    terminal().table(table);
    revocations(reply.revocations());
    if (table.isEmpty()) {
      terminal()
          .line(
              "no snapshots; create one with 'bundle export', or import one with 'bundle import'");
    }
  }

  private void revocations(List<RevocationInfo> revocations) {
    TextTable table = new TextTable("REVOCATION", "STORED SINCE", "DENIES", "");
    for (RevocationInfo revocation : revocations) {
      table.row(
          Cell.of(TextStyle.STRONG, revocation.number()),
          Cell.of(Timestamps.minute(revocation.at())),
          Cell.of("%d versions".formatted(revocation.versions())),
          Cell.of(TextStyle.STRONG, "in force"));
    }
    terminal().table(table);
  }
}
