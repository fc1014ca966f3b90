package lazaret.cli.verbs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.keys.BundleSigning;
import lazaret.bundle.keys.Fingerprint;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.keys.RootSigning;
import lazaret.bundle.keys.RootView;
import lazaret.bundle.keys.Signing;
import lazaret.bundle.keys.Tally;
import lazaret.bundle.service.BundleReports;
import lazaret.bundle.tuf.FolderSource;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.JsonText;
import lazaret.cli.report.Style;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sign",
    header = "Signs a bundle or a root with the keys of one folder.",
    description = {
      "",
      "Officers sign one after another, each where their keys are: what is there stays, and a second"
          + " call changes nothing. Of a bundle, 'metadata' and the one target '….bundle.json' are"
          + " enough to carry; whatever else is there is checked. Copies that were signed side by side"
          + " are brought together with --take.",
      "",
      "The release's keys sign last: snapshot and timestamp name the officers' signatures, and are"
          + " made when enough of them are there. A root that is complete goes among the roots of the"
          + " folder of keys; run it on each machine for that."
    },
    footer = {
      "Examples:",
      "  vetting-cli sign /media/usb/prod-e1-00000042-delta --keys keys",
      "  vetting-cli sign 2.root.json --keys keys --fingerprint '…'",
      "  vetting-cli sign prod-e1-00000042-delta --keys keys --take ann/42.targets.json --yes"
    },
    exitCodeList = {
      "0:complete: no signature is missing",
      "1:a person said no",
      "2:no key has a duty, a passphrase is wrong, or nobody can be asked and --yes is missing",
      "4:it is not what was expected: another fingerprint, a damaged file, another root",
      "6:it has expired",
      "9:signed, or there was nothing to sign; signatures of others are missing"
    })
final class SignVerb extends Verb {
  @Parameters(paramLabel = "PATH", description = "The folder of a bundle, or N.root.json.")
  Path what = Path.of("");

  @Option(
      names = "--keys",
      required = true,
      paramLabel = "FOLDER",
      description = "The officer's keys and the roots of the stream.")
  Path keys = Path.of("");

  @Option(
      names = "--fingerprint",
      paramLabel = "WORDS",
      description = "What it must be, from elsewhere than the medium; then nobody is asked.")
  @Nullable String fingerprint;

  @Option(
      names = "--take",
      paramLabel = "FILE",
      description =
          "Add the signatures of another copy: N.targets.json of a bundle, or a root; may be"
              + " repeated.")
  List<Path> copies = new ArrayList<>();

  @Option(names = "--yes", description = "Sign without asking.")
  boolean yes;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "A file whose first line is the passphrase.")
  @Nullable Path passphrase;

  SignVerb(Session session) {
    super(session);
  }

  @Override
  Asks asks() {
    return Asks.NOBODY;
  }

  @Override
  ExitCode run() {
    KeyFolder folder =
        KeyFolder.open(
            session().around().path(keys),
            Passphrases.source(session(), passphrase),
            session().around().clock());
    Signing signing =
        Signing.open(session().around().path(what), folder, session().around().clock());
    refuseAnother(signing);
    List<String> taken = new ArrayList<>();
    copies.forEach(copy -> taken.addAll(signing.take(read(copy))));
    JsonObject told = told(signing);
    if (!session().json()) {
      show(signing, told);
    }
    if (signing instanceof BundleSigning bundle) {
      int _ = bundle.check();
    }
    if (!signing.due().isEmpty() && !agreed(signing)) {
      terminal().line("nothing was signed");
      return ExitCode.REFUSED;
    }
    List<String> signed = signing.sign();
    if (session().json()) {
      terminal()
          .json(
              told.toBuilder()
                  .texts("taken", taken)
                  .texts("signed", signed)
                  .list("signatures", signing.tallies(), RootPage::told)
                  .put("complete", signing.isComplete())
                  .build());
    } else {
      report(signing, taken, signed);
    }
    return signing.isComplete() ? ExitCode.DONE : ExitCode.UNSIGNED;
  }

  private Bytes read(Path file) {
    try (var in = Files.newInputStream(session().around().path(file))) {
      return Bytes.of(in.readNBytes(FolderSource.MOST_TARGETS + 1));
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT, "cannot read the copy '%s': %s".formatted(file, e), e);
    }
  }

  private static JsonObject told(Signing signing) {
    return switch (signing) {
      case RootSigning root -> RootPage.told(RootView.of(root));
      case BundleSigning bundle ->
          JsonText.parse(BundleReports.stated(bundle.statement(), bundle.digest()));
    };
  }

  private void show(Signing signing, JsonObject told) {
    switch (signing) {
      case RootSigning _ -> RootPage.print(terminal(), told);
      case BundleSigning _ -> BundlePage.print(terminal(), told);
    }
  }

  private void refuseAnother(Signing signing) {
    if (fingerprint == null) {
      return;
    }
    Fingerprint expected = Fingerprint.parse(fingerprint);
    if (!signing.fingerprint().equals(expected)) {
      throw new BundleException(
          BundleCode.FINGERPRINT_MISMATCH,
          "cannot sign '%s': you typed '%s', and its fingerprint differs in %s; compare them with what was said elsewhere than on the medium"
              .formatted(what, expected.groups(), expected.differences(signing.fingerprint())));
    }
  }

  private boolean agreed(Signing signing) {
    if (yes || fingerprint != null) {
      return true;
    }
    if (!terminal().looks().asks()) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot sign '%s': nobody can be asked; name --fingerprint WORDS, or --yes"
              .formatted(what));
    }
    return terminal().confirms("sign it as %s?".formatted(String.join(", ", signing.due())));
  }

  private void report(Signing signing, List<String> taken, List<String> signed) {
    if (!taken.isEmpty()) {
      terminal().line("taken from copies: " + String.join(", ", taken));
    }
    terminal().line(signed.isEmpty() ? "nothing to sign" : "signed: " + String.join(", ", signed));
    for (Tally tally : signing.tallies()) {
      terminal()
          .line(
              "  %s (root version %d): %s"
                  .formatted(tally.role(), tally.rootVersion(), tally.words()));
    }
    Optional<Tally> first = signing.tallies().stream().filter(t -> !t.isEnough()).findFirst();
    terminal()
        .line(
            first
                .map(t -> Cell.of(Style.WARN, "not complete: " + t.role() + " needs more"))
                .orElse(Cell.of(Style.GOOD, "complete")));
  }
}
