package lazaret.bench.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import lazaret.testkit.SharedData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final Path PAGE =
      Path.of(System.getProperty("lazaret.root", "..")).resolve("docs/evaluation.md");

  @Test
  void thePageIsWhatTheCommandWrites() throws IOException {
    var data = SharedData.find();
    Assumptions.assumeTrue(data.isPresent(), "shared data is not there: set LAZARET_SHARED");

    assertThat(Evaluation.page(data))
        .as("run bin/evaluate and look at what changed")
        .isEqualTo(Files.readString(PAGE));
  }

  @Test
  void saysWhatIsLeftOutWithoutTheData() {
    String page = Evaluation.page(Optional.empty());

    assertThat(page).contains("Left out", "## Cooldown").doesNotContain("## Recall of the feeds");
  }
}
