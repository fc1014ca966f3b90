package lazaret.bench.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.bench.evaluation.AgedFixture.Form;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixtureSetTest {
  private static final Path ROOT = Path.of(System.getProperty("lazaret.root", ".."));
  private static final Path FOLDER = ROOT.resolve("testkit/incidents-2");

  /// A host in an address, including template placeholders.
  private static final Pattern HOST =
      Pattern.compile("[a-z]+://([A-Za-z0-9.-](?:[A-Za-z0-9.-]|\\{\\w*}(?=[A-Za-z0-9.-]))*)");

  private static final Pattern ADDRESS =
      Pattern.compile("(?<![\\d.])(\\d{1,3}(?:\\.\\d{1,3}){3})(?![\\d.])");

  @ParameterizedTest
  @CsvSource({
    "incidents-2, 200",
    "incidents-3, 100",
    "incidents-4, 60",
    "incidents-5, 60",
    "incidents-6, 60",
    "incidents-7, 60",
    "incidents-8, 60",
    "incidents-9, 60",
    "incidents-10, 60",
    "incidents-11, 60",
    "incidents-12, 60",
  })
  void noFixtureCanBeBuilt(String folder, int atLeast) throws IOException {
    List<Path> roots =
        files(folder).stream()
            .filter(f -> Stream.of("src/lib.rs", "build.rs", "build/main.rs").anyMatch(f::endsWith))
            .toList();

    assertThat(roots).hasSizeGreaterThan(atLeast);
    assertThat(roots)
        .allSatisfy(f -> assertThat(text(f)).endsWith("inert_fixture_does_not_build!();\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "incidents-2",
        "incidents-3",
        "incidents-4",
        "incidents-5",
        "incidents-6",
        "incidents-7",
        "incidents-8",
        "incidents-9",
        "incidents-10",
        "incidents-11",
        "incidents-12",
      })
  void noFixtureNamesAHostThatExists(String folder) throws IOException {
    for (Path file : files(folder)) {
      if (file.getFileName().toString().equals("manifest.toml")) {
        continue;
      }
      for (String host : matches(HOST, text(file))) {
        assertThat(host)
            .as(file.toString())
            .matches(
                "(.*\\.)?(invalid|example(\\.(com|net|org))?|w3\\.org)|[\\d.]+|[a-z]+\\.?|git(hub|lab)\\.com|bitbucket\\.org|codeberg\\.org");
      }
      for (String address : matches(ADDRESS, text(file))) {
        assertThat(address)
            .as(file.toString())
            .matches(
                "(192\\.0\\.2|198\\.51\\.100|203\\.0\\.113)\\.\\d+|0\\.0\\.0\\.0|10(?:\\.\\d+){3}|127\\.0\\.0\\.1"
                    + "|169\\.254\\.169\\.254");
      }
    }
  }

  @Test
  void everyAttackHasAHarmlessReleaseBeforeIt() {
    List<AgedFixture> attacks = FixtureSet.of(FOLDER).attacks();

    assertThat(attacks).hasSizeGreaterThanOrEqualTo(60);
    assertThat(attacks.stream().filter(f -> f.set().equals("blind")))
        .hasSizeGreaterThanOrEqualTo(30);
    assertEachFollowsAHarmlessRelease(attacks);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 36, 18",
    "4, 24, 12",
    "5, 24, 16",
    "6, 24, 16",
    "7, 24, 24",
    "8, 24, 24",
    "9, 24, 24",
    "10, 24, 24",
    "11, 24, 24",
    "12, 24, 24"
  })
  void eachLaterSetHasAHarmlessReleaseBeforeEachAttack(int number, int attacks, int relatedCrates) {
    FixtureSet set = FixtureSet.of(ROOT.resolve("testkit/incidents-" + number));

    assertThat(set.attacks()).hasSize(attacks);
    assertThat(set.relatedCrates()).hasSize(relatedCrates);
    assertEachFollowsAHarmlessRelease(set.attacks());
  }

  private static void assertEachFollowsAHarmlessRelease(List<AgedFixture> attacks) {
    assertThat(attacks)
        .allSatisfy(
            f -> {
              assertThat(f.before()).isNotNull();
              assertThat(f.before().id().name()).isEqualTo(f.release().id().name());
              assertThat(f.before().id().version()).isLessThan(f.release().id().version());
              assertThat(f.before().findings().conformant()).isTrue();
            });
  }

  @Test
  void withholdsNewCratesByFindingsAndTakeoversByDifferences() {
    AgedFixture shell = one("workflow-planted");
    AgedFixture router = one("request-header-runs");

    assertThat(shell.verdict(Form.NEW_CRATE, 20).has(Reason.Code.SIGNAL)).isTrue();
    assertThat(shell.held(Form.NEW_CRATE, 20)).isTrue();
    assertThat(router.verdict(Form.TAKEOVER, 10)).isInstanceOf(Verdict.Review.class);
  }

  @Test
  void anHonestCrateIsHeldByItsAgeAloneAndThatDoesNotCount() {
    AgedFixture honest = one("ledger-messages");

    assertThat(honest.verdict(Form.NEW_CRATE, 1)).isInstanceOf(Verdict.Hold.class);
    assertThat(honest.held(Form.NEW_CRATE, 1)).isFalse();
  }

  @Tag("ci")
  @Test
  void saysWhatThePageSays() throws IOException {
    MarkdownPage page = new MarkdownPage();
    new FixtureSetRecall(FixtureSet.of(FOLDER), FixtureSetRecall.Words.SECOND).write(page);
    Evaluation.later(FOLDER).forEach(section -> section.write(page));

    assertThat(text(ROOT.resolve("docs/evaluation.md")))
        .as("run bin/evaluate and look at what changed")
        .contains(page.toString().strip());
  }

  private static AgedFixture one(String kind) {
    return FixtureSet.of(FOLDER).fixtures().stream()
        .filter(f -> f.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static List<Path> files(String folder) throws IOException {
    try (Stream<Path> all = Files.walk(ROOT.resolve("testkit").resolve(folder))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(r -> r.group(1)).toList();
  }
}
