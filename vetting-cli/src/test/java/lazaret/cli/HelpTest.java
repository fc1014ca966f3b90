package lazaret.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  @TempDir Path folder;

  private CliFixture cli = new CliFixture(Path.of(""), Clock.systemUTC());

  @BeforeEach
  void start() {
    cli = new CliFixture(folder, Clock.systemUTC());
  }

  static Stream<List<String>> verbs() {
    return Stream.concat(
        CliVerbs.names().stream().map(List::of),
        Stream.of(
            List.of("help"),
            List.of("bundle", "diff"),
            List.of("bundle", "export"),
            List.of("bundle", "import"),
            List.of("bundle", "inspect"),
            List.of("bundle", "list"),
            List.of("bundle", "rollback"),
            List.of("bundle", "verify"),
            List.of("keys", "ceremony"),
            List.of("keys", "create"),
            List.of("keys", "rotate"),
            List.of("keys", "show"),
            List.of("log", "export"),
            List.of("log", "verify"),
            List.of("policy", "check"),
            List.of("policy", "from-deny"),
            List.of("policy", "show"),
            List.of("policy", "test"),
            List.of("queue", "assign"),
            List.of("queue", "close"),
            List.of("queue", "comment"),
            List.of("queue", "reopen"),
            List.of("queue", "show"),
            List.of("queue", "unassign"),
            List.of("sandbox", "doctor"),
            List.of("sandbox", "serve"),
            List.of("token", "create"),
            List.of("token", "list"),
            List.of("token", "revoke"),
            List.of("trust", "acknowledge-restore"),
            List.of("trust", "init"),
            List.of("trust", "show")));
  }

  private CliFixture.Ran run(List<String> words, String... more) {
    return cli.run(Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void theProgramTellsItsVerbsAndExitCodes() {
    CliFixture.Ran ran = cli.run("--help");

    assertThat(ran.exit()).isZero();
    GoldenFiles.hold("help", ran.out());
    assertThat(cli.run("help").out()).isEqualTo(ran.out());
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyVerbTellsWhatItDoesWithExamplesAndExitCodes(List<String> verb) {
    CliFixture.Ran ran = run(verb, "--help");

    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("Usage: vetting-cli ", "Exit codes:", "Examples:");
    assertThat(ran.out().lines()).allMatch(line -> line.length() <= 100);
    GoldenFiles.hold("help-" + String.join("-", verb), ran.out());
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void theManualHasEveryVerb(List<String> verb) throws IOException {
    String manual =
        Files.readString(Path.of(System.getProperty("lazaret.root", "..")).resolve("docs/cli.md"));

    assertThat(manual).contains("`" + String.join(" ", verb));
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void theHelpUsesPlainWords(List<String> verb) {
    assertThat(run(verb, "--help").out())
        .doesNotContainPattern(
            "\\b(anew|in vain|for ever|whoever|on credit|in no mode|believes?)\\b");
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void helpOfAVerbIsTheSameThroughTheVerbHelp(List<String> verb) {
    CliFixture.Ran ran = run(Stream.concat(Stream.of("help"), verb.stream()).toList());

    assertThat(ran.out()).isEqualTo(run(verb, "--help").out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sign", "keys", "keys show", "bundle verify", "completion"})
  void whatAsksNoGateTellsOfNone(String verb) {
    assertThat(run(List.of(verb.split(" ")), "--help").out())
        .doesNotContain("--server", "--token-file", "--data-dir")
        .contains("--json");
    assertThat(cli.run("--server", "http://127.0.0.1:1", "keys", "show", "none").err())
        .contains("none': no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"trust", "trust init", "restore"})
  void whatOpensAStoreTellsOfNoServer(String verb) {
    assertThat(run(List.of(verb.split(" ")), "--help").out())
        .doesNotContain("--server", "--token-file")
        .contains("--data-dir");
  }

  /// The values appear in the form of the help text, which is the form to type.
  @ParameterizedTest
  @CsvSource({
    "--mode, 'sealed, fetch, gate'",
    "--project-writes, 'refuse, discard'",
    "--on-violation, 'warn, fail'"
  })
  void theWordsOfAnOptionAreListed(String option, String words) {
    CliFixture.Ran ran = cli.run("sandbox", option, "none", "--", "true");

    assertThat(ran.exit()).isEqualTo(125);
    assertThat(ran.err())
        .startsWith(
            "error: cannot use 'none' for %s: expected one of %s\n".formatted(option, words));
    assertThat(cli.run("completion", "tcsh").err())
        .startsWith("error: cannot use 'tcsh' for SHELL: expected one of bash, zsh, fish\n");
  }

  @Test
  void completionOffersTheWordsOfAnOptionAsTheyAreTyped() {
    assertThat(cli.run("completion").out())
        .contains("\"sealed\" \"fetch\" \"gate\"")
        .doesNotContainPattern("option_args=\\(.*\"[A-Z]+\"");
  }

  @Test
  void noWordsAtAllIsUsage() {
    CliFixture.Ran ran = cli.run();

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("expected a verb, found none")
        .contains("help: vetting-cli --help");
  }

  @Test
  void aMisspeltVerbIsUsageAndTheNearestIsNamed() {
    CliFixture.Ran ran = cli.run("aprove", "serde@1.0.0");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("there is no verb 'aprove'\n", "did you mean approve\n")
        .doesNotContain("expiring", "prefetch");
  }

  @Test
  void aMisspeltOptionIsNamedBeforeWhatIsMissing() {
    CliFixture.Ran ran = cli.run("token", "create", "ci", "--scopes", "read");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("there is no option '--scopes'\n", "did you mean --scope\n")
        .doesNotContain("missing");
  }

  @Test
  void anEmptyVariableNamesNoServer() {
    cli.environment.put("LAZARET_SERVER", "");

    assertThat(cli.run("status").err()).contains("http://127.0.0.1:7080 does not answer");
  }

  @Test
  void aMisspeltPartOfAVerbIsUsageAndTheNearestIsNamed() {
    assertThat(cli.run("token", "creat", "x").err())
        .contains("there is no verb 'creat' of 'token'\n", "did you mean create\n");
    assertThat(cli.run("frobnicate").err())
        .contains("there is no verb 'frobnicate'\n")
        .doesNotContain("did you mean");
    assertThat(cli.run("status", "now").err())
        .contains("cannot use 'now': 'status' expects no more arguments\n");
  }

  @Test
  void whereANumberIsExpectedTheMessageSaysSo() {
    assertThat(cli.run("log", "--after", "x").err())
        .contains("cannot use 'x' for --after: expected a number\n");
    assertThat(cli.run("prefetch", "a", "--jobs", "many").err())
        .contains("cannot use 'many' for --jobs: expected a number\n");
  }

  @Test
  void everyMissingOptionAndWordIsNamed() {
    assertThat(cli.run("token", "create").err())
        .contains("cannot run 'token create': missing NAME\n");
  }

  @Test
  void anUnknownOptionIsUsage() {
    CliFixture.Ran ran = cli.run("status", "--jsn");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("'--jsn'").contains("help: vetting-cli status --help");
  }

  @Test
  void helpOfAnUnknownVerbIsUsage() {
    assertThat(cli.run("help", "nosuch").exit()).isEqualTo(2);
  }

  @Test
  void theVersionIsPrinted() {
    assertThat(cli.run("--version").out()).isEqualTo("vetting-cli 0.1.0\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void completionScriptHasBothPrograms(String shell) {
    CliFixture.Ran ran = cli.run("completion", shell);

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("cargo-config", "mirror-server", "public-url");
  }

  @Test
  void anotherShellIsUsage() {
    assertThat(cli.run("completion", "tcsh").exit()).isEqualTo(2);
  }
}
