package lazaret.cli.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.desk.CliException;
import lazaret.cli.keys.Passphrases;
import lazaret.cli.lockfile.CheckedLockfile;
import lazaret.cli.report.ExitCode;
import lazaret.manual.OptionValue;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.Secret;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.deskapi.BundleOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.bundles.BundleInfo;
import lazaret.vetting.deskapi.bundles.BundleKind;
import lazaret.vetting.deskapi.bundles.ExportReply;
import lazaret.vetting.deskapi.bundles.ExportRequest;
import lazaret.vetting.deskapi.bundles.ServerPath;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    header = "Export the next snapshot as a bundle",
    description = {
      "",
      "The snapshot contains the closures of lockfiles and the named crates, or by default all"
          + " vetted versions that are stored. Lockfiles are fetched and vetted as for a build."
          + " Requirements that no version of the snapshot meets are listed before the bundle is"
          + " written.",
      "",
      "A version of the last snapshot that the policy withholds now, and that no option names, is"
          + " removed inside without a denial. It is listed with the rule that withholds it.",
      "",
      "The first bundle is full; later ones are deltas that fit the last three snapshots. All"
          + " folders are on the server; for a server on another machine, name absolute paths."
    },
    footer = {
      "Examples:",
      "  vetting-cli bundle export /media/usb --keys keys/ --from-lockfile Cargo.lock",
      "  vetting-cli bundle export /media/usb --keys keys/ --single-file",
      "  vetting-cli bundle export /media/usb --keys keys/ --since 41",
      "  vetting-cli bundle export /media/usb --keys keys/ --for receipt.txt",
      "  vetting-cli bundle export /media/usb --keys keys/ --kind revocation",
      "  vetting-cli bundle export /media/usb --keys keys/ --kind advisories",
      "  vetting-cli bundle export /media/usb --keys keys/ --with toolchains --with git"
    },
    exitCodeList = {
      "0:exported",
      "1:a version is withheld, or a requirement is not met; nothing was exported",
      "2:invalid option, folder or key",
      "3:gate unavailable, or folder not writable",
      "6:a root would expire before the bundle"
    })
final class BundleExportVerb extends DeskVerb<ExportRequest, ExportReply> {
  private static final int MOST_RECEIPT = 1024;

  @Parameters(
      paramLabel = "FOLDER",
      description = "Folder in which the folder of the bundle is created.")
  Path into = Path.of("");

  @Option(
      names = "--keys",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder of keys and roots, see 'keys ceremony'.")
  Path keys = Path.of("");

  @Option(
      names = {"--from-lockfile", "--lockfile"},
      paramLabel = "FILE",
      description =
          "Include the packages of this Cargo.lock and their requirements. May be given several"
              + " times.")
  List<Path> lockfiles = new ArrayList<>();

  @Option(
      names = "--crate",
      paramLabel = "NAME[@VERSION]",
      description =
          "Include this version, or all stored versions of the crate that are vetted. May be given"
              + " several times.")
  List<String> crates = new ArrayList<>();

  @Option(
      names = "--names",
      paramLabel = "FILE",
      description =
          "Include the crates of this list: NAME[@VERSION], one a line; '#' begins a comment.")
  @Nullable Path names;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      completionCandidates = OptionValue.BundleForm.class,
      description =
          "full, delta, revocation (only denials, for any snapshot) or advisories (only changes of"
              + " feeds, between snapshots).")
  @Nullable String kind;

  @Option(
      names = "--since",
      paramLabel = "SEQUENCE",
      description = "Oldest snapshot that the delta fits, or whose advisories were changed.")
  @Nullable Long since;

  @Option(
      names = "--for",
      paramLabel = "FILE",
      description =
          "Receipt that 'bundle import --receipt' wrote inside; the delta fits its snapshots. May"
              + " be given several times.")
  List<Path> receipts = new ArrayList<>();

  @Option(
      names = "--exact",
      description = "Remove versions of earlier snapshots that are neither named nor required.")
  boolean exact;

  @Option(
      names = "--allow-missing",
      description =
          "Export although a version is withheld (its index line is exported as a denial) or a"
              + " requirement is not met. Needed once for each newly missing version.")
  boolean allowMissing;

  @Option(names = "--single-file", description = "Write one file instead of a folder.")
  boolean single;

