package lazaret.cli.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import lazaret.cli.fixture.CliFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreHelpTest {
  @TempDir Path folder;

  private CliFixture.Ran run(String words, String... more) {
    return new CliFixture(folder, Clock.systemUTC())
        .run(Stream.concat(Stream.of(words.split(" ")), Stream.of(more)).toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backup list",
        "backup prune",
        "backup verify",
        "cluster",
        "cluster adopt",
        "cluster status",
        "follow",
        "inventory",
        "retention",
        "retention resume",
        "retention status",
        "retention try",
        "store",
        "store convert",
        "store migrate",
        "store restore"
      })
  void eachVerbIsFoundTellsWhatItDoesAndIsInTheManual(String verb) throws IOException {
    CliFixture.Ran ran = run(verb, "--help");

    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("Usage: vetting-cli " + verb, "Exit codes:", "Examples:");
    assertThat(ran.out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(run("help " + verb).out()).isEqualTo(ran.out());
    assertThat(
            Files.readString(
                Path.of(System.getProperty("lazaret.root", "..")).resolve("docs/cli.md")))
        .contains("`" + verb);
  }

  @Test
  void theProgramAndTheCompletionListTheVerbsOfThisModule() {
    assertThat(run("--help").out())
        .contains("  store ", "  cluster ", "  follow ", "  inventory ", "  retention ");
    assertThat(run("backup --help").out()).contains("  list ", "  prune ", "  verify ");
    assertThat(run("completion bash").out()).contains("convert", "adopt", "prune");
  }

  @Test
  void aMisspeltPartIsUsageAndTheNearestIsNamed() {
    assertThat(run("store convrt").err()).contains("did you mean convert");
    assertThat(run("store").exit()).isEqualTo(2);
  }
}
