package lazaret.cli.bundle;

import lazaret.cli.command.CliSession;
import lazaret.cli.report.ExitCode;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.bundles.ImportPlanInfo;
import lazaret.vetting.deskapi.bundles.ImportReply;
import picocli.CommandLine.Command;

@Command(
    name = "diff",
    header = "Show what an import would change",
    description = {
      "",
      "Signatures, the chain of snapshots and the tables are checked as in an import; artifacts are"
          + " not read. Changes that need attention come first: other bytes of a published version,"
          + " new build scripts, versions with advisories."
    },
    footer = {"Examples:", "  vetting-cli bundle diff /media/usb/prod-e1-00000042-delta"},
    exitCodeList = {
      "0:no attention needed",
      "1:attention recommended",
      "2:malformed bundle",
      "3:gate unavailable, or medium unreadable",
      "4:a signature or digest does not match",
      "5:base snapshot missing",
      "6:expired, or feeds too old"
    })
final class BundleDiffVerb extends ServerBundleVerb {
  BundleDiffVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    Reply<ImportReply> reply = reply(true);
    ImportPlanInfo plan = value(reply).plan();
    if (session().json()) {
      terminal().json(reply.document());
    } else if (plan == null) {
      terminal().line("already imported: nothing would change");
    } else {
      ImportPlanText.print(terminal(), plan);
      terminal()
          .line(
              "to import exactly this bundle: vetting-cli bundle import %s --approve %s"
                  .formatted(bundle, plan.bundle().bundle()));
    }
    return plan != null && ImportPlanText.looksNeeded(plan) ? ExitCode.REFUSED : ExitCode.DONE;
  }
}
