package lazaret.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.cli.command.GlobalOptions;
import lazaret.cli.fixture.CliFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FormerCommandNamesTest {
  private static FormerCommandNames.Renamed replaced(String line) {
    return FormerCommandNames.replaced(
        new GlobalOptions().spec(), List.of(line.isEmpty() ? new String[0] : line.split(" ", -1)));
  }

  @ParameterizedTest
  @CsvSource({
    "debt, expiring",
    "debt --json, expiring --json",
    "--server http://127.0.0.1:1 debt, --server http://127.0.0.1:1 expiring",
    "--json events --alarms, --json log --alarms",
    "--data-dir=debt events -f, --data-dir=debt log -f",
    "help debt, help expiring",
    "bundle import B --approve X --despite-expiry why --early, bundle import B --approve X"
        + " --accept-expired why --defer",
    "bundle diff B --despite-expiry=why, bundle diff B --accept-expired=why",
    "bundle export F --dark-days 3 --single, bundle export F --offline-days 3 --single-file",
    "bundle --data-dir d export F --single, bundle --data-dir d export F --single-file",
    "keys ceremony --single me, keys ceremony --operator me",
    "sign B --keys K --take=a.json, sign B --keys K --add-signatures=a.json",
    "audits import F --fewer, audits import F --allow-fewer",
    "feed import F --fewer, feed import F --allow-fewer"
  })
  void formerNamesBecomeThoseOfToday(String former, String today) {
    FormerCommandNames.Renamed renamed = replaced(former);

    assertThat(String.join(" ", renamed.words())).isEqualTo(today);
    assertThat(renamed.notes()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "--help",
    "--data-dir debt status",
    "--data-dir",
    "queue --assigned-to debt",
    "bundle list --single",
    "keys rotate --fewer",
    "sandbox -- debt --fewer",
    "bundle import -- --early",
    "log --alarms"
  })
  void otherWordsStay(String line) {
    FormerCommandNames.Renamed renamed = replaced(line);

    assertThat(String.join(" ", renamed.words())).isEqualTo(line);
    assertThat(renamed.notes()).isEmpty();
  }

  @Test
  void notesNameTheVerbAndTheNewName() {
    assertThat(replaced("debt").notes())
        .containsExactly("'debt' is now 'expiring'; the former name works until the next release");
    assertThat(replaced("bundle export F --single --dark-days 3").notes())
        .containsExactly(
            "'--single' of 'bundle export' is now '--single-file'; the former name works until the"
                + " next release",
            "'--dark-days' of 'bundle export' is now '--offline-days'; the former name works until"
                + " the next release");
  }

  @Test
  void theManualListsEveryFormerName() throws IOException {
    String manual =
        Files.readString(Path.of(System.getProperty("lazaret.root", "..")).resolve("docs/cli.md"));

    FormerCommandNames.VERBS.forEach(
        (former, today) -> assertThat(manual).contains("| `%s` | `%s` |".formatted(former, today)));
    FormerCommandNames.OPTIONS.forEach(
        (verb, options) ->
            options.forEach(
                (former, today) ->
                    assertThat(manual)
                        .contains("| `%s %s` | `%s` |".formatted(verb, former, today))));
  }

  static Stream<String> verbsWithOptions() {
    return FormerCommandNames.OPTIONS.keySet().stream().sorted();
  }

  /// The help has each new option and no former one.
  @ParameterizedTest
  @MethodSource("verbsWithOptions")
  void helpHasTheNewOptionsOnly(String verb, @TempDir Path folder) {
    CliFixture cli = new CliFixture(folder, Clock.systemUTC());
    String help = cli.run((verb + " --help").split(" ", -1)).out();
    Map<String, String> names = FormerCommandNames.OPTIONS.getOrDefault(verb, Map.of());

    assertThat(names).isNotEmpty();
    names.forEach(
        (former, today) ->
            assertThat(help).contains(today).doesNotContainPattern(former + "(?![a-z-])"));
  }

  @Test
  void aFormerVerbRunsWithANoteOnStandardError(@TempDir Path folder) {
    CliFixture cli = new CliFixture(folder, Clock.systemUTC());

    CliFixture.Ran ran = cli.run("help", "debt");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).isEqualTo(cli.run("expiring", "--help").out());
    assertThat(ran.err())
        .isEqualTo("'debt' is now 'expiring'; the former name works until the next release\n");
    assertThat(cli.run("events", "--after", "x").err())
        .contains("'events' is now 'log'", "cannot use 'x' for --after: expected a number\n");
    assertThat(cli.run("--help").out()).doesNotContain("debt", "events");
  }
}
