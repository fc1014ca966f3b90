package lazaret.cli.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lazaret.bundle.checking.BundleFiles;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.service.BundleInfos;
import lazaret.bundle.trust.Fingerprint;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.InMemoryTrustStore;
import lazaret.bundle.tuf.Target;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.bundles.BundleInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "inspect",
    header = "Print the metadata of a bundle without reading its payload",
    description = {
      "",
      "Signatures of the metadata are checked; artifacts are not read. Without --root, the root in"
          + " the bundle is used: compare the printed fingerprint with the one on paper. No gate is"
          + " needed."
    },
    footer = {
      "Examples:",
      "  vetting-cli bundle inspect /media/usb/prod-e1-00000042-delta",
      "  vetting-cli bundle inspect prod-e1-00000042-delta.tar --root 1.root.json --fingerprint '…'"
    },
    exitCodeList = {
      "0:success",
      "2:malformed bundle",
      "3:medium unreadable",
      "4:a signature or digest does not match",
      "6:expired"
    })
class BundleInspectVerb extends Verb {
  private static final int MOST_ROOT = 512 << 10;

  /// The origin of a root that was named together with its fingerprint.
  static final String SAID = "as named";

  @Parameters(paramLabel = "BUNDLE", description = "Folder or single file of the bundle.")
  Path bundle = Path.of("");

  @Option(names = "--root", paramLabel = "FILE", description = "Trusted root.")
  @Nullable Path root;

  @Option(
      names = "--fingerprint",
      paramLabel = "WORDS",
      description = "Fingerprint of the root, from another source than the file.")
  @Nullable String fingerprint;

  BundleInspectVerb(CliSession session) {
    super(session);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  @Override
  public ExitCode run() {
    BundleFiles files = BundleFiles.of(location());
    Bytes trusted = root == null ? brought(files) : endorsed();
    BundleInspection looked = inspection(files, trusted);
    BundleInfo info = BundleInfos.bundle(looked.statement(), looked.digest());
    BundleRoot verifying = BundleRoot.of(looked, trusted);
    if (session().json()) {
      terminal().json(DeskJson.encode(new InspectOutput(info, verifying, root != null)));
    } else {
      BundleText.print(terminal(), info);
      print(verifying, root == null ? "from the bundle itself: compare it" : SAID);
    }
    return ExitCode.DONE;
  }

  final Path location() {
    return session().around().path(bundle);
  }

  final BundleInspection inspection(BundleFiles files, Bytes trusted) {
    return BundleInspection.of(files, new InMemoryTrustStore(trusted), session().around().clock());
  }

  /// Prints the root of a bundle.
  ///
  /// @param vouching the origin of the trust in the root, in a few words
  final void print(BundleRoot verifying, String vouching) {
    terminal()
        .line(
            "  root fingerprint %s (%s), newest root version %d, expires %s"
                .formatted(
                    verifying.fingerprint(), vouching, verifying.version(), verifying.expires()));
  }

  /// Returns whether the user named a root or a fingerprint.
  final boolean namesRoot() {
    return root != null || fingerprint != null;
  }

  /// Returns the root that the user trusts.
  ///
  /// @throws CliException if the root or its fingerprint was not named, or if the file cannot be
  ///   read
  final Bytes endorsed() {
    Path file = root;
    if (file == null || fingerprint == null) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot check the bundle: expected a trusted root, found none; name --root FILE and"
              + " --fingerprint WORDS");
    }
    Bytes bytes = read(session().around().path(file));
    StoredTrust.endorsed(bytes, Fingerprint.parse(fingerprint), session().now());
    return bytes;
  }

  private static Bytes brought(BundleFiles files) {
    String first =
        files.lengths().keySet().stream()
            .filter(name -> name.endsWith(".root.json"))
            .min(java.util.Comparator.comparingInt(String::length).thenComparing(name -> name))
            .orElseThrow(
                () ->
                    new CliException(
                        ErrorCode.MALFORMED_INPUT,
                        "cannot inspect the bundle: it has no root metadata"));
    try (var in = files.opener().open(first)) {
      return Bytes.of(in.readNBytes(MOST_ROOT));
    } catch (IOException e) {
      throw unreadable(first, e);
    }
  }

  private static Bytes read(Path file) {
    try (var in = Files.newInputStream(file)) {
      return Bytes.of(in.readNBytes(MOST_ROOT));
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  private static CliException unreadable(String what, IOException e) {
    return new CliException(
        ErrorCode.MALFORMED_INPUT, "cannot read '%s': %s".formatted(what, e.getMessage()), e);
  }
}
