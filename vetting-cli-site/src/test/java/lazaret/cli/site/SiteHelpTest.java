package lazaret.cli.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.stream.Stream;
import lazaret.cli.fixture.CliFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteHelpTest {
  @TempDir Path folder;

  private CliFixture.Ran run(String words, String... more) {
    return new CliFixture(folder, Clock.systemUTC())
        .run(Stream.concat(Stream.of(words.split(" ")), Stream.of(more)).toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bundle pack",
        "keys hardware",
        "product",
        "product get",
        "product list",
        "site-files",
        "site-files backup",
        "site-files check",
        "site-files list",
        "site-files remove",
        "site-files restore"
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
  void programListsTheVerbsOfThisModule() {
    assertThat(run("--help").out()).contains("  product ", "  site-files ");
    assertThat(run("bundle --help").out()).contains("  pack ", "  export ");
    assertThat(run("keys --help").out()).contains("  hardware ", "  create ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bundle pack", "keys hardware"})
  void whatAsksNoGateTellsOfNone(String verb) {
    assertThat(run(verb, "--help").out())
        .doesNotContain("--server", "--token-file", "--data-dir")
        .contains("--json");
  }

  @Test
  void misspeltPartIsUsage() {
    assertThat(run("site-files lst").err()).contains("did you mean list");
    assertThat(run("product").exit()).isEqualTo(2);
  }

  @Test
  void takenNameIsRefusedBeforeAKeyIsMadeInTheModule() throws IOException {
    Files.createFile(folder.resolve("ann.key.json"));
    Path phrase = Files.writeString(folder.resolve("phrase"), "a long passphrase\n");
    Files.setPosixFilePermissions(phrase, PosixFilePermissions.fromString("rw-------"));

    CliFixture.Ran ran =
        run(
            "keys hardware",
            "ann",
            "--passphrase-file",
            phrase.toString(),
            "--library",
            "/nowhere/module.so",
            "--label",
            "ann",
            "--out",
            folder.toString());

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("it exists, and is never overwritten", "ann.key.json");
  }

  @Test
  void folderWithoutMetadataIsNotPacked() throws IOException {
    Files.createDirectories(folder.resolve("bundle"));

    CliFixture.Ran ran = run("bundle pack", folder.resolve("bundle").toString());

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("expected the folder of a bundle, found no 'metadata' in it");
  }
}