  @Option(
      names = "--audience",
      paramLabel = "NETWORK",
      description = "Network that may import the bundle. May be given several times. Default: all.")
  List<String> audience = new ArrayList<>();

  @Option(
      names = "--expires-days",
      paramLabel = "DAYS",
      description = "Days until the bundle expires. Default: 90.")
  @Nullable Integer expires;

  @Option(
      names = "--next-days",
      paramLabel = "DAYS",
      description = "Days until the next bundle is due. Default: 35.")
  @Nullable Integer next;

  @Option(
      names = "--offline-days",
      paramLabel = "DAYS",
      description =
          "Days that a network may stay without a bundle after expiry; roots must be valid longer."
              + " Default: 30.")
  @Nullable Integer dark;

  @Option(
      names = "--part-mib",
      paramLabel = "MIB",
      description = "Largest size of a part in MiB. Default: 3900.")
  @Nullable Integer part;

  @Option(
      names = "--with",
      paramLabel = "COLLECTION",
      description =
          "Also carry these files of the site: toolchains, git, documentation, results or product."
              + " May be given several times.")
  List<String> with = new ArrayList<>();

  @Option(
      names = "--product",
      paramLabel = "FOLDER",
      description = "Also carry this signed release of Lazaret.")
  @Nullable Path product;

  @Option(names = "--complete", description = "With --kind advisories: whole feeds.")
  boolean complete;

  BundleExportVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  protected Operation<ExportRequest, ExportReply> operation() {
    return BundleOperations.EXPORT;
  }

  @Override
  protected String attempt() {
    return "export";
  }

  @Override
  protected Reply<ExportReply> reply() {
    ExportRequest request = request();
    return awaited("writing the bundle", "export", () -> desk().reply(operation(), request));
  }

  @Override
  protected ExitCode exitCode(ExportReply reply) {
    return reply.exported() ? ExitCode.DONE : ExitCode.REFUSED;
  }

  @Override
  protected ExportRequest request() {
    Secret passphrase = Passphrases.given(session());
    return new ExportRequest(
        serverPath(into),
        serverPath(keys),
        passphrase,
        bundleKind(),
        since,
        receipts.stream().map(this::receipt).toList(),
        specs(),
        lockfiles.stream().map(file -> CheckedLockfile.text(session(), file)).toList(),
        exact,
        allowMissing,
        single,
        audience,
        expires,
        next,
        dark,
        part,
        with,
        product == null ? null : serverPath(product),
        complete);
  }

  private List<CrateSpec> specs() {
    List<String> words = new ArrayList<>(crates);
    if (names != null) {
      words.addAll(named(names));
    }
    return words.stream().map(CrateSpec::parse).toList();
  }

  private @Nullable BundleKind bundleKind() {
    String word = kind;
    if (word == null) {
      return since != null || !receipts.isEmpty() ? BundleKind.DELTA : null;
    }
    return KebabCase.parse(BundleKind.class, word.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new CliException(
                    ErrorCode.MALFORMED_INPUT,
                    "cannot export: expected --kind full, delta, revocation or advisories, found '%s'"
                        .formatted(Excerpt.of(word))));
  }

  private ServerPath serverPath(Path path) {
    return new ServerPath(session().around().path(path).toAbsolutePath().toString());
  }

  private String receipt(Path file) {
    try (var in = Files.newInputStream(session().around().path(file))) {
      return Bytes.of(in.readNBytes(MOST_RECEIPT)).text();
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT, "cannot read the receipt: " + PrivateFiles.describe(e), e);
    }
  }

  private List<String> named(Path file) {
    try {
      return Files.readAllLines(session().around().path(file)).stream()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot read the list of names: " + PrivateFiles.describe(e),
          e);
    }
  }

  @Override
  protected void print(ExportReply reply) {
    new ExportText(terminal()).print(reply);
    BundleInfo bundle = reply.bundle();
    if (bundle != null && bundle.kind() == BundleKind.REVOCATION) {
      revocation(bundle);
    }
  }

  private void revocation(BundleInfo bundle) {
    if (bundle.changes().revoked().count() == 0) {
      terminal().note("the revocation is empty: no version of the stream is denied");
    }
    if (!lockfiles.isEmpty() || !crates.isEmpty() || names != null || exact) {
      terminal().note("named crates have no effect on a revocation: its scope is the stream");
    }
  }
}
