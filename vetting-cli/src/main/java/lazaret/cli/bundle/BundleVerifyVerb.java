package lazaret.cli.bundle;

import java.io.IOException;
import java.util.Optional;
import lazaret.bundle.checking.BundleFiles;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.checking.BundleVerifier;
import lazaret.bundle.service.BundleInfos;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.KnownTrust;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.bundles.BundleInfo;
import lazaret.vetting.progress.ProgressLine;
import lazaret.vetting.text.SizeText;
import picocli.CommandLine.Command;

@Command(
    name = "verify",
    header = "Check all bytes of a bundle",
    description = {
      "",
      "Inside, the root of 'trust init' is used: that of the running gate, or of the store in"
          + " LAZARET_DATA_DIR. Elsewhere, name --root and --fingerprint from another source than"
          + " the bundle. Checks that depend on the store of the other side are left to the import."
    },
    footer = {
      "Examples:",
      "  vetting-cli bundle verify /media/usb/prod-e1-00000042-delta",
      "  vetting-cli bundle verify prod-e1-00000042-delta --root 1.root.json --fingerprint '…'"
    },
    exitCodeList = {
      "0:intact, and signed by trusted keys",
      "2:malformed bundle, or no root named",
      "3:the medium cannot be read",
      "4:a signature or digest does not match",
      "5:part missing",
      "6:expired"
    })
final class BundleVerifyVerb extends BundleInspectVerb {
  BundleVerifyVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public ExitCode run() {
    Optional<KnownTrust> known = namesRoot() ? Optional.empty() : Optional.of(known());
    Bytes trusted = known.map(KnownTrust::root).orElseGet(this::endorsed);
    BundleInspection looked = inspection(BundleFiles.of(location()), trusted);
    BundleVerifier.Checked checked = checked(looked);
    BundleInfo info = BundleInfos.bundle(looked.statement(), looked.digest());
    BundleRoot verifying = BundleRoot.of(looked, trusted);
    if (session().json()) {
      terminal().json(DeskJson.encode(new VerifyOutput(info, verifying, contents(checked))));
      return ExitCode.DONE;
    }
    BundleText.print(terminal(), info);
    print(verifying, known.map(trust -> "trusted by " + trust.where()).orElse(SAID));
    terminal()
        .line(
            "verified: %d versions of %d crates, %d artifacts, %s"
                .formatted(
                    checked.versions(),
                    checked.crates(),
                    checked.artifacts(),
                    SizeText.text(checked.bytes())));
    if (checked.elsewhere() > 0) {
      terminal()
          .line(
              "%d artifacts must be stored already; the import checks that"
                  .formatted(checked.elsewhere()));
    }
    return ExitCode.DONE;
  }

  private static VerifyOutput.Contents contents(BundleVerifier.Checked checked) {
    return new VerifyOutput.Contents(
        checked.crates(),
        checked.versions(),
        checked.artifacts(),
        checked.bytes(),
        checked.elsewhere());
  }

  private KnownTrust known() {
    try {
      return session().knownTrust();
    } catch (LazaretException e) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot check the bundle: expected a trusted root, found none; name --root FILE and --fingerprint WORDS, or run 'vetting-cli trust init' (%s)"
              .formatted(e.getMessage()),
          e);
    }
  }

  private BundleVerifier.Checked checked(BundleInspection looked) {
    try (ProgressLine progress = session().progress("checking the bundle")) {
      progress.begin("bytes", looked.partBytes(), "");
      BundleVerifier.Checked checked = BundleVerifier.check(looked, progress::reach);
      progress.complete();
      return checked;
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.DISK_FULL, "cannot check '%s': %s".formatted(bundle, e.getMessage()), e);
    }
  }
}
