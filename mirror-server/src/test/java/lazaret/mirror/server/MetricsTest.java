package lazaret.mirror.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.mirror.TestServer;
import lazaret.mirror.config.ConfigGoldenFiles;
import lazaret.mirror.http.RouteKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  @TempDir Path folder;

  @Test
  void manualListsEveryRoute() {
    String page = ConfigGoldenFiles.read("docs/metrics.md");
    String routes = page.substring(page.indexOf("`route` is"), page.indexOf("<!-- metrics"));

    assertThat(routes)
        .contains(Stream.of(RouteKind.values()).map(route -> "`" + route.label() + "`").toList());
  }

  @Test
  void manualIsTheTable() {
    ConfigGoldenFiles.holdPart("docs/metrics.md", "metrics", Metric.markdown());
  }

  @Test
  void exposesExactlyWhatTheManualExplains() {
    try (TestServer server = new TestServer(folder, Map.of())) {
      server.gate.publish("alpha", "1.0.0", 100);
      server.get("/index/al/ph/alpha");

      String text = server.get("/metrics").body();

      Set<String> exposed =
          text.lines()
              .filter(line -> line.startsWith("# TYPE "))
              .map(line -> line.split(" ", -1)[2])
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(exposed)
          .isEqualTo(
              Metric.all().stream()
                  .map(Metric::name)
                  .collect(Collectors.toCollection(TreeSet::new)));
      assertThat(text.lines())
          .allMatch(
              line ->
                  line.startsWith("# ")
                      || line.matches(
                          "[a-z_]+(\\{[a-z_]+=\"[^\"]*\"(,[a-z_]+=\"[^\"]*\")*})? -?[0-9.]+"));
      assertThat(text)
          .contains("lazaret_http_requests_total{route=\"index\",status=\"200\"} 1\n")
          .contains("lazaret_upstream_requests_total{origin=\"index\"} ")
          .contains("lazaret_http_request_duration_seconds_bucket{route=\"index\",le=\"+Inf\"} 1\n")
          .contains("lazaret_http_requests_in_flight 1\n")
          .containsPattern("\njvm_memory_used_bytes\\{area=\"heap\"} [1-9]\\d{5,}\n")
          .containsPattern("\nprocess_start_time_seconds [1-9]\\d{9}\n");
    }
  }

  @Test
  void escapesLabels() {
    Metric metric = Metric.gauge("x", java.util.List.of("l"), "help");

    assertThat(new PrometheusText().sample(metric, 1, "a\"b\\c\nd").text().text())
        .endsWith("x{l=\"a\\\"b\\\\c\\nd\"} 1\n");
  }
}
