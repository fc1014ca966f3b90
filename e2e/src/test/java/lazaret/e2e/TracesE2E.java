package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.GateSettings;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.JsonObject;
import lazaret.testkit.OtlpReceiver;
import lazaret.testkit.OtlpSpan;
import lazaret.testkit.RecordedRequest;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Traces of a gate in its own process, as a receiver and upstream get them, and its access log.
class TracesE2E {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PASSPHRASE = "correct horse battery staple";
  private static final String CALLER = "b7ad6b7169203331";
  private static final String PARENT = "00-" + TRACE + "-" + CALLER + "-01";

  private static GateScene scene(OtlpReceiver receiver, Path feed) {
    return GateScene.of(
        Crates.alphaAndBeta(),
        s -> s.set("traces.endpoint", receiver.url()).set("feeds.local", feed.toString()));
  }

  @Test
  void requestsDecisionsAndImportsAreTraces() throws IOException {
    Path feed = WorkFolder.folder("feed");
    Files.writeString(feed.resolve("record.json"), "{}");
    try (OtlpReceiver receiver = OtlpReceiver.start();
        GateScene scene = scene(receiver, feed)) {
      HttpProbeClient http = scene.http();
      String path = download();
      assertThat(http.index("alpha").status()).isEqualTo(200);
      assertThat(
              http.get(path + "?token=word", "traceparent", PARENT, "tracestate", "vendor=1")
                  .status())
          .isEqualTo(200);

      OtlpSpan request = receiver.await(span -> span.parent().equals(CALLER));
      OtlpSpan evaluation = child(receiver, request, "evaluation");
      OtlpSpan upstream =
          receiver.await(
              span ->
                  span.parent().equals(evaluation.id())
                      && span.attributes().getOrDefault("url.full", "").contains("alpha"));
      OtlpSpan inspection = child(receiver, evaluation, "inspection");
      assertThat(List.of(request, evaluation, upstream, inspection))
          .allMatch(span -> span.trace().equals(TRACE));
      assertThat(request.kind()).isEqualTo(2);
      assertThat(request.name()).isEqualTo("GET /dl/{crate}/{version}/{sha256-checksum}");
      assertThat(request.attributes())
          .containsEntry("url.path", path)
          .containsEntry("http.response.status_code", "200");
      assertThat(upstream.name()).isEqualTo("GET");
      assertThat(upstream.kind()).isEqualTo(3);
      assertThat(upstream.attributes()).containsEntry("server.address", "127.0.0.1");
      assertThat(inspection.attributes()).containsEntry("lazaret.crate.name", "alpha");

      RecordedRequest sent = scene.upstream().requests("*alpha/1.0.0*").getFirst();
      assertThat(sent.header("traceparent")).contains("00-" + TRACE + "-" + upstream.id() + "-01");
      assertThat(sent.header("tracestate")).contains("vendor=1");

      checkDecision(receiver, scene);
      OtlpSpan refresh = receiver.await(span -> span.name().equals("refresh feeds"));
      assertThat(refresh.parent()).isEmpty();
      assertThat(child(receiver, refresh, "import feed").attributes())
          .containsEntry("lazaret.feed.name", "local");
      assertThat(receiver.spans())
          .noneMatch(span -> span.attributes().toString().contains("word"))
          .noneMatch(span -> span.attributes().toString().contains(scene.gate().token()));
      GateScene.await(
          "the line of the access log",
          () ->
              scene.gate().accessLog().stream()
                  .anyMatch(l -> l.contains("\"trace\":\"" + TRACE + "\"") && l.contains(path)));
    }
  }

  private static void checkDecision(OtlpReceiver receiver, GateScene scene) {
    assertThat(scene.http().decide("deny", "test", "alpha@1.1.0").status()).isEqualTo(200);

    OtlpSpan request = receiver.await(span -> span.name().equals("POST /desk/v1/decisions"));
    assertThat(request.parent()).isEmpty();
    assertThat(request.trace()).isNotEqualTo(TRACE);
    assertThat(child(receiver, request, "decision").attributes())
        .containsEntry("lazaret.decision.kind", "deny")
        .containsEntry("lazaret.decision.versions", "1");
  }

