package lazaret.mirror.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import lazaret.mirror.TestGate;
import lazaret.vetting.deskapi.Operations;
import lazaret.vetting.deskapi.RouteTable;
import lazaret.vetting.gate.fixture.DeskResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditsApiTest {
  private static final OpenApi FILE = new OpenApi();

  @TempDir Path folder;
  private @Nullable TestGate opened;

  @BeforeEach
  void open() {
    opened = new TestGate(folder.resolve("data"), Map.of());
  }

  @AfterEach
  void close() {
    gate().close();
  }

  private TestGate gate() {
    if (opened == null) {
      throw new IllegalStateException("not opened");
    }
    return opened;
  }

  private JsonNode ask(int status, String method, String target, String body) {
    DeskResponse answer = gate().desk(method, target, body);
    assertThat(answer.status()).as(answer.body().text()).isEqualTo(status);
    new RouteTable(Operations.all())
        .match(method, Operations.PREFIX + target)
        .ifPresent(
            match ->
                assertThat(FILE.faults(match.operation(), answer.status(), answer.body()))
                    .as(answer.body().text())
                    .isEmpty());
    return OpenApi.parse(answer.body());
  }

  private static String order(String toml) {
    return """
        {"name": "peer", "source": "a file", "criteria_map": ["theirs=safe-to-run"],
         "exclude": ["gamma"], "toml": "%s"}
        """
        .formatted(toml.replace("\"", "\\\"").replace("\n", "\\n"));
  }

  private String verdict(String version) {
    return ask(200, "GET", "/crates/alpha/" + version, "").path("verdict").toString();
  }

  @Test
  void aPeersAuditCountsUntilItIsTakenOutOfForce() {
    gate().publish("alpha", "1.0.0", 100);
    assertThat(verdict("1.0.0")).contains("\"code\":\"aged\"");

    JsonNode taken =
        ask(
            201,
            "POST",
            "/audits",
            order(
                """
                [[audits.alpha]]
                criteria = "safe-to-deploy"
                version = "1.0.0"
                [[audits.alpha]]
                criteria = "theirs"
                version = "1.0.1"
                [[audits.gamma]]
                criteria = "safe-to-run"
                violation = "*"
                """));

    assertThat(taken.path("entries").asInt()).isEqualTo(1);
    assertThat(taken.path("bound").asInt()).isEqualTo(1);
    // `theirs` is not defined by the peer's file, so its entry has no effect.
    assertThat(taken.path("warnings").path(0).asText()).contains("no criterion");
    assertThat(verdict("1.0.0")).contains("\"kind\":\"allow\"", "\"code\":\"audited\"");
    assertThat(ask(200, "GET", "/audits", "").path("audits")).hasSize(1);

    ask(200, "DELETE", "/audits/peer", "");

    assertThat(verdict("1.0.0")).contains("\"code\":\"aged\"");
    ask(404, "DELETE", "/audits/peer", "");
  }

  @Test
  void aPeersViolationDenies() {
    gate().publish("alpha", "1.0.0", 100);
    ask(
        201,
        "POST",
        "/audits",
        order("[[audits.alpha]]\ncriteria = \"safe-to-run\"\nviolation = \"=1.0.0\"\n"));

    assertThat(verdict("1.0.0")).contains("\"kind\":\"deny\"");
  }

  @Test
  void ordersThatCannotBeMeantAreRefused() {
    ask(400, "POST", "/audits", order("[[audits"));
    ask(400, "POST", "/audits", order("[audits]").replace("\"peer\"", "\"Peer One\""));
    ask(400, "POST", "/audits", order("[audits]").replace("theirs=safe-to-run", "theirs"));
  }

  @Test
  void exportsWhatWasDecided() {
    gate().publish("alpha", "1.0.0", 100);
    assertThat(ask(200, "GET", "/audits/export", "").path("toml").asText())
        .isEqualTo("\n# cargo-vet audits file\n\n[audits]\n");
    gate()
        .desk(
            "POST",
            "/decisions",
            "{\"kind\":\"approve\",\"specs\":[\"alpha@1.0.0\"],\"reason\":\"read it\",\"criteria\":[\"safe-to-deploy\"]}");

    assertThat(ask(200, "GET", "/audits/export", "").path("toml").asText())
        .contains("[[audits.alpha]]", "criteria = \"safe-to-deploy\"", "notes = \"read it\"");
  }
}
