package lazaret.cli.keys;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lazaret.bundle.BundleCode;
import lazaret.bundle.keys.KeyFile;
import lazaret.bundle.keys.ProgramSigner;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    header = "Create the keys of an officer, or the key for decisions",
    description = {
      "",
      "Writes NAME.key.json, encrypted with a passphrase, and NAME.pub.json for the ceremony. The"
          + " name 'decisions' creates the key with which an export host signs its decisions.",
      "",
      "The passphrase is typed twice, or read from --passphrase-file, LAZARET_PASSPHRASE or the"
          + " file that LAZARET_PASSPHRASE_FILE names. It cannot be recovered."
    },
    footer = {
      "Examples:",
      "  vetting-cli keys create ann --out keys",
      "  vetting-cli keys create decisions --out keys",
      "  vetting-cli keys create ann --out keys --command /usr/local/bin/card-sign --command slot1"
    },
    exitCodeList = {
      "0:created",
      "2:invalid name, passphrase or program, or keys of that name exist"
    })
final class KeysCreateVerb extends Verb {
  @Parameters(
      paramLabel = "NAME",
      description = "Name of the officer (a to z, 0 to 9, '-'), or 'decisions'.")
  String name = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder for the files; created if missing.")
  Path out = Path.of("");

  @Option(
      names = "--command",
      paramLabel = "WORD",
      description =
          "Program that holds the keys (a card, a module, a service), by its absolute path; further"
              + " values are its arguments. It implements the protocol of docs/keys.md.")
  List<String> command = new ArrayList<>();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Seconds that the program may take for a signature. Default: 60.")
  @Nullable Long timeout;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "File whose first line is the passphrase.")
  @Nullable Path passphrase;

  KeysCreateVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isTyped(BundleCode code) {
    return RootOptions.isTyped(code);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  @Override
  public ExitCode run() {
    Path folder = session().around().path(out);
    KeyFile file = command.isEmpty() ? closed() : elsewhere();
    file.write(folder);
    String fingerprint = file.fingerprint().groups();
    if (session().json()) {
      terminal()
          .json(
              new Created(
                  name,
                  fingerprint,
                  folder.resolve(name + KeyFile.SUFFIX).toString(),
                  folder.resolve(name + KeyFile.PUBLIC_SUFFIX).toString()));
    } else {
      terminal()
          .line(
              Cell.of(TextStyle.STRONG, name),
              Cell.of("  public keys have the fingerprint " + fingerprint));
      terminal().line("keep:  " + out.resolve(name + KeyFile.SUFFIX));
      terminal().line("give:  " + out.resolve(name + KeyFile.PUBLIC_SUFFIX));
    }
    return ExitCode.DONE;
  }

  private KeyFile closed() {
    char[] typed = Passphrases.fresh(session(), passphrase, name);
    try {
      return KeyFile.create(name, typed, new SecureRandom());
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  private KeyFile elsewhere() {
    Duration patience = timeout == null ? ProgramSigner.PATIENCE : Duration.ofSeconds(timeout);
    return KeyFile.ofCommand(name, ProgramSigner.command(command, patience), new SecureRandom());
  }

  /// The JSON of new keys.
  ///
  /// @param name the name
  /// @param fingerprint the fingerprint of the public keys, in groups
  /// @param keyFile the file of the encrypted keys
  /// @param publicFile the file of the public keys
  private record Created(String name, String fingerprint, String keyFile, String publicFile) {}
}
