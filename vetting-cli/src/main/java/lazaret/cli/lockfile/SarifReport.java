package lazaret.cli.lockfile;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.json.JsonLayout;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.text.Printable;
import org.jspecify.annotations.Nullable;

/// The findings as SARIF, for code scanning of hosting services. Each refused package and each
/// warning is a result at the package's line of the lockfile.
///
/// Source: OASIS, *SARIF* 2.1.0; GitHub, *SARIF support for code scanning* (which identifies
/// results by `primaryLocationLineHash`).
public final class SarifReport {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

  /// The address of the gate, whose pages explain the reasons.
  private static final Pattern GATE = Pattern.compile("https?://[^\\s/]+");

  private final VerifyReport report;
  private final String version;
  private final @Nullable String page;
  private final ReasonDocs texts = ReasonDocs.load();
  private final Map<String, Integer> rules = new LinkedHashMap<>();
  private final List<Result> results = new ArrayList<>();

  /// A result at one package.
  ///
  /// @param line the package
  /// @param code the code of the rule
  /// @param index the index of the rule
  /// @param level the level of the result
  /// @param message the text of the result
  private record Result(PackageResult line, String code, int index, String level, String message) {}

  private SarifReport(VerifyReport report, String version) {
    this.report = report;
    this.version = version;
    Matcher gate = GATE.matcher(report.against());
    this.page = gate.find() ? gate.group() + "/" : null;
  }

  /// Returns the text of a SARIF file.
  ///
  /// @param version the version of this program
  public static String text(VerifyReport report, String version) {
    return JsonLayout.indented(new SarifReport(report, version).log()) + "\n";
  }

  private Bytes log() {
    report.packages().forEach(this::add);
    return JsonWriter.object(
        log ->
            log.put("$schema", SCHEMA)
                .put("version", "2.1.0")
                .list("runs", List.of(report), (run, _) -> run(run)));
  }

  private void run(JsonWriter run) {
    run.object(
            "tool",
            tool ->
                tool.object(
                    "driver",
                    driver ->
                        driver
                            .put("name", "vetting-cli")
                            .put("version", version)
                            .put("informationUri", page)
                            .list("rules", rules.keySet(), this::rule)))
        .object("automationDetails", details -> details.put("id", "lazaret/verify/"))
        .list("invocations", List.of(report), SarifReport::invocation)
        .put("columnKind", "utf16CodeUnits")
        .list("results", results, SarifReport::result);
  }

  private static void invocation(JsonWriter json, VerifyReport report) {
    List<Notification> notes = new ArrayList<>();
    for (ReasonInfo warning : report.warnings()) {
      notes.add(new Notification("warning", VerdictText.reason(warning)));
    }
    for (String check : report.unchecked()) {
      notes.add(new Notification("note", "not checked: " + check));
    }
    json.put("executionSuccessful", true)
        .put("exitCode", report.exitCode().code())
        .list(
            "toolExecutionNotifications",
            notes,
            (note, each) -> note.put("level", each.level()).object("message", text(each.text())));
  }

  private record Notification(String level, String text) {}

  private void rule(JsonWriter json, String code) {
    ReasonDocs.Text text = texts.of(code);
    json.put("id", code)
        .object("shortDescription", text(text.meaning()))
        .object("help", text(text.help()))
        .put("helpUri", page == null ? null : page + "reasons#" + code)
        .object(
            "properties",
            properties -> properties.texts("tags", List.of("security", "supply-chain")));
  }

  private void add(PackageResult line) {
    if (!line.passes()) {
      add(line, line.code(), "error", line.why());
    }
    for (ReasonInfo warning : line.warnings()) {
      String level = line.isKnown() ? "note" : "warning";
      String why = String.join("; ", line.warnings(List.of(warning)));
      add(line, warning.code(), level, why);
    }
  }

  private void add(PackageResult line, String code, String level, String why) {
    int index = rules.computeIfAbsent(code, _ -> rules.size());
    String fix = line.fix().map(f -> ". Fix: " + f).orElse("");
    String message = "%s %s: %s%s".formatted(line.name(), line.version(), why, fix);
    results.add(new Result(line, code, index, level, message));
  }

  private static void result(JsonWriter json, Result result) {
    json.put("ruleId", result.code())
        .put("ruleIndex", result.index())
        .put("level", result.level())
        .object("message", text(result.message()))
        .list("locations", List.of(result.line()), SarifReport::location)
        .object(
            "partialFingerprints",
            prints ->
                prints.put("primaryLocationLineHash", fingerprint(result.line(), result.code())));
  }

  private static void location(JsonWriter json, PackageResult line) {
    json.object(
            "physicalLocation",
            place -> {
              place.object("artifactLocation", file -> file(file, line.lockfile()));
              if (line.location() > 0) {
                place.object("region", region -> region.put("startLine", line.location()));
              }
            })
        .list(
            "logicalLocations",
            List.of(line.spec()),
            (module, spec) -> module.put("fullyQualifiedName", plain(spec)).put("kind", "module"));
  }

  /// Writes the location of a file. A relative path is relative to the root of the sources; SARIF,
  /// 3.4.4.
  private static void file(JsonWriter json, String lockfile) {
    Path path = Path.of(lockfile).normalize();
    Optional<String> uri = path.isAbsolute() ? Optional.empty() : relative(path.toString());
    if (uri.isPresent()) {
      json.put("uri", uri.get()).put("uriBaseId", "%SRCROOT%");
    } else {
      json.put("uri", path.toUri().toString());
    }
  }

  private static Optional<String> relative(String path) {
    try {
      return Optional.of(new URI(null, null, path, null).toASCIIString());
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  /// Returns the identity of a result across runs. It does not contain the line, which changes if
  /// other packages are added or removed.
  private static String fingerprint(PackageResult line, String code) {
    String identity =
        String.join(
            "\n", line.lockfile(), line.entry().source(), line.name(), line.version().text(), code);
    return Sha256.of(Bytes.utf8(identity)).hex();
  }

  private static Consumer<JsonWriter> text(String text) {
    return message -> message.put("text", plain(text));
  }

  private static String plain(String text) {
    return Printable.line(text);
  }
}
