package lazaret.bench.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lazaret.bench.evaluation.Fixtures.Case;
import lazaret.testkit.SharedData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ci")
class EvaluationTest {
  private static final Path ROOT = Path.of(System.getProperty("lazaret.root", ".."));
  private static final Path INCIDENTS = ROOT.resolve("testkit/incidents");

  /// The inspected fixtures, which take seconds and are the same for each test.
  private static final Fixtures FIXTURES = Fixtures.of(INCIDENTS);

  @Test
  @Tag("all")
  void thePageIsWhatTheCommandWrites() throws IOException {
    var data = SharedData.find();
    Assumptions.assumeTrue(data.isPresent(), "shared data is not there: set LAZARET_SHARED");

    assertThat(Evaluation.page(data, INCIDENTS))
        .as("run bin/evaluate and look at what changed")
        .isEqualTo(page());
  }

  /// Needs no shared data, so that a broken signal is noticed everywhere.
  @Test
  void findsOfTheFixturesWhatThePageSays() throws IOException {
    MarkdownPage page = new MarkdownPage();
    new FixtureRecall(FIXTURES).write(page);

    assertThat(page())
        .as("run bin/evaluate and look at what changed")
        .contains(page.toString().strip());
  }

  /// The page may be written again, but not with lower results than these.
  @Test
  void findsNoLessThanItOnceDid() {
    assertThat(held(FIXTURES.incidents(false).values().stream().flatMap(List::stream).toList()))
        .isGreaterThanOrEqualTo(0.85);
    assertThat(held(FIXTURES.incidents(true).values().stream().flatMap(List::stream).toList()))
        .isGreaterThanOrEqualTo(0.75);
    assertThat(held(FIXTURES.benign())).isLessThanOrEqualTo(0.1);
    assertThat(FIXTURES.cases())
        .filteredOn(c -> !c.benign() && c.kind().startsWith("takeover-"))
        .allMatch(c -> c.outcome().stored());
  }

  @Test
  void aStandInIsWhatItsFormatSays() {
    assertThat(StandIns.of("a/lib.o", new byte[] {'#'})).startsWith(0x7f, 'E', 'L', 'F');
    assertThat(StandIns.of("native/macos/lib.o", new byte[] {'#'}))
        .startsWith(0xcf, 0xfa, 0xed, 0xfe);
    assertThat(StandIns.of("src/lib.rs", new byte[] {'#'})).containsExactly('#');
  }

  private static double held(List<Case> cases) {
    return cases.stream().filter(c -> c.outcome().stored()).count() / (double) cases.size();
  }

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/evaluation.md"));
  }
}
