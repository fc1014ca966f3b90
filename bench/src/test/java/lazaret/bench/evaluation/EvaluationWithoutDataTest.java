package lazaret.bench.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The page on a machine without the shared data. It is a class of its own so that it runs beside
/// [EvaluationTest].
@Tag("ci")
class EvaluationWithoutDataTest {
  private static final Path ROOT = Path.of(System.getProperty("lazaret.root", ".."));

  @Test
  void saysWhatIsLeftOut() {
    String page = Evaluation.page(Optional.empty(), ROOT.resolve("testkit/incidents"));

    assertThat(page).contains("Omitted", "## Cooldown").doesNotContain("## Recall of the feeds");
  }
}