  @Test
  void malformedParentBeginsANewTrace() {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        GateScene scene = scene(receiver, WorkFolder.folder("feed"))) {
      String malformed = PARENT.toUpperCase(Locale.ROOT);
      assertThat(scene.http().get("/me", "traceparent", malformed).status()).isEqualTo(200);
      assertThat(scene.http().get("/health/live", "traceparent", PARENT).status()).isEqualTo(200);
      receiver.await(span -> span.trace().equals(TRACE));

      OtlpSpan page = receiver.await(span -> span.kind() == 2 && span.name().equals("GET"));
      assertThat(page.parent()).isEmpty();
      assertThat(page.trace()).isNotEqualToIgnoringCase(TRACE);
    }
  }

  @Test
  @Tag("ci")
  void importOfABundleIsAChildOfItsRequest() {
    Path keys = WorkFolder.folder("office").resolve("keys");
    Path data = WorkFolder.folder("inside");
    trustNewKeys(keys, data);
    String bundle = exported(keys);
    try (OtlpReceiver receiver = OtlpReceiver.start();
        GateProcess inside =
            GateProcess.start(
                GateSettings.over(data, WorkFolder.folder("nowhere"))
                    .argument("--offline")
                    .set("traces.endpoint", receiver.url()))) {
      CliProcess.beside(inside).run("bundle", "import", bundle).ok();

      OtlpSpan request = receiver.await(span -> span.name().equals("POST /desk/v1/bundles/import"));
      OtlpSpan imported = child(receiver, request, "import");
      assertThat(imported.trace()).isEqualTo(request.trace());
      assertThat(List.of(request, imported))
          .noneMatch(span -> span.attributes().containsKey("error.type"));
      assertThat(receiver.spans())
          .noneMatch(span -> span.attributes().toString().contains(bundle))
          .noneMatch(span -> span.attributes().toString().contains(inside.token()));
    }
  }

  private static void trustNewKeys(Path keys, Path data) {
    CliProcess office = CliProcess.alone().env("LAZARET_PASSPHRASE", PASSPHRASE);
    String[] ceremony = {"keys", "ceremony", "--operator", "me", "--stream", "prod"};
    JsonObject made = json(office.run(with(ceremony, "--out", keys.toString(), "--json")).ok());
    String[] trust = {"trust", "init", "--fingerprint", made.words("fingerprint")};
    String root = keys.resolve("roots/1.root.json").toString();
    office.run(with(trust, "--root", root, "--data-dir", data.toString())).ok();
  }

  /// Returns the path of a bundle with one crate.
  private static String exported(Path keys) {
    try (GateScene outside = GateScene.of(Crates.alphaAndBeta())) {
      assertThat(outside.http().get(download()).status()).isEqualTo(200);
      CliProcess office = CliProcess.beside(outside.gate()).env("LAZARET_PASSPHRASE", PASSPHRASE);
      String medium = WorkFolder.folder("medium").toString();
      String[] export = {"bundle", "export", medium, "--crate", "alpha@1.0.0"};
      return json(office.run(with(export, "--keys", keys.toString(), "--json")).ok()).words("path");
    }
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  private static JsonObject json(ProgramResult ran) {
    return JsonObject.parse(Bytes.utf8(ran.out()));
  }

  @Test
  void combinedLinesHaveReferrerAndAgentWithoutAQuery() {
    try (GateScene scene =
        GateScene.of(Crates.alphaAndBeta(), s -> s.set("access-log.format", "combined"))) {
      String[] headers = {"Referer", "https://example.org/p?a=word", "User-Agent", "a \"b\""};
      assertThat(scene.http().get("/health/live?a=word", headers).status()).isEqualTo(200);
      String end = "\"GET /health/live HTTP/1.1\" 200 \\d+ \"https://example.org/p\" ";
      Predicate<String> wanted =
          Pattern.compile(end + Pattern.quote("\"a \\x22b\\x22\"") + "$").asPredicate();
      GateScene.await(
          "the line of the access log", () -> scene.gate().accessLog().stream().anyMatch(wanted));
      assertThat(scene.gate().accessLog()).noneMatch(line -> line.contains("word"));
    }
  }

  @Test
  void gateStopsInTimeWithoutAReceiver() {
    String url;
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      url = receiver.url();
    }
    try (GateScene scene =
        GateScene.of(Crates.alphaAndBeta(), s -> s.set("traces.endpoint", url))) {
      assertThat(scene.http().index("alpha").status()).isEqualTo(200);
      assertThat(scene.upstream().requests("*al/ph/alpha").getFirst().header("traceparent"))
          .isPresent();
      assertThat(scene.gate().stop()).isZero();
      assertThat(scene.gate().log()).doesNotContain("\tat ");
    }
  }

  private static OtlpSpan child(OtlpReceiver receiver, OtlpSpan parent, String name) {
    return receiver.await(span -> span.parent().equals(parent.id()) && span.name().equals(name));
  }

  private static String download() {
    var id = CrateBuilder.crate("alpha", "1.0.0").id();
    return "/dl/%s/%s/%s".formatted(id.name().published(), id.version(), id.cksum().hex());
  }
}
