package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.Programs;
import lazaret.mirror.outbound.FailureKind;
import lazaret.testkit.CheckerReport;
import lazaret.testkit.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The dashboard and the alert rules of `packaging/observability`. The table of `docs/metrics.md`
/// has the metrics of the server, which `MetricsTest` compares with a real scrape.
class ObservabilityFilesTest {
  private static final Path FILES = Machine.root().resolve("packaging/observability");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:lazaret_|jvm_|process_)\\w+(?:\\{([^}]*)})?");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\| ([^|]*) \\| .* \\|$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=~?|!=|!~)\"");
  private static final Pattern FAILURE_KIND =
      Pattern.compile("lazaret_upstream_failures_total\\{[^}]*\\bkind(?:=~?|!=|!~)\"([^\"]*)\"");
  private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");
  private static final Pattern RULE = Pattern.compile("(?m)^      - (alert|record): (\\S+)$");

  /// The labels that Prometheus adds to each series.
  private static final Set<String> ADDED = Set.of("instance", "job");

  private final Map<String, Set<String>> metrics = metrics();

  @TempDir Path folder;

  private static String read(String file) {
    try {
      return Files.readString(Machine.root().resolve(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String rules() {
    return read("packaging/observability/lazaret-alerts.yaml");
  }

  private static JsonObject dashboard() {
    return JsonObject.parse(read("packaging/observability/lazaret-dashboard.json"));
  }

  /// Returns the labels of each series, by its name.
  private static Map<String, Set<String>> metrics() {
    Map<String, Set<String>> all = new TreeMap<>();
    Matcher rows = ROW.matcher(read("docs/metrics.md"));
    while (rows.find()) {
      Set<String> labels =
          Stream.of(rows.group(3).split(", ", -1))
              .filter(label -> !label.equals("-"))
              .collect(Collectors.toCollection(TreeSet::new));
      if (rows.group(2).equals("histogram")) {
        all.put(rows.group(1) + "_sum", labels);
        all.put(rows.group(1) + "_count", labels);
        labels = new TreeSet<>(labels);
        labels.add("le");
        all.put(rows.group(1) + "_bucket", labels);
      } else {
        all.put(rows.group(1), labels);
      }
    }
    return all;
  }

  private static List<String> expressions() {
    List<String> all = new ArrayList<>();
    Matcher found = Pattern.compile("(?m)^        expr: (.*)$").matcher(rules());
    while (found.find()) {
      all.add(found.group(1));
    }
    return all;
  }

  private static List<JsonObject> panels() {
    return dashboard().objects("panels").stream()
        .filter(panel -> !panel.words("type").equals("row"))
        .toList();
  }

  private static List<String> panelExpressions() {
    return panels().stream()
        .flatMap(panel -> panel.objects("targets").stream())
        .map(target -> target.words("expr"))
        .toList();
  }

  @Test
  void seesTheTableAndTheFiles() {
    assertThat(metrics).hasSizeGreaterThan(60);
    assertThat(expressions()).hasSizeGreaterThan(20).hasSize(names("alert|record").size());
    assertThat(panelExpressions()).hasSizeGreaterThan(30);
  }

  /// A panel or a rule of a metric that does not exist shows nothing, without an error.
  @Test
  void eachExpressionUsesMetricsAndLabelsThatExist() {
    Set<String> mistakes = new TreeSet<>();
    Set<String> recorded = names("record");
    for (String expression : all()) {
      Set<String> labels = new TreeSet<>(ADDED);
      Matcher used = METRIC.matcher(expression);
      while (used.find()) {
        String name = used.group().replaceAll("\\{.*", "");
        Set<String> known = metrics.get(name);
        if (known == null) {
          mistakes.add("no metric " + name + ": " + expression);
          continue;
        }
        labels.addAll(known);
        labels(used.group(1)).stream()
            .filter(label -> !known.contains(label) && !ADDED.contains(label))
            .forEach(label -> mistakes.add(name + " has no label " + label));
      }
      GROUPING
          .matcher(expression)
          .results()
          .flatMap(by -> Stream.of(by.group(1).split(", ", -1)))
          .filter(label -> !labels.contains(label))
          .forEach(label -> mistakes.add("no label " + label + ": " + expression));
      Pattern.compile("\\blazaret:[\\w:]+")
          .matcher(expression)
          .results()
          .map(MatchResult::group)
          .filter(name -> !recorded.contains(name))
          .forEach(name -> mistakes.add("no rule records " + name));
    }

    assertThat(mistakes).isEmpty();
  }

  /// A kind that does not exist matches nothing, or excludes nothing.
  @Test
  void eachKindOfAFailureOfUpstreamExists() {
    Set<String> kinds =
        Stream.of(FailureKind.values()).map(FailureKind::label).collect(Collectors.toSet());
    List<String> used =
        all().stream()
            .flatMap(expression -> FAILURE_KIND.matcher(expression).results())
            .flatMap(found -> Stream.of(found.group(1).split("\\|", -1)))
            .toList();

    assertThat(used).contains("timeout").isSubsetOf(kinds);
    assertThat(rules())
        .as("failures of requests that were not sent")
        .contains(
            Stream.of(FailureKind.values())
                .filter(kind -> !kind.attempted())
                .map(FailureKind::label)
                .collect(Collectors.joining("|", "{kind!~\"", "\"}")));
  }

  private static List<String> all() {
    return Stream.of(expressions(), panelExpressions(), testSeries())
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> testSeries() {
    return Pattern.compile("(?m)^      - series: (.*)$")
        .matcher(read("packaging/observability/lazaret-alerts.test.yaml"))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static List<String> labels(@Nullable String selector) {
    return selector == null
        ? List.of()
        : LABEL.matcher(selector).results().map(found -> found.group(1)).toList();
  }

  private static Set<String> names(String kinds) {
    return RULE.matcher(rules())
        .results()
        .filter(found -> found.group(1).matches(kinds))
        .map(found -> found.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void eachAlertNamesAHeadingThatExists() {
    String[] alerts = rules().split("(?m)^      - alert: ", -1);
    assertThat(alerts.length - 1).isEqualTo(names("alert").size());
    for (int i = 1; i < alerts.length; i++) {
      assertThat(alerts[i])
          .containsPattern("\\n          severity: (critical|warning)\\n")
          .contains("\n          summary: ")
          .contains("\n          description: ");
      Matcher runbook =
          Pattern.compile("\\n          runbook: (docs/[a-z-]+\\.md)#(\\S+)\\n").matcher(alerts[i]);
      assertThat(runbook.find()).as(alerts[i]).isTrue();
      assertThat(headings(runbook.group(1))).contains(runbook.group(2));
    }
  }

  private static List<String> headings(String page) {
    return read(page)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void eachAlertHasATestInWhichItFires() {
    String tests = read("packaging/observability/lazaret-alerts.test.yaml");

    assertThat(names("alert"))
        .allSatisfy(
            alert ->
                assertThat(tests)
                    .containsPattern(
                        "alertname: " + alert + "\\n        exp_alerts:\\n          - exp_labels"));
  }

  @Test
  void dashboardHasOneDataSourceAndExplainsEachPanel() {
    JsonObject dashboard = dashboard();
    assertThat(dashboard.number("schemaVersion")).isEqualTo(39);
    assertThat(dashboard.object("templating").objects("list"))
        .extracting(variable -> variable.words("type"))
        .containsExactly("datasource", "query");

    Set<Long> ids = new TreeSet<>();
    for (JsonObject panel : dashboard.objects("panels")) {
      assertThat(ids.add(panel.number("id"))).as(panel.words("title")).isTrue();
      JsonObject place = panel.object("gridPos");
      assertThat(place.number("x") + place.number("w")).isLessThanOrEqualTo(24);
    }
    for (JsonObject panel : panels()) {
      assertThat(panel.words("title")).isNotBlank();
      assertThat(panel.words("description")).endsWith(".");
      assertThat(panel.objects("targets"))
          .isNotEmpty()
          .allSatisfy(
              target ->
                  assertThat(target.object("datasource").words("uid")).isEqualTo("${datasource}"));
    }
    assertThat(panels())
        .extracting(panel -> panel.words("title"))
        .contains("Time of index files: upstream and own", "Time of artifacts: upstream and own");
  }

  @Test
  void rulesPassTheirTests() {
    promtool("check", "rules", FILES.resolve("lazaret-alerts.yaml").toString());
    promtool("test", "rules", FILES.resolve("lazaret-alerts.test.yaml").toString());
  }

  /// Prometheus parses the expression of each panel, as that of a rule.
  @Test
  void expressionsOfPanelsAreWellFormed() throws IOException {
    StringBuilder rules = new StringBuilder("groups:\n  - name: panels\n    rules:\n");
    List<String> expressions = panelExpressions();
    for (int i = 0; i < expressions.size(); i++) {
      String expression =
          expressions.get(i).replace("$__rate_interval", "5m").replace("$instance", ".*");
      rules.append("      - record: panel:").append(i).append("\n        expr: '");
      rules.append(expression).append("'\n");
    }
    Path file = folder.resolve("panels.yaml");
    Files.writeString(file, rules);

    promtool("check", "rules", file.toString());
  }

  private static void promtool(String... arguments) {
    assumeTrue(Machine.program("promtool").isPresent(), "no promtool in PATH");
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));

    CheckerReport.add(
        "promtool", Programs.run(PATIENCE, command.toArray(String[]::new)).ok().out());
  }
}
