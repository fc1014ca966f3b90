package lazaret.cli.admin;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.lockfile.AuditFileReader;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    header = "Import the audits of a peer or a project",
    description = {
      "",
      "The import replaces earlier audits of the same name, unless it has less than half of their"
          + " entries. The audits are bound to the SHA-256 of the versions in the index: if the"
          + " index has another SHA-256 later, they do not count.",
      "",
      "A URL is fetched by the gate, and again on a schedule. Entries of a peer's file that cannot"
          + " be read are left out and listed. A folder is the whole store of a project: its own"
          + " audits, its imports and its publishers. Its exemptions become exemptions here, for as"
          + " long as the policy permits."
    },
    footer = {
      "Examples:",
      "  vetting-cli audits import https://peer.example/audits.toml --name peer",
      "  vetting-cli audits import g.toml --name google --criteria-map ub-risk-1=safe-to-run",
      "  vetting-cli audits import supply-chain/ --name app"
    },
    exitCodeList = {
      "0:success",
      "2:no such file, not a cargo-vet file, or a malformed name or map; nothing changed",
      "3:gate unavailable"
    })
final class AuditsImportVerb extends Verb {
  @Parameters(
      paramLabel = "FILE|FOLDER|URL",
      description = "The audits.toml of a peer, its URL, or the supply-chain folder of a project.")
  String place = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "Name of the peer here: lower-case letters, digits and hyphens. Default: from the host,"
              + " the file or the project's folder.")
  @Nullable String name;

  @Option(
      names = "--criteria-map",
      paramLabel = "THEIRS=OURS",
      split = ",",
      description =
          "Meaning of a criterion of the peer here. Default: built-in criteria keep their meaning,"
              + " others have none.")
  List<String> criteria = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "CRATE",
      split = ",",
      description = "Crates whose audits and violations are not imported.")
  List<String> exclude = new ArrayList<>();

  @Option(
      names = "--fewer",
      description = "Accept an import with less than half of the previous entries.")
  boolean fewer;

  AuditsImportVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    JsonObject.Builder order =
        JsonObject.builder()
            .put("name", name == null ? named() : name)
            .texts("criteria_map", criteria)
            .texts("exclude", exclude)
            .put("fewer", fewer);
    if (isAddress()) {
      order.put("url", place);
    } else {
      files(order.put("source", place), session().around().path(Path.of(place)));
    }
    JsonObject taken =
        desk()
            .ask(
                "cannot import the audits",
                DeskQuestion.post("/audits", order.build()).patient(DeskQuestion.LONG_PATIENCE));
    if (session().json()) {
      terminal().json(taken);
    } else {
      tell(terminal(), taken);
    }
    return ExitCode.DONE;
  }

  private boolean isAddress() {
    return place.startsWith("https://") || place.startsWith("http://");
  }

  private static void files(JsonObject.Builder order, Path path) {
    if (!Files.isDirectory(path)) {
      order.put("toml", AuditFileReader.text(path));
      return;
    }
    order.put("toml", AuditFileReader.text(path.resolve("audits.toml")));
    order.put("config", AuditFileReader.text(path.resolve("config.toml")));
    order.put("imports_lock", AuditFileReader.lock(path));
  }

  private String named() {
    return isAddress()
        ? AuditFileReader.nickname(Objects.requireNonNullElse(URI.create(place).getHost(), place))
        : new AuditFileReader(session().around()).name(Path.of(place));
  }

  static void tell(Terminal terminal, JsonObject taken) {
    taken.texts("warnings").forEach(warning -> terminal.note("left out: " + warning));
    long exempted = taken.number("exempted");
    terminal.line(
        "audits of '%s' are in force: %d entries on %d crates, %d versions bound%s"
            .formatted(
                taken.words("name"),
                taken.number("entries"),
                taken.number("crates"),
                taken.number("bound"),
                exempted == 0
                    ? ""
                    : ", %d exempted (vetting-cli debt lists them)".formatted(exempted)));
  }
}
