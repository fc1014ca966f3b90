package lazaret.cli.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.ServerFixture;
import lazaret.testkit.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The queue (S11): its views, and the actions of reviewers on a request.
class QueueVerbTest {
  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);

  @BeforeEach
  void ask() {
    cli = CliFixture.at(folder, gate);
    gate.publish("young", "1.0.0", 2);
    gate.publish("odd", "1.0.0", 100);
    cli.write("ban.toml", "[[advisory]]\nid = \"ACME-1\"\nreason = \"keys\"\ncrate = \"odd\"\n");
    cli.run("feed", "import", "ban.toml");
    cli.run("prefetch", "young@1.0.0", "odd@1.0.0");
    assertThat(names("--all")).containsExactlyInAnyOrder("young", "odd");
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private List<String> names(String... options) {
    return requests(options).stream().map(r -> r.words("name")).toList();
  }

  private List<JsonObject> requests(String... options) {
    String[] words = new String[options.length + 2];
    words[0] = "queue";
    words[1] = "--json";
    System.arraycopy(options, 0, words, 2, options.length);
    CliFixture.Ran ran = cli.run(words);
    assertThat(ran.exit()).as(ran.err()).isZero();
    return ran.json().objects("requests");
  }

  @Test
  void holdsThatEndByThemselvesAreAListOfTheirOwn() {
    assertThat(names()).containsExactly("odd");
    assertThat(names("--holds")).containsExactly("young");
    assertThat(cli.run("queue").out()).contains("not listed: 1 end by themselves (--holds)");
    assertThat(cli.run("queue", "--holds", "--served").exit()).isEqualTo(2);
  }

  @Test
  void listsTheCurrentVerdictAndHidesServedVersions() {
    JsonObject before = requests("--holds").getFirst();
    assertThat(before.words("reason")).isEqualTo("cooldown");
    assertThat(before.object("verdict").words("kind")).isEqualTo("hold");

    gate.clock.advance(Duration.ofDays(30));

    assertThat(names("--holds")).isEmpty();
    JsonObject served = requests("--served").getFirst();
    assertThat(served.words("name")).isEqualTo("young");
    assertThat(served.words("reason")).isEqualTo("cooldown");
    assertThat(served.object("verdict").words("kind")).isEqualTo("allow");
    assertThat(names()).doesNotContain("young");
    assertThat(cli.run("queue", "--all").out()).containsPattern("young +1.0.0 +cooldown +served");
  }

  @Test
  void recordsTheHistoryOfARequestInTheLedger() {
    assertThat(cli.run("queue", "assign", "odd@1.0.0", "--to", "alice").exit()).isZero();
    assertThat(cli.run("queue", "comment", "odd@1.0.0", "asked the author").exit()).isZero();
    assertThat(names("--assigned-to", "alice")).containsExactly("odd");
    assertThat(names("--assigned-to", "bob")).isEmpty();

    CliFixture.Ran closed = cli.run("queue", "close", "odd@1.0.0", "--reason", "not needed");

    assertThat(closed.exit()).isZero();
    GoldenFiles.hold("queue-history", closed.out());
    assertThat(names()).isEmpty();
    assertThat(names("--closed")).containsExactly("odd");
    cli.run("prefetch", "odd@1.0.0");
    assertThat(names()).as("asked for again").isEmpty();
    assertThat(cli.run("queue", "close", "odd@1.0.0", "--reason", "twice").exit()).isEqualTo(2);

    assertThat(cli.run("queue", "reopen", "odd@1.0.0").exit()).isZero();

    assertThat(names()).containsExactly("odd");
    assertThat(cli.run("queue", "reopen", "odd@1.0.0").exit()).isEqualTo(2);
    assertThat(cli.run("queue", "unassign", "odd@1.0.0").exit()).isZero();
    assertThat(cli.run("queue", "show", "odd@1.0.0", "--json").json().objects("history"))
        .extracting(a -> a.words("act"))
        .containsExactly("assign", "comment", "close", "reopen", "unassign");
    assertThat(cli.run("log").out())
        .contains("request-assigned", "request-commented", "request-closed", "request-reopened");
  }

  @Test
  void aDecisionEndsAClosedRequestAndTheNextQuestionIsANewOne() {
    cli.run("queue", "close", "odd@1.0.0", "--reason", "not needed");
    cli.run("approve", "odd@1.0.0", "--reason", "read it");
    cli.run("deny", "odd@1.0.0", "--reason", "no");
    assertThat(cli.run("queue", "show", "odd@1.0.0").exit()).isEqualTo(5);

    cli.run("prefetch", "odd@1.0.0");

    assertThat(names()).containsExactly("odd");
  }

  @Test
  void mistakesAreNamed() {
    assertThat(cli.run("queue", "close", "odd@1.0.0").err()).contains("missing --reason TEXT");
    assertThat(cli.run("queue", "comment", "odd@1.0.0", " ").exit()).isEqualTo(2);
    assertThat(cli.run("queue", "comment", "odd@1.0.0", "x".repeat(2_001)).exit()).isEqualTo(2);
    assertThat(cli.run("queue", "assign", "odd@1.0.0", "--to", "two words").exit()).isEqualTo(2);
    assertThat(cli.run("queue", "close", "none@1.0.0", "--reason", "r").exit()).isEqualTo(5);
    String secret = cli.run("token", "create", "ci", "--scope", "read").out().strip();
    cli.environment.put("LAZARET_TOKEN", secret);
    assertThat(cli.run("queue", "close", "odd@1.0.0", "--reason", "r").err())
        .contains("lacks the role 'reviewer'");
  }
}
