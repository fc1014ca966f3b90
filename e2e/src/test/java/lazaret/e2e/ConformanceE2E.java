package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lazaret.conformance.CaseResult;
import lazaret.conformance.ConformanceReport;
import lazaret.conformance.ConformanceRun;
import lazaret.conformance.cases.CaseContext;
import lazaret.conformance.client.RegistryClient;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.PrivateScene;
import lazaret.testkit.ClaimsBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The conformance suite against the private registry of a gate. `-Dlazaret.docs.write=true` writes
/// the table of results.
@Tag("ci")
class ConformanceE2E {
  private static final String PREFIX = "conformance-";
  private static final int MAX_SIZE = 200 << 10;
  private static final int MAX_UNPACKED = 1 << 20;
  private static final int RAISED_SIZE = 300 << 10;
  private static final int JOBS = 10;
  private static final String BEGIN = "<!-- results: generated -->\n";
  private static final String END = "<!-- results: end -->\n";

  private static final String[] ALL = {"publish-new", "publish-update", "yank", "change-owners"};

  @Test
  void privateRegistryPassesTheSuite() throws IOException {
    try (PrivateScene scene =
            PrivateScene.of(
                Crates.alphaAndBeta(),
                PREFIX + "*",
                "hold = \"none\"\nsimilar-names = \"allow\"\n",
                settings());
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      RegistryClient owner =
          RegistryClient.open(http, scene.index(), scene.token("owner", "ada", ALL));
      CaseContext context =
          new CaseContext(
              owner,
              owner.as(scene.token("other", "bob", ALL)),
              declared(scene),
              PREFIX,
              Clock.systemUTC());

      ConformanceReport report =
          new ConformanceReport(new ConformanceRun(context).run(Set.of(), _ -> {}));

      assertThat(
              report.results().stream()
                  .filter(each -> each.kind() == CaseResult.Kind.FAILED)
                  .map(
                      each ->
                          "%s %s: expected %s, found %s"
                              .formatted(
                                  each.tested().id(),
                                  each.tested().sentence(),
                                  each.expected(),
                                  each.found())))
          .isEmpty();
      compare(report);
    }
  }

  private static String settings() {
    return """
        reserved = ["%1$sreserved"]
        max-size = "200KiB"
        larger = ["%1$sraised=300KiB"]

        [gate]
        max-unpacked = "1MiB"
        """
        .formatted(PREFIX);
  }

  private static Map<String, String> declared(PrivateScene scene) {
    Map<String, String> declared = new HashMap<>();
    declared.put("auth-required", "true");
    declared.put("max-size", Integer.toString(MAX_SIZE));
    declared.put("max-unpacked", Integer.toString(MAX_UNPACKED));
    declared.put("raised-size", PREFIX + "raised=" + RAISED_SIZE);
    declared.put("reserved-name", PREFIX + "reserved");
    declared.put("other-login", "bob");
    declared.put("token:publish-update", scene.token("publish-update", "ada", "publish-update"));
    declared.put("token:publish-new", scene.token("publish-new", "ada", "publish-new"));
    declared.put(
        "token:pattern",
        scene.token(
            "pattern", "ada", "publish-new:" + PREFIX + "p*", "publish-update:" + PREFIX + "p*"));
    declared.put(
        "token:exact",
        scene.token(
            "exact",
            "ada",
            "publish-new:" + PREFIX + "exact",
            "publish-update:" + PREFIX + "exact"));
    declared.put("token:reader", scene.token("only-reader", "ada", "reader"));
    declared.put("token:revoked", revoked(scene));
    declared.put("token:expired", expired(scene));
    declared.put("token:admin", scene.scene().gate().token());
    declared.put(
        "deletion",
        scene.scene().gate().url() + "/desk/v1/private/crates/{crate}/{version}?reason=suite");
    declared.put("ci-creates", "true");
    declared.put("ci-jwt", jobs(scene, PrivateScene.RELEASES));
    declared.put("token:ci-publish-update", jobs(scene, PrivateScene.UPDATES));
    declared.put(
        "token:ci-other-audience",
        jwt(scene, "https://other.example.org", PrivateScene.RELEASES, "other"));
    Machine.rust().ifPresent(bin -> declared.put("cargo", bin.resolve("cargo").toString()));
    return declared;
  }

  /// Returns tokens for jobs of a repository, one a line.
  private static String jobs(PrivateScene scene, String repository) {
    return IntStream.range(0, JOBS)
        .mapToObj(i -> jwt(scene, PrivateScene.AUDIENCE, repository, repository + "-" + i))
        .collect(Collectors.joining("\n"));
  }

  private static String revoked(PrivateScene scene) {
    String secret = scene.token("revoked", "ada", ALL);
    CliProcess.beside(scene.scene().gate()).run("token", "revoke", "revoked").ok();
    return secret;
  }

  private static String expired(PrivateScene scene) {
    String secret =
        scene.tokenUntil("expired", "ada", Instant.now().plusSeconds(2).toString(), ALL);
    GateScene.await(
        "the end of a token",
        () ->
            scene.scene().http().get("/private/index/config.json", "Authorization", secret).status()
                == 401);
    return secret;
  }

  private static String jwt(PrivateScene scene, String audience, String repository, String id) {
    return scene
        .signer()
        .sign(
            ClaimsBuilder.github(PrivateScene.ISSUER, audience, Instant.now())
                .with("repository_id", repository)
                .with("jti", id)
                .claims());
  }

  /// Compares the results with the page, if the cases of cargo ran.
  private static void compare(ConformanceReport report) throws IOException {
    if (Machine.rust().isEmpty()) {
      return;
    }
    Path file = Machine.root().resolve("docs/registry-conformance.md");
    String page = Files.readString(file);
    assertThat(page).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
    String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
    String after = page.substring(page.indexOf(END));
    if (Boolean.getBoolean("lazaret.docs.write")) {
      Files.writeString(file, before + report.table() + after);
    }
    assertThat(Files.readString(file))
        .as("run this test with -Dlazaret.docs.write=true and look at the difference")
        .isEqualTo(before + report.table() + after);
  }
}
