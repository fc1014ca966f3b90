package lazaret.cli.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.keys.Passphrases;
import lazaret.cli.lockfile.CheckedLockfile;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.WaitLine;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Secret;
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
      "  vetting-cli bundle export /media/usb --keys keys/ --single",
      "  vetting-cli bundle export /media/usb --keys keys/ --since 41",
      "  vetting-cli bundle export /media/usb --keys keys/ --for receipt.txt",
      "  vetting-cli bundle export /media/usb --keys keys/ --kind revocation"
    },
    exitCodeList = {
      "0:exported",
      "1:a version is withheld, or a requirement is not met; nothing was exported",
      "2:invalid option, folder or key",
      "3:gate unavailable, or folder not writable",
      "6:a root would expire before the bundle"
    })
final class BundleExportVerb extends Verb {
  private static final int SHOWN = 20;
  private static final String REVOCATION = "revocation";
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
      description = "full, delta or revocation (only denials, for any snapshot).")
  @Nullable String kind;

  @Option(
      names = "--since",
      paramLabel = "SEQUENCE",
      description = "Oldest snapshot that the delta fits.")
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

  @Option(names = "--single", description = "Write one file instead of a folder.")
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
  @Nullable Long expires;

  @Option(
      names = "--next-days",
      paramLabel = "DAYS",
      description = "Days until the next bundle is due. Default: 35.")
  @Nullable Long next;

  @Option(
      names = "--dark-days",
      paramLabel = "DAYS",
      description =
          "Days that a network may stay without a bundle after expiry; roots must be valid longer."
              + " Default: 30.")
  @Nullable Long dark;

  @Option(
      names = "--part-mib",
      paramLabel = "MIB",
      description = "Largest size of a part in MiB. Default: 3900.")
  @Nullable Long part;

  BundleExportVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    Secret passphrase = Passphrases.given(session());
    DeskQuestion question =
        DeskQuestion.post("/bundles/export", order(passphrase)).patient(DeskQuestion.LONG_PATIENCE);
    JsonObject done;
    try (WaitLine _ = waiting("writing the bundle", "export")) {
      done = desk().ask("export", passphrase == null ? question : question.withPassphrase());
    }
    if (session().json()) {
      terminal().json(done);
    } else {
      print(done);
    }
    return done.flag("exported") ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private JsonObject order(@Nullable Secret passphrase) {
    List<String> words = new ArrayList<>(crates);
    if (names != null) {
      words.addAll(named(names));
    }
    JsonObject.Builder order =
        JsonObject.builder()
            .put("into", whole(into))
            .put("keys", whole(keys))
            .put("passphrase", passphrase == null ? null : passphrase.text())
            .texts(
                "lockfiles",
                lockfiles.stream().map(f -> CheckedLockfile.text(session(), f)).toList())
            .texts("crates", words)
            .texts("audience", audience)
            .put("kind", kind == null && (since != null || !receipts.isEmpty()) ? "delta" : kind)
            .texts("receipts", receipts.stream().map(this::receipt).toList())
            .put("exact", exact)
            .put("allow_missing", allowMissing)
            .put("single", single);
    number(order, "since", since);
    number(order, "expires_days", expires);
    number(order, "next_days", next);
    number(order, "dark_days", dark);
    number(order, "part_mib", part);
    return order.build();
  }

  private static void number(JsonObject.Builder order, String name, @Nullable Long value) {
    if (value != null) {
      order.put(name, value);
    }
  }

  private String whole(Path path) {
    return session().around().path(path).toAbsolutePath().toString();
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

  private void print(JsonObject done) {
    lacking(done);
    if (!done.flag("exported")) {
      terminal().line("nothing was exported");
      if (asks(done.objects("missing"))) {
        terminal()
            .line(
                "missing:  'vetting-cli why NAME@VERSION', then approve; 'vetting-cli prefetch NAME@VERSION' for bytes");
      }
      if (asks(done.objects("unmet"))) {
        terminal()
            .line(
                "unmet:    'vetting-cli closure NAME@VERSION' lists the versions that would meet it"
                    + " and why they are withheld");
      }
      terminal().line("or export without them: --allow-missing");
      return;
    }
    BundleText.print(terminal(), done);
    BundleText.removed(terminal(), done.object("removed"));
    terminal().line("written to " + done.words("path"));
    if (REVOCATION.equals(kind)) {
      revocation(done);
    }
    done.texts("warnings").forEach(warning -> terminal().note(warning));
    List<String> unsigned = done.texts("unsigned");
    if (!unsigned.isEmpty()) {
      terminal()
          .line(
              "signatures are missing for %s: vetting-cli sign %s --keys FOLDER"
                  .formatted(String.join(", ", unsigned), done.words("path")));
    }
  }

  private void revocation(JsonObject done) {
    if (done.object("changes").object("revoked").number("count") == 0) {
      terminal().note("the revocation is empty: no version of the stream is denied");
    }
    if (!lockfiles.isEmpty() || !crates.isEmpty() || names != null || exact) {
      terminal().note("named crates have no effect on a revocation: its scope is the stream");
    }
  }

  private void lacking(JsonObject done) {
    TextTable missing = new TextTable("MISSING", "WHY", "");
    List<JsonObject> all = done.objects("missing");
    all.stream()
        .limit(SHOWN)
        .forEach(
            m ->
                missing.row(
                    Cell.of(TextStyle.STRONG, (m.words("name") + " " + m.words("version")).strip()),
                    Cell.of(m.words("why")),
                    Cell.of(TextStyle.FAINT, before(m))));
    terminal().table(missing);
    more(all);
    TextTable unmet = new TextTable("VERSION", "REQUIRES", "");
    List<JsonObject> edges = done.objects("unmet");
    edges.stream()
        .limit(SHOWN)
        .forEach(
            u ->
                unmet.row(
                    Cell.of(TextStyle.STRONG, u.words("name") + " " + u.words("version")),
                    Cell.of(u.words("requires") + " " + u.words("req")),
                    Cell.of(
                        TextStyle.FAINT,
                        ((u.flag("target_only") ? "on some platforms " : "") + before(u))
                            .strip())));
    terminal().table(unmet);
    more(edges);
    if (!edges.isEmpty()) {
      terminal()
          .line(
              edges.size() == 1
                  ? "no version in the snapshot meets this requirement"
                  : "no version in the snapshot meets these %d requirements"
                      .formatted(edges.size()));
    }
  }

  private static boolean asks(List<JsonObject> lacking) {
    return lacking.stream().anyMatch(one -> !one.flag("told"));
  }

  private static String before(JsonObject lacking) {
    return lacking.flag("told") ? "(as before)" : "";
  }

  private void more(List<JsonObject> all) {
    if (all.size() > SHOWN) {
      terminal().line("and %d more; --json has all".formatted(all.size() - SHOWN));
    }
  }
}
