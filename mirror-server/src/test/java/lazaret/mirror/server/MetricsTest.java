package lazaret.mirror.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.mirror.TestServer;
import lazaret.mirror.config.ConfigGoldenFiles;
import lazaret.mirror.http.RouteKind;
import lazaret.vetting.crates.CrateId;
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
      server.get("/index/no/ne/none");

      HttpResponse<String> reply = server.get("/metrics");

      String text = reply.body();
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
      for (Metric metric : Metric.all()) {
        assertThat(text)
            .contains("# TYPE %s %s\n".formatted(metric.name(), metric.type()))
            .contains("# HELP %s %s\n".formatted(metric.name(), metric.help()));
      }
      assertThat(text)
          .contains("lazaret_http_requests_total{route=\"index\",status=\"200\"} 1.0\n")
          .contains("lazaret_http_refusals_total{reason=\"unknown\",route=\"index\"} 1.0\n")
          .contains("lazaret_upstream_requests_total{origin=\"index\"} ")
          .contains("lazaret_http_request_duration_seconds_bucket{route=\"index\",le=\"+Inf\"} 2\n")
          .contains("lazaret_http_requests_in_flight 1.0\n")
          .contains("lazaret_queue_versions{state=\"waiting\"} 0.0\n")
          .contains("lazaret_ledger_broken 0.0\n")
          .containsPattern("\njvm_memory_used_bytes\\{area=\"heap\"} [1-9]\\.\\d+E\\d\n")
          .containsPattern("\nprocess_start_time_seconds [1-9]\\.\\d+E9\n");
      assertThat(reply.headers().firstValue("content-type"))
          .contains("text/plain; version=0.0.4; charset=utf-8");
    }
  }

  @Test
  void separatesTheWaitForUpstreamFromTheOwnTime() {
    try (TestServer server = new TestServer(folder, Map.of())) {
      CrateId alpha = server.gate.publish("alpha", "1.0.0", 100);
      server.gate.remote.latency(Duration.ofMillis(600));
      server.get("/index/al/ph/alpha");
      server.get("/index/al/ph/alpha");
      server.get(TestServer.dl(alpha));

      String text = server.get("/metrics").body();

      assertThat(value(text, "upstream_seconds_count{route=\"index\"}")).isEqualTo(1);
      assertThat(value(text, "upstream_seconds_sum{route=\"index\"}")).isGreaterThan(0.6);
      assertThat(value(text, "upstream_seconds_sum{route=\"download\"}")).isGreaterThan(0.6);
      assertThat(value(text, "own_seconds_count{route=\"index\"}")).isEqualTo(2);
      for (String route : List.of("{route=\"index\"}", "{route=\"download\"}")) {
        assertThat(value(text, "own_seconds_sum" + route))
            .isCloseTo(
                value(text, "duration_seconds_sum" + route)
                    - value(text, "upstream_seconds_sum" + route),
                within(1e-6));
      }
    }
  }

  private static double value(String text, String name) {
    String start = "lazaret_http_request_" + name + " ";
    return text.lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + start + "in " + text));
  }

  @Test
  void escapesLabels() {
    MetricSamples samples = new MetricSamples();
    samples.add(Metric.gauge("x", List.of("l"), "help"), 1, "a\"b\\c\nd");

    assertThat(PrometheusTextFormatWriter.create().toDebugString(samples.snapshots()))
        .endsWith("x{l=\"a\\\"b\\\\c\\nd\"} 1.0\n");
  }

  /// Prometheus' own check of names, units and help texts.
  @Test
  void isAcceptedByPromtool() throws Exception {
    assumeTrue(hasPromtool(), "no promtool in PATH");
    Process check;
    try (TestServer server = new TestServer(folder, Map.of())) {
      server.get("/index/no/ne/none");
      check = new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
      try (OutputStream in = check.getOutputStream()) {
        in.write(server.get("/metrics").body().getBytes(UTF_8));
      }
    }

    String output = new String(check.getInputStream().readAllBytes(), UTF_8);
    assertThat(check.waitFor()).as(output).isZero();
    assertThat(output).isEmpty();
  }

  private static boolean hasPromtool() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
  }
}
