package lazaret.cli.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.ceremony.RootView;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.service.BundleInfos;
import lazaret.bundle.signing.BundleSigningSession;
import lazaret.bundle.signing.RootSigningSession;
import lazaret.bundle.signing.SignatureTally;
import lazaret.bundle.signing.SigningTask;
import lazaret.bundle.trust.Fingerprint;
import lazaret.bundle.tuf.FolderMetadataSource;
import lazaret.bundle.tuf.Target;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.keys.Passphrases;
import lazaret.cli.keys.RootText;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.bundles.BundleInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `sign`, which signs a bundle or a root.
@Command(
    name = "sign",
    header = "Sign a bundle or a root",
    description = {
      "",
      "Officers sign one after another, each where their keys are. Existing signatures stay, and a"
          + " second call changes nothing. To sign a bundle, 'metadata' and the target"
          + " '….bundle.json' are enough; other files that are present are checked. Copies that"
          + " were signed in parallel are merged with --add-signatures.",
      "",
      "The keys of the release sign last: snapshot and timestamp name the signatures of the"
          + " officers, and are created when enough of them exist. A complete root is added to the"
          + " roots in the folder of keys; run the command on each machine for that."
    },
    footer = {
      "Examples:",
      "  vetting-cli sign /media/usb/prod-e1-00000042-delta --keys keys",
      "  vetting-cli sign 2.root.json --keys keys --fingerprint '…'",
      "  vetting-cli sign prod-e1-00000042-delta --keys keys --yes \\",
      "      --add-signatures ann/42.targets.json"
    },
    exitCodeList = {
      "0:complete: no signature is missing",
      "1:not confirmed",
      "2:no key may sign, wrong passphrase, or no terminal and no --yes",
      "4:another fingerprint, a damaged file or another root",
      "6:expired",
      "9:signatures of others are missing"
    })
public final class SignVerb extends Verb {
  @Parameters(paramLabel = "PATH", description = "Folder of a bundle, or N.root.json.")
  Path what = Path.of("");

  @Option(
      names = "--keys",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder with the keys of the officer and the roots of the stream.")
  Path keys = Path.of("");

  @Option(
      names = "--fingerprint",
      paramLabel = "WORDS",
      description =
          "Expected fingerprint, from another source than the medium; no confirmation is asked"
              + " then.")
  @Nullable String fingerprint;

  @Option(
      names = "--add-signatures",
      paramLabel = "FILE",
      description =
          "Add the signatures of another copy: N.targets.json of a bundle, or a root. May be given"
              + " several times.")
  List<Path> copies = new ArrayList<>();

  @Option(names = "--yes", description = "Sign without confirmation.")
  boolean yes;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "File whose first line is the passphrase.")
  @Nullable Path passphrase;

  public SignVerb(CliSession session) {
    super(session);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  @Override
  public ExitCode run() {
    KeyFolder folder =
        KeyFolder.open(
            session().around().path(keys),
            Passphrases.source(session(), passphrase),
            session().around().clock());
    SigningTask signing =
        SigningTask.open(session().around().path(what), folder, session().around().clock());
    refuseAnother(signing);
    List<String> taken = new ArrayList<>();
    copies.forEach(copy -> taken.addAll(signing.take(read(copy))));
    if (!session().json()) {
      show(signing);
    }
    if (signing instanceof BundleSigningSession bundle) {
      int _ = bundle.check();
    }
    if (!signing.due().isEmpty() && !agreed(signing)) {
      terminal().line("nothing was signed");
      return ExitCode.REFUSED;
    }
    List<String> signed = signing.sign();
    if (session().json()) {
      terminal().json(output(signing, taken, signed));
    } else {
      report(signing, taken, signed);
    }
    return signing.isComplete() ? ExitCode.DONE : ExitCode.UNSIGNED;
  }

  private Bytes read(Path file) {
    try (var in = Files.newInputStream(session().around().path(file))) {
      return Bytes.of(in.readNBytes(FolderMetadataSource.MOST_TARGETS + 1));
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT, "cannot read the copy '%s': %s".formatted(file, e), e);
    }
  }

  private static Record output(SigningTask signing, List<String> taken, List<String> signed) {
    List<RootText.SignaturesDocument> signatures =
        signing.tallies().stream().map(RootText::document).toList();
    boolean complete = signing.isComplete();
    return switch (signing) {
      case RootSigningSession root ->
          new RootSignOutput(
              RootText.document(RootView.of(root)), taken, signed, signatures, complete);
      case BundleSigningSession bundle ->
          new BundleSignOutput(info(bundle), taken, signed, signatures, complete);
    };
  }

  private static BundleInfo info(BundleSigningSession bundle) {
    return BundleInfos.bundle(bundle.statement(), bundle.digest());
  }

  private void show(SigningTask signing) {
    switch (signing) {
      case RootSigningSession root ->
          RootText.print(terminal(), RootText.document(RootView.of(root)));
      case BundleSigningSession bundle -> BundleText.print(terminal(), info(bundle));
    }
  }

  private void refuseAnother(SigningTask signing) {
    if (fingerprint == null) {
      return;
    }
    Fingerprint expected = Fingerprint.parse(fingerprint);
    if (!signing.fingerprint().equals(expected)) {
      throw new BundleException(
          BundleCode.FINGERPRINT_MISMATCH,
          "cannot sign '%s': expected the fingerprint '%s', found one that differs in %s; compare with a source other than the medium"
              .formatted(what, expected.groups(), expected.differences(signing.fingerprint())));
    }
  }

  private boolean agreed(SigningTask signing) {
    if (yes || fingerprint != null) {
      return true;
    }
    if (!terminal().looks().asks()) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot sign '%s': expected a terminal to confirm, found none; add --fingerprint WORDS or --yes"
              .formatted(what));
    }
    return terminal().confirms("sign as %s?".formatted(String.join(", ", signing.due())));
  }

  private void report(SigningTask signing, List<String> taken, List<String> signed) {
    if (!taken.isEmpty()) {
      terminal().line("added from copies: " + String.join(", ", taken));
    }
    terminal().line(signed.isEmpty() ? "nothing to sign" : "signed: " + String.join(", ", signed));
    for (SignatureTally tally : signing.tallies()) {
      terminal()
          .line(
              "  %s (root version %d): %s"
                  .formatted(tally.role(), tally.rootVersion(), tally.words()));
    }
    Optional<SignatureTally> first =
        signing.tallies().stream().filter(t -> !t.isEnough()).findFirst();
    terminal()
        .line(
            first
                .map(
                    t ->
                        Cell.of(
                            TextStyle.WARN, "incomplete: " + t.role() + " needs more signatures"))
                .orElse(Cell.of(TextStyle.GOOD, "complete")));
  }
}
