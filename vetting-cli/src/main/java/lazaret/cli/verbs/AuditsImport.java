package lazaret.cli.verbs;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    header = "Takes over a peer's audits.toml or a project's store, and puts it in force.",
    description = {
      "",
      "What is taken over replaces what was held under the name, unless it says less than half of it."
          + " Versions that the index names now are bound to their SHA-256: should the index name"
          + " another one later, the audits do not count.",
      "",
      "A URL is fetched by the gate, and asked again on a schedule. Of a peer's file, entries that"
          + " cannot be read are left out and named. A folder is a project's whole store: its own"
          + " audits, what it imported, who published what; its exemptions become exemptions here, for"
          + " as long as the policy lets one last."
    },
    footer = {
      "Examples:",
      "  vetting-cli audits import https://peer.example/audits.toml --name peer",
      "  vetting-cli audits import g.toml --name google --criteria-map ub-risk-1=safe-to-run",
      "  vetting-cli audits import supply-chain/ --name app"
    },
    exitCodeList = {
      "0:in force",
      "2:no such file, no cargo-vet file, or a malformed name or map; what was held stays",
      "3:no gate answers"
    })
final class AuditsImport extends Verb {
  @Parameters(
      paramLabel = "FILE|FOLDER|URL",
      description = "A peer's audits.toml, its address, or the supply-chain folder of a project.")
  String place = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "What it is called here: lower-case letters, digits and hyphens. Without it: after the"
              + " host, the file, or the project's folder.")
  @Nullable String name;

  @Option(
      names = "--criteria-map",
      paramLabel = "THEIRS=OURS",
      split = ",",
      description =
          "What a criterion of the peer means here; built-in ones mean themselves, others nothing.")
  List<String> criteria = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "CRATE",
      split = ",",
      description = "Crates of which no audits and no violations are taken.")
  List<String> exclude = new ArrayList<>();

  @Option(
      names = "--fewer",
      description = "Take it even where it says less than half of what was held.")
  boolean fewer;

  AuditsImport(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
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
                "cannot take over the audits",
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
      order.put("toml", AuditFiles.text(path));
      return;
    }
    order.put("toml", AuditFiles.text(path.resolve("audits.toml")));
    order.put("config", AuditFiles.text(path.resolve("config.toml")));
    order.put("imports_lock", AuditFiles.lock(path));
  }

  private String named() {
    return isAddress()
        ? AuditFiles.nickname(Objects.requireNonNullElse(URI.create(place).getHost(), place))
        : new AuditFiles(session().around()).name(Path.of(place));
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
                    : ", %d exempted (vetting-cli debt shows until when)".formatted(exempted)));
  }
}
