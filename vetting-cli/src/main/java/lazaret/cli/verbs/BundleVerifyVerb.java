package lazaret.cli.verbs;

import java.io.IOException;
import java.util.Optional;
import lazaret.bundle.checking.BundleCheck;
import lazaret.bundle.checking.BundleFiles;
import lazaret.bundle.checking.Inspection;
import lazaret.bundle.service.BundleReports;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.JsonText;
import lazaret.cli.trust.KnownTrust;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import picocli.CommandLine.Command;

@Command(
    name = "verify",
    header = "Checks a bundle from its first to its last byte, where there is no store.",
    description = {
      "",
      "Inside, the root that 'trust init' set up is used: that of the running gate, or of the store in"
          + " LAZARET_DATA_DIR. Elsewhere name --root and --fingerprint: what you trust comes from elsewhere"
          + " than the bundle. What depends on what the other side holds is left to the import there."
    },
    footer = {
      "Examples:",
      "  vetting-cli bundle verify /media/usb/prod-e1-00000042-delta",
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
    Optional<KnownTrust> known = namesRoot() ? Optional.empty() : Optional.of(known());
    Bytes trusted = known.map(KnownTrust::root).orElseGet(this::vouched);
    Inspection looked = inspection(BundleFiles.of(place()), trusted);
    BundleCheck.Checked checked = checked(looked);
    JsonObject told = JsonText.parse(BundleReports.checked(looked, trusted, checked));
    if (session().json()) {
      terminal().json(told);
      return ExitCode.DONE;
    }
    print(told, known.map(trust -> "trusted by " + trust.where()).orElse(SAID));
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

  private KnownTrust known() {
    try {
      return session().knownTrust();
    } catch (LazaretException e) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot check a bundle without what you trust: name --root FILE and --fingerprint WORDS, or set the trust up with 'vetting-cli trust init' (%s)"
              .formatted(e.getMessage()),
          e);
    }
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
