package lazaret.cli.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lazaret.bundle.ceremony.RootView;
import lazaret.bundle.trust.Fingerprint;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.FolderMetadataSource;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DataFolderVerb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "init",
    header = "Pin the first root by its fingerprint",
    description = {
      "",
      "--data-dir names the store; it is created if missing. The file of the root may come on any"
          + " medium, but the fingerprint must come another way. Later roots come in bundles, and"
          + " are accepted if the officers of the previous root signed them. The ledger records the"
          + " command."
    },
    footer = {
      "Examples:",
      "  vetting-cli trust init --data-dir /srv/lazaret --root /media/usb/1.root.json \\",
      "      --fingerprint '4qd1 0c7x …'"
    },
    exitCodeList = {
      "0:trusted, now or before",
      "2:no --data-dir, or the file is not a root",
      "3:a server runs on the folder, it is not private, or another root is trusted",
      "4:another fingerprint, or missing signatures: stop until the cause is known"
    })
final class TrustInitVerb extends DataFolderVerb {
  @Option(
      names = "--root",
      required = true,
      paramLabel = "FILE",
      description = "Signed root, N.root.json.")
  Path root = Path.of("");

  @Option(
      names = "--fingerprint",
      required = true,
      paramLabel = "WORDS",
      description = "Ten groups of the fingerprint, typed from paper.")
  String fingerprint = "";

  TrustInitVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    Path folder = folder();
    Bytes file = read();
    Fingerprint typed = Fingerprint.parse(fingerprint);
    // The check comes before the folder of the store is created.
    RootView view = RootView.endorsed(file, typed, session().now());
    try (var store = open()) {
      new StoredTrust(store)
          .init(file, typed, session().now(), "local:" + session().around().user());
    }
    RootText.RootDocument document = RootText.document(view);
    if (session().json()) {
      terminal().json(document);
    } else {
      RootText.print(terminal(), document);
      terminal().line("now trusted by the store in " + folder);
    }
    return ExitCode.DONE;
  }

  private Bytes read() {
    try (var in = Files.newInputStream(session().around().path(root))) {
      return Bytes.of(in.readNBytes(FolderMetadataSource.MOST_ROOT + 1));
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT, "cannot read the root: " + PrivateFiles.describe(e), e);
    }
  }
}
