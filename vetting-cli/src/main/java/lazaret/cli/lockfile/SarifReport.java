package lazaret.cli.lockfile;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.JsonText;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
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
  private final List<JsonObject> results = new ArrayList<>();

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
    return JsonText.pretty(new SarifReport(report, version).log()) + "\n";
  }

  private JsonObject log() {
    report.packages().forEach(this::add);
    JsonObject driver =
        JsonObject.builder()
            .put("name", "vetting-cli")
            .put("version", version)
            .put("informationUri", page)
            .list("rules", rules.keySet(), this::rule)
            .build();
    JsonObject run =
        JsonObject.builder()
            .put("tool", JsonObject.builder().put("driver", driver).build())
            .put("automationDetails", JsonObject.builder().put("id", "lazaret/verify/").build())
            .list("invocations", List.of(report), SarifReport::invocation)
            .put("columnKind", "utf16CodeUnits")
            .list("results", results, r -> r)
            .build();
    return JsonObject.builder()
        .put("$schema", SCHEMA)
        .put("version", "2.1.0")
        .list("runs", List.of(run), r -> r)
        .build();
  }

  private static JsonObject invocation(VerifyReport report) {
    List<JsonObject> notes = new ArrayList<>();
    for (JsonObject warning : report.warnings()) {
      notes.add(notification("warning", PackageResult.told(warning)));
    }
    for (String check : report.unchecked()) {
      notes.add(notification("note", "not checked: " + check));
    }
    return JsonObject.builder()
        .put("executionSuccessful", true)
        .put("exitCode", report.exitCode().code())
        .list("toolExecutionNotifications", notes, n -> n)
        .build();
  }

  private static JsonObject notification(String level, String text) {
    return JsonObject.builder().put("level", level).put("message", message(text)).build();
  }

  private JsonObject rule(String code) {
    ReasonDocs.Text text = texts.of(code);
    return JsonObject.builder()
        .put("id", code)
        .put("shortDescription", message(text.meaning()))
        .put("help", message(text.help()))
        .put("helpUri", page == null ? null : page + "reasons#" + code)
        .put(
            "properties",
            JsonObject.builder().texts("tags", List.of("security", "supply-chain")).build())
        .build();
  }

  private void add(PackageResult line) {
    if (!line.passes()) {
      add(line, line.code(), "error", line.why());
    }
    for (JsonObject warning : line.warnings()) {
      String level = line.isKnown() ? "note" : "warning";
      String why = String.join("; ", line.warnings(List.of(warning)));
      add(line, warning.words("code"), level, why);
    }
  }

  private void add(PackageResult line, String code, String level, String why) {
    int index = rules.computeIfAbsent(code, _ -> rules.size());
    String fix = line.fix().map(f -> ". Fix: " + f).orElse("");
    results.add(
        JsonObject.builder()
            .put("ruleId", code)
            .put("ruleIndex", index)
            .put("level", level)
            .put("message", message("%s %s: %s%s".formatted(line.name(), line.version(), why, fix)))
            .list("locations", List.of(line), SarifReport::location)
            .put(
                "partialFingerprints",
                JsonObject.builder()
                    .put("primaryLocationLineHash", fingerprint(line, code))
                    .build())
            .build());
  }

  private static JsonObject location(PackageResult line) {
    JsonObject.Builder place = JsonObject.builder().put("artifactLocation", file(line.lockfile()));
    if (line.location() > 0) {
      place.put("region", JsonObject.builder().put("startLine", line.location()).build());
    }
    JsonObject.Builder location = JsonObject.builder().put("physicalLocation", place.build());
    JsonObject module =
        JsonObject.builder()
            .put("fullyQualifiedName", plain(line.spec()))
            .put("kind", "module")
            .build();
    return location.list("logicalLocations", List.of(module), m -> m).build();
  }

  /// Returns the location of a file. A relative path is relative to the root of the sources; SARIF,
  /// 3.4.4.
  private static JsonObject file(String lockfile) {
    Path path = Path.of(lockfile).normalize();
    Optional<String> uri = path.isAbsolute() ? Optional.empty() : relative(path.toString());
    return uri.map(
            text -> JsonObject.builder().put("uri", text).put("uriBaseId", "%SRCROOT%").build())
        .orElseGet(() -> JsonObject.builder().put("uri", path.toUri().toString()).build());
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
            "\n", line.lockfile(), line.json().words("source"), line.name(), line.version(), code);
    return Sha256.of(Bytes.utf8(identity)).hex();
  }

  private static JsonObject message(String text) {
    return JsonObject.builder().put("text", plain(text)).build();
  }

  private static String plain(String text) {
    return Printable.line(text);
  }
}
