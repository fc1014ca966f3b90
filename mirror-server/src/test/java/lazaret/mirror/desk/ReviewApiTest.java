package lazaret.mirror.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import lazaret.mirror.TestGate;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CratesIo;
import lazaret.vetting.deskapi.LockfileOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.gate.fixture.DeskResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewApiTest {
  private static final OpenApi FILE = new OpenApi();

  @TempDir Path folder;

  private static JsonNode asked(
      TestGate gate, Operation<?, ?> operation, String target, String body) {
    DeskResponse answer = gate.desk(operation.route().method().name(), target, body);
    assertThat(FILE.faults(operation, answer.status(), answer.body()))
        .as("%s against docs/openapi.json: %s", target, answer.body().text())
        .isEmpty();
    return OpenApi.parse(answer.body());
  }

  @Test
  void tellsAReviewerWhatToRead() {
    try (TestGate gate = new TestGate(folder.resolve("data"), Map.of())) {
      gate.publish("beta", "1.0.0", 100);
      gate.publish(CrateBuilder.crate("alpha", "1.0.0").file("moved.bin", new byte[] {0, 1}), 100);
      gate.publish(
          CrateBuilder.crate("alpha", "1.1.0+x")
              .buildScript("fn main() {}\n")
              .dependency("beta", "^1.0")
              .file("src/moved.bin", new byte[] {0, 1})
              .file("data.bin", new byte[80]),
          1);

      JsonNode review = asked(gate, ReviewOperations.REVIEW, "/crates/alpha/1.1.0+x/review", "");

      assertThat(review.path("stored").asBoolean()).isTrue();
      assertThat(review.path("base").path("version").asText()).isEqualTo("1.0.0");
      assertThat(review.path("dependency_changes").path(0).path("change").asText())
          .isEqualTo("added");
      assertThat(review.path("dependencies").path(0).path("version").asText()).isEqualTo("1.0.0");
      JsonNode files = review.path("diff").path("files");
      assertThat(files.path(0).path("path").asText()).isEqualTo("build.rs");
      assertThat(files.path(0).path("role").asText()).isEqualTo("build-script");
      assertThat(files.path(0).path("text").asText()).isEqualTo("@@ -0,0 +1 @@\n+fn main() {}\n");
      assertThat(files.findValuesAsText("form"))
          .containsExactly("lines", "lines", "same-bytes", "binary");
    }
  }

  @Test
  void refusesABaseThatIsNotThereAndAVersionThatIsNone() {
    try (TestGate gate = new TestGate(folder.resolve("data"), Map.of())) {
      gate.publish("alpha", "1.0.0", 1);

      assertThat(gate.desk("GET", "/crates/alpha/1.0.0/review?base=0.9.0", "").status())
          .isEqualTo(400);
      assertThat(gate.desk("GET", "/crates/alpha/1.0.0/review?bse=0.9.0", "").status())
          .isEqualTo(400);
      assertThat(gate.desk("GET", "/crates/alpha/2.0.0/review", "").status()).isEqualTo(404);
    }
  }

  @Test
  void showsTheCodeOfAReviewInParts() {
    try (TestGate gate = new TestGate(folder.resolve("data"), Map.of())) {
      String lines = "fn a() {}\n".repeat(20);
      gate.publish(
          CrateBuilder.crate("alpha", "1.0.0").file("src/lib.rs", lines + "old();\n"), 100);
      gate.publish(
          CrateBuilder.crate("alpha", "1.1.0")
              .buildScript("fn main() {}\n")
              .file("src/lib.rs", lines + "old(1\u202e);"),
          1);

      JsonNode diff = asked(gate, ReviewOperations.DIFF, "/crates/alpha/1.1.0/diff", "");
      assertThat(diff.path("complete").asBoolean()).isTrue();
      assertThat(diff.path("base").asText()).isEqualTo("1.0.0");
      assertThat(diff.path("files").findValuesAsText("path"))
          .containsExactly("build.rs", "Cargo.toml", "src/lib.rs");

      JsonNode rows =
          asked(
              gate,
              ReviewOperations.DIFF_ROWS,
              "/crates/alpha/1.1.0/diff/rows?base=1.0.0&path=src/lib.rs&hunk=1&from=3&limit=2",
              "");
      assertThat(rows.path("next").isMissingNode()).isTrue();
      assertThat(rows.path("rows").findValuesAsText("kind"))
          .containsExactly("removed", "text", "added", "text", "text", "hidden", "text");
      assertThat(rows.path("rows").path(1).path("parts").findValuesAsText("hides"))
          .containsExactly("bidirectional");
      assertThat(rows.path("rows").path(1).path("unended").asBoolean()).isTrue();

      JsonNode context =
          asked(
              gate,
              ReviewOperations.DIFF_CONTEXT,
              "/crates/alpha/1.1.0/diff/context?base=1.0.0&path=src/lib.rs&from=4&to=5",
              "");
      assertThat(context.path("rows").findValuesAsText("new_line")).containsExactly("4", "5");
    }
  }

  @Test
  void searchesADifferenceAndListsTheStoredEvidence() {
    try (TestGate gate = new TestGate(folder.resolve("data"), Map.of())) {
      gate.publish("beta", "1.0.0", 100);
      gate.publish(
          CrateBuilder.crate("alpha", "1.0.0")
              .dependency("beta", "^1.0")
              .file("src/lib.rs", "fn a() {}\n// " + "x".repeat(100) + " Token\u202e\n"),
          1);

      JsonNode found =
          asked(
              gate,
              ReviewOperations.DIFF_FIND,
              "/crates/alpha/1.0.0/diff/find?words=token&base=1.0.0",
              "");
      assertThat(found.path("next").isMissingNode()).isTrue();
      assertThat(found.path("omitted").asLong()).isZero();
      assertThat(found.path("found")).hasSize(1);
      JsonNode line = found.path("found").path(0);
      assertThat(line.path("path").asText()).isEqualTo("src/lib.rs");
      assertThat(line.path("new_line").asInt()).isEqualTo(2);
      assertThat(line.path("excerpt").asText()).startsWith(".. xxx").endsWith("x Token\\u{202e}");
      assertThat(gate.desk("GET", "/crates/alpha/1.0.0/diff/find?words=x", "").status())
          .isEqualTo(400);

      JsonNode evidence =
          asked(gate, ReviewOperations.EVIDENCE, "/crates/alpha/1.0.0/evidence", "");
      assertThat(evidence.path("advisories")).isEmpty();
      assertThat(evidence.path("dependencies").findValuesAsText("name")).containsExactly("beta");
      assertThat(gate.desk("GET", "/crates/alpha/9.0.0/evidence", "").status()).isEqualTo(404);
    }
  }

  @Test
  void putsALockfileIntoTheOrderOfLeastReading() {
    try (TestGate gate = new TestGate(folder.resolve("data"), Map.of())) {
      CrateId id = gate.publish("alpha", "1.0.0", 1);
      String lock =
          "version = 4\\n[[package]]\\nname = \\\"alpha\\\"\\nversion = \\\"1.0.0\\\"\\nsource = \\\"registry+%s\\\"\\nchecksum = \\\"%s\\\"\\n"
              .formatted(CratesIo.GIT_INDEX, id.cksum());

      JsonNode list =
          asked(
              gate, LockfileOperations.READING_LIST, "/review", "{\"lockfile\":\"" + lock + "\"}");

      assertThat(list.path("packages").path(0).path("stat").path("lines").asLong()).isPositive();
      assertThat(list.path("total").path("files").asLong()).isEqualTo(2);
    }
  }
}
