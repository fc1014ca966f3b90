package lazaret.cli.site;

import java.nio.file.Path;
import java.util.Arrays;
import lazaret.bundle.hardware.Pkcs11Key;
import lazaret.bundle.hardware.Pkcs11Settings;
import lazaret.bundle.keys.KeyFile;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.keys.Passphrases;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `keys hardware`, which makes the keys of an officer with a hardware module.
@Command(
    name = "hardware",
    header = "Create the keys of an officer with a hardware module",
    description = {
      "",
      "The module has an ECDSA key on P-256, by PKCS #11, and NAME.key.json an ML-DSA-65 key under a"
          + " passphrase. An officer counts with both. Networks need this release before they"
          + " accept a root with such an officer."
    },
    footer = {
      "Examples:",
      "  vetting-cli keys hardware ann --library /usr/lib/softhsm/libsofthsm2.so --label ann \\",
      "      --out keys",
      "  vetting-cli keys hardware ann --library /usr/lib/opensc-pkcs11.so --slot 1 --label ann \\",
      "      --existing --out keys"
    },
    exitCodeList = {
      "0:created",
      "2:invalid name or passphrase, wrong PIN, no such key, or keys of that name exist"
    })
final class KeysHardwareVerb extends Verb {
  @Parameters(paramLabel = "NAME", description = "Name of the officer (a to z, 0 to 9, '-').")
  String name = "";

  @Option(
      names = "--library",
      required = true,
      paramLabel = "FILE",
      description = "Driver of the module, by its absolute path.")
  String library = "";

  @Option(
      names = "--slot",
      paramLabel = "NUMBER",
      description = "Position among all slots, from 0. Default: 0.")
  int slot;

  @Option(
      names = "--label",
      required = true,
      paramLabel = "TEXT",
      description = "Label of the key in the token.")
  String label = "";

  @Option(
      names = "--existing",
      description = "Use the key and certificate of that label instead of new ones.")
  boolean existing;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder for the files; created if missing.")
  Path out = Path.of("");

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "File whose first line is the passphrase of the key file.")
  @Nullable Path passphrase;

  KeysHardwareVerb(CliSession session) {
    super(session);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  /// The JSON of new keys.
  ///
  /// @param name the name
  /// @param fingerprint the fingerprint of the public keys, in groups
  /// @param keyFile the file that names the module, with the encrypted key
  /// @param publicFile the file of the public keys
  private record Created(String name, String fingerprint, String keyFile, String publicFile) {}

  @Override
  public ExitCode run() {
    Path folder = session().around().path(out);
    KeyFile file = file(new Pkcs11Settings(library, slot, label), folder);
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

  private KeyFile file(Pkcs11Settings settings, Path folder) {
    char[] typed = Passphrases.fresh(session(), passphrase, name);
    char[] pin = {};
    try {
      KeyFile.checkDevice(name, typed, folder);
      pin = Passphrases.source(session(), passphrase).pin(name);
      Pkcs11Key key =
          existing
              ? Pkcs11Key.open(settings, pin)
              : Pkcs11Key.create(settings, pin, session().now());
      return KeyFile.ofDevice(name, settings, key, typed);
    } finally {
      Arrays.fill(typed, '\0');
      Arrays.fill(pin, '\0');
    }
  }
}
