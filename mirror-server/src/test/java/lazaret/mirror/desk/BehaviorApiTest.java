package lazaret.mirror.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import lazaret.mirror.TestGate;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.deskapi.Access;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.gate.fixture.DeskResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BehaviorApiTest {
  private static final OpenApi FILE = new OpenApi();

  @TempDir Path folder;

  private static JsonNode asked(TestGate gate, Operation<?, ?> operation, String target) {
    DeskResponse answer = gate.desk("GET", target, "");
    assertThat(FILE.faults(operation, answer.status(), answer.body()))
        .as("%s against docs/openapi.json: %s", target, answer.body().text())
        .isEmpty();
    assertThat(answer.status()).isEqualTo(200);
    return OpenApi.parse(answer.body());
  }

  private static CrateId publish(TestGate gate, String version, int daysOld, String... variables) {
    StringBuilder script = new StringBuilder("fn main() {\n");
    for (String variable : variables) {
      script.append("    let _ = std::env::var(\"%s\");\n".formatted(variable));
    }
    CrateBuilder crate = CrateBuilder.crate("alpha", version).buildScript(script + "}\n");
    return gate.publish(crate, daysOld);
  }

  @Test
  void comparesCapabilitiesWithTheBase() {
    try (TestGate gate = new TestGate(folder.resolve("data"), Map.of())) {
      publish(gate, "1.0.0", 100, "A");
      publish(gate, "1.1.0", 1, "A", "B");

      JsonNode reply =
          asked(gate, ReviewOperations.CAPABILITIES, "/crates/alpha/1.1.0/capabilities?base=1.0.0");

      JsonNode variables = reply.path("capabilities").path(0);
      assertThat(reply.path("base").asText()).isEqualTo("1.0.0");
      assertThat(variables.path("title").asText()).isEqualTo("Reads variables");
      assertThat(variables.path("change").asText()).isEqualTo("changed");
      assertThat(variables.path("before").asLong()).isEqualTo(1);
      assertThat(variables.path("now").asLong()).isEqualTo(2);
      assertThat(variables.path("places").path(0).path("line").asLong()).isEqualTo(3);
      assertThat(variables.path("places").path(0).path("added").asBoolean()).isTrue();
      assertThat(variables.path("places").path(1).path("added").asBoolean()).isFalse();
    }
  }

  @Test
  void linksRecordedBehavior() {
    try (TestGate gate = new TestGate(folder.resolve("data"), Map.of())) {
      CrateId id = publish(gate, "1.1.0", 1, "A");
      String order =
          "{\"cksum\":\"%s\",\"ending\":\"built\",\"traces\":[{\"kind\":\"read\",\"what\":\"variable A\"}]}"
              .formatted(id.cksum());
      assertThat(gate.desk("PUT", "/crates/alpha/1.1.0/detonation", order).status()).isEqualTo(201);

      JsonNode reply = asked(gate, ReviewOperations.BEHAVIOR, "/crates/alpha/1.1.0/behavior");

      JsonNode line = reply.path("lines").path(0);
      assertThat(line.path("group").asText()).isEqualTo("not-compared");
      assertThat(line.path("kind").asText()).isEqualTo("variable");
      assertThat(line.path("places").path(0).path("line").asLong()).isEqualTo(2);
      assertThat(line.path("places").path(0).path("capability").asText()).isEqualTo("env-read");
      assertThat(reply.path("not_seen").size()).isEqualTo(8);
    }
  }

  @Test
  void refusesAVersionThatIsNotListed() {
    try (TestGate gate = new TestGate(folder.resolve("data"), Map.of())) {
      publish(gate, "1.0.0", 100, "A");

      for (String end : new String[] {"capabilities", "behavior"}) {
        assertThat(gate.desk("GET", "/crates/alpha/2.0.0/" + end, "").status()).isEqualTo(404);
      }
      assertThat(gate.desk("GET", "/crates/alpha/1.0.0/capabilities?base=9.0.0", "").status())
          .isEqualTo(400);
    }
  }

  @Test
  void isForReviewersAndAuditors() {
    assertThat(ReviewOperations.CAPABILITIES.access()).isEqualTo(Access.INSPECT);
    assertThat(ReviewOperations.BEHAVIOR.access()).isEqualTo(Access.INSPECT);
  }
}
