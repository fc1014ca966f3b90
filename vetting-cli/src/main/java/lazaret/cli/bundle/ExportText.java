package lazaret.cli.bundle;

import java.util.List;
import lazaret.cli.report.Cell;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.vetting.deskapi.bundles.BundleInfo;
import lazaret.vetting.deskapi.bundles.ExportReply;
import lazaret.vetting.deskapi.bundles.MissingVersionInfo;
import lazaret.vetting.deskapi.bundles.UnmetInSnapshotInfo;

/// The text of the result of an export.
final class ExportText {
  private static final int SHOWN = 20;

  private final Terminal terminal;

  ExportText(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Prints the bundle, or the versions and requirements that are missing.
  void print(ExportReply reply) {
    missing(reply.missing());
    unmet(reply.unmet());
    BundleInfo bundle = reply.bundle();
    if (bundle == null) {
      nothing(reply);
    } else {
      exported(reply, bundle);
    }
  }

  private void nothing(ExportReply reply) {
    terminal.line("nothing was exported");
    if (reply.missing().stream().anyMatch(each -> !each.acceptedBefore())) {
      terminal.line(
          "missing:  'vetting-cli why NAME@VERSION', then approve; 'vetting-cli prefetch NAME@VERSION' for bytes");
    }
    if (reply.unmet().stream().anyMatch(each -> !each.acceptedBefore())) {
      terminal.line(
          "unmet:    'vetting-cli closure NAME@VERSION' lists the versions that would meet it"
              + " and why they are withheld");
    }
    terminal.line("or export without them: --allow-missing");
  }

  private void exported(ExportReply reply, BundleInfo bundle) {
    BundleText.print(terminal, bundle);
    if (reply.removed() != null) {
      BundleText.removed(terminal, reply.removed());
    }
    terminal.line("written to " + reply.path());
    reply.warnings().forEach(terminal::note);
    if (!reply.unsigned().isEmpty()) {
      terminal.line(
          "signatures are missing for %s: vetting-cli sign %s --keys FOLDER"
              .formatted(String.join(", ", reply.unsigned()), reply.path()));
    }
  }

  private void missing(List<MissingVersionInfo> missing) {
    TextTable table = new TextTable("MISSING", "WHY", "");
    missing.stream()
        .limit(SHOWN)
        .forEach(
            each ->
                table.row(
                    Cell.of(
                        TextStyle.STRONG,
                        each.name() + (each.version() == null ? "" : " " + each.version())),
                    Cell.of(each.why()),
                    Cell.of(TextStyle.FAINT, before(each.acceptedBefore()))));
    terminal.table(table);
    more(missing.size());
  }

  private void unmet(List<UnmetInSnapshotInfo> unmet) {
    TextTable table = new TextTable("VERSION", "REQUIRES", "");
    unmet.stream()
        .limit(SHOWN)
        .forEach(
            each ->
                table.row(
                    Cell.of(TextStyle.STRONG, each.name() + " " + each.version()),
                    Cell.of(each.requires() + " " + each.req()),
                    Cell.of(
                        TextStyle.FAINT,
                        ((each.targetOnly() ? "on some platforms " : "")
                                + before(each.acceptedBefore()))
                            .strip())));
    terminal.table(table);
    more(unmet.size());
    if (!unmet.isEmpty()) {
      terminal.line(
          unmet.size() == 1
              ? "no version in the snapshot meets this requirement"
              : "no version in the snapshot meets these %d requirements".formatted(unmet.size()));
    }
  }

  private static String before(boolean accepted) {
    return accepted ? "(as before)" : "";
  }

  private void more(int all) {
    if (all > SHOWN) {
      terminal.line("and %d more; --json has all".formatted(all - SHOWN));
    }
  }
}
