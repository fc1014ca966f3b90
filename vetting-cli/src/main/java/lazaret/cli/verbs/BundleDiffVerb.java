package lazaret.cli.verbs;

import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import picocli.CommandLine.Command;

@Command(
    name = "diff",
    header = "Tells what an import would change, and changes nothing.",
    description = {
      "",
      "Signatures, the chain and the tables are checked as in an import; artefacts are not read."
          + " What speaks for a look comes first: other bytes under the same number, build scripts"
          + " where there were none, versions that are advised against."
    },
    footer = {"Examples:", "  vetting-cli bundle diff /media/usb/prod-e1-00000042-delta"},
    exitCodeList = {
      "0:told, and nothing speaks for a look",
      "1:told, and something does",
      "2:it does not have the form of a bundle",
      "3:no gate answers, or the medium cannot be read",
      "4:a signature or a digest does not match",
      "5:it builds on a snapshot that is not here",
      "6:expired, or its feeds are too old"
    })
final class BundleDiffVerb extends BundleTakingVerb {
  BundleDiffVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    JsonObject done = answer(true);
    if (session().json()) {
      terminal().json(done);
    } else if (done.words("outcome").equals("planned")) {
      PlanPage.print(terminal(), done.object("plan"));
      terminal()
          .line(
              "to take it and no other: vetting-cli bundle import %s --approve %s"
                  .formatted(bundle, done.object("plan").object("bundle").words("bundle")));
    } else {
      terminal().line("already imported: nothing would change");
    }
    return PlanPage.looksNeeded(done.object("plan")) ? ExitCode.REFUSED : ExitCode.DONE;
  }
}
