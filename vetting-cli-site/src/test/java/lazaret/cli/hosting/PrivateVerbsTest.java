package lazaret.cli.hosting;

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

/// The commands against a server are run by `PrivateRegistryE2E`.
class PrivateVerbsTest {
  @TempDir Path folder;

  private CliFixture.Ran run(String words, String... more) {
    return new CliFixture(folder, Clock.systemUTC())
        .run(Stream.concat(Stream.of(words.split(" ")), Stream.of(more)).toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "private",
        "private list",
        "private show",
        "private owner",
        "private delete",
        "private import",
        "private alarms",
        "token own"
      })
  void eachVerbIsFoundTellsWhatItDoesAndIsInTheManual(String verb) throws IOException {
    CliFixture.Ran ran = run(verb, "--help");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("Usage: vetting-cli " + verb, "Exit codes:", "Examples:");
    assertThat(ran.out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(
            Files.readString(
                Path.of(System.getProperty("lazaret.root", "..")).resolve("docs/cli.md")))
        .contains("`" + verb);
  }

  @Test
  void theOwnTokensAreAPartOfTheCommandOfTokens() {
    assertThat(run("token --help").out()).contains("  own ", "  revoke ");
  }

  @Test
  void mistakesAreFoundBeforeARequest() {
    assertThat(run("private owner acme-core").err())
        .contains("cannot change the owners: expected --add or --remove, found none");
    assertThat(run("private delete acme-core", "--reason", "x").err())
        .contains("expected one version, like acme-core@1.2.3");
    assertThat(run("private delete acme-core@1.0.0").err()).contains("--reason");
    assertThat(run("private alarms --acknowledge").err()).contains("--acknowledge");
  }
}
