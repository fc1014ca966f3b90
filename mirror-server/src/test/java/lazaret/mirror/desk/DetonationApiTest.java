package lazaret.mirror.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import lazaret.mirror.TestGate;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.deskapi.Access;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.gate.fixture.DeskResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetonationApiTest {
  private static final OpenApi FILE = new OpenApi();

  @TempDir Path folder;

  private static JsonNode asked(
      TestGate gate, Operation<?, ?> operation, String target, String body) {
    DeskResponse answer = gate.desk(operation.route().method().name(), target, body);
    assertThat(FILE.faults(operation, answer.status(), answer.body()))
        .as("%s against docs/openapi.json: %s", target, answer.body().text())
        .isEmpty();
    assertThat(answer.status()).isLessThan(300);
    return OpenApi.parse(answer.body());
  }

  private static String order(CrateId id, String traces) {
    return "{\"cksum\":\"%s\",\"ending\":\"built\",\"traces\":[%s]}".formatted(id.cksum(), traces);
  }

  private static String trace(String kind, String what) {
    return "{\"kind\":\"%s\",\"what\":\"%s\"}".formatted(kind, what);
  }

  @Test
  void withheldArtifactIsHandedToItsReviewerAndToNobodyElse() {
    try (TestGate gate = new TestGate(folder.resolve("data"), Map.of())) {
      CrateBuilder young = CrateBuilder.crate("alpha", "1.1.0");
      CrateId id = gate.publish(young, 1);

      JsonNode artifact =
          asked(gate, ReviewOperations.ARTIFACT, "/crates/alpha/1.1.0/artifact", "");

      assertThat(Base64.getDecoder().decode(artifact.path("crate").asText()))
          .isEqualTo(young.build().array());
      assertThat(artifact.path("cksum").asText()).isEqualTo(id.cksum().hex());
      assertThat(gate.desk("GET", "/crates/alpha/2.0.0/artifact", "").status()).isEqualTo(404);
      assertThat(ReviewOperations.ARTIFACT.access()).isEqualTo(Access.INSPECT);
    }
  }

  @Test
  void bindsEvidenceToBytesAndComparesItWithTheApprovedVersion() {
    try (TestGate gate = new TestGate(folder.resolve("data"), Map.of())) {
      CrateId first = gate.publish("alpha", "1.0.0", 100);
      CrateId second = gate.publish("alpha", "1.1.0", 1);
      String path = "/crates/alpha/1.1.0/detonation";
      String old = order(first, trace("ran", "/usr/bin/cc") + "," + trace("wrote", "a.rs"));
      String now = order(second, trace("ran", "/usr/bin/cc") + "," + trace("denied", "keyring"));

      assertThat(gate.desk("PUT", path, old).status()).isEqualTo(409);
      JsonNode alone = asked(gate, ReviewOperations.DETONATION, path, now);
      assertThat(alone.has("base")).isFalse();
      asked(gate, ReviewOperations.DETONATION, "/crates/alpha/1.0.0/detonation", old);
      assertThat(asked(gate, CrateOperations.VERSION, "/crates/alpha/1.1.0", "").path("detonation"))
          .as("the rules let 1.0.0 pass, but no person approved it")
          .isEqualTo(alone);
      assertThat(
              gate.desk(
                      "POST",
                      "/decisions",
                      "{\"kind\":\"approve\",\"specs\":[\"alpha@1.0.0\"],\"reason\":\"read\"}")
                  .status())
          .isLessThan(300);

      for (Operation<?, ?> operation : List.of(CrateOperations.VERSION, ReviewOperations.REVIEW)) {
        String end = operation.equals(ReviewOperations.REVIEW) ? "/review" : "";
        JsonNode detonation =
            asked(gate, operation, "/crates/alpha/1.1.0" + end, "").path("detonation");
        assertThat(detonation.path("base").asText()).isEqualTo("1.0.0");
        assertThat(detonation.path("added").findValuesAsText("what")).containsExactly("keyring");
        assertThat(detonation.path("gone").findValuesAsText("what")).containsExactly("a.rs");
      }
    }
  }

  @Test
  void whatCannotBeEvidenceIsRefused() {
    try (TestGate gate = new TestGate(folder.resolve("data"), Map.of())) {
      CrateId id = gate.publish("alpha", "1.0.0", 100);
      String path = "/crates/alpha/1.0.0/detonation";

      assertThat(gate.desk("PUT", path, order(id, trace("did", "x"))).status()).isEqualTo(400);
      assertThat(gate.desk("PUT", path, order(id, trace("ran", ""))).status()).isEqualTo(400);
      assertThat(gate.desk("PUT", path, "{}").status()).isEqualTo(400);
      assertThat(gate.desk("PUT", "/crates/nobody/1.0.0/detonation", order(id, "")).status())
          .isEqualTo(404);
    }
  }
}
