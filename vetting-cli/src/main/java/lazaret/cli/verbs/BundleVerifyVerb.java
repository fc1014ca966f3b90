package lazaret.cli.verbs;

import java.io.IOException;
import lazaret.bundle.checking.BundleCheck;
import lazaret.bundle.checking.BundleFiles;
import lazaret.bundle.checking.Inspection;
import lazaret.bundle.service.BundleReports;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.JsonText;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import picocli.CommandLine.Command;

@Command(
    name = "verify",
    header = "Checks a bundle from its first to its last byte, where there is no store.",
    description = {
      "",
      "Name --root and --fingerprint: what you trust comes from elsewhere than the bundle. What depends on what the other side holds is left to the import there. Needs no gate."
    },
    footer = {
      "Examples:",
      "  vetting-cli bundle verify prod-e1-00000042-delta --root 1.root.json --fingerprint '…'"
    },
    exitCodeList = {
      "0:whole, and signed by whom you trust",
      "2:it does not have the form of a bundle; no root was named",
      "3:the medium cannot be read",
      "4:a signature or a digest does not match",
      "5:a part is missing",
      "6:expired"
    })
final class BundleVerifyVerb extends BundleInspectVerb {
  BundleVerifyVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    Bytes trusted = vouched();
    Inspection looked = inspection(BundleFiles.of(place()), trusted);
    BundleCheck.Checked checked = checked(looked);
    JsonObject told = JsonText.parse(BundleReports.checked(looked, trusted, checked));
    if (session().json()) {
      terminal().json(told);
      return ExitCode.DONE;
    }
    print(told);
    terminal()
        .line(
            "verified: %d versions of %d crates, %d artefacts, %s"
                .formatted(
                    checked.versions(),
                    checked.crates(),
                    checked.artefacts(),
                    Sizes.text(checked.bytes())));
    if (checked.elsewhere() > 0) {
      terminal()
          .line(
              "%d artefacts must be there already; the import looks"
                  .formatted(checked.elsewhere()));
    }
    return ExitCode.DONE;
  }

  private BundleCheck.Checked checked(Inspection looked) {
    try {
      return BundleCheck.check(looked, _ -> {});
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.DISK_FULL, "cannot check '%s': %s".formatted(bundle, e.getMessage()), e);
    }
  }
}
