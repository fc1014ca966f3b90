package lazaret.cli.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.ServerFixture;
import lazaret.testkit.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command `why --at`, some time after the gate has replied.
class PastVerdictTest {
  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);

  @BeforeEach
  void publish() {
    cli = CliFixture.at(folder, gate);
    gate.publish("alpha", "1.0.0", 100);
    gate.publish("alpha", "1.2.0", 2);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  /// Compares with a golden file. Policies and inspectors change with the program and are replaced.
  private static void hold(String name, CliFixture.Ran ran) {
    GoldenFiles.hold(
        name,
        ran.out()
            .replaceAll("generation [0-9a-f]{16}", "generation GENERATION")
            .replaceAll("by inspector [0-9]+", "by inspector NUMBER"));
  }

  @Test
  void whatWasRefusedIsExplainedAsItWasGiven() {
    assertThat(cli.run("prefetch", "alpha@1.2.0").exit()).isEqualTo(1);
    gate.clock.advance(Duration.ofDays(1));
    cli.run("approve", "alpha@1.2.0", "--reason", "read the diff", "--expires", "30d");
    gate.clock.advance(Duration.ofDays(2));

    CliFixture.Ran then = cli.run("why", "alpha@1.2.0", "--at", "2026-11-24T20:00:00Z");

    assertThat(then.exit()).isEqualTo(1);
    hold("why-at-recorded", then);
    hold("why-at-decided", cli.run("why", "alpha@1.2.0", "--at", "2026-11-26"));
    JsonObject past = cli.run("why", "alpha@1.2.0", "--at", "1d", "--json").json();
    assertThat(past.words("source")).isEqualTo("recorded");
    assertThat(past.flag("served")).isTrue();
    assertThat(past.object("recorded").object("context").words("policy")).hasSize(16);
  }

  @Test
  void theFeedsOfThatTimeAreNamed() {
    cli.run("prefetch", "alpha@1.0.0");
    cli.write(
        "ban.toml", "[[advisory]]\nid = \"ACME-1\"\nreason = \"steals\"\ncrate = \"alpha\"\n");
    gate.clock.advance(Duration.ofDays(1));
    cli.run("feed", "import", "ban.toml");
    gate.clock.advance(Duration.ofDays(1));
    cli.run("feed", "remove", "ban");
    gate.clock.advance(Duration.ofDays(1));

    CliFixture.Ran then = cli.run("why", "alpha@1.0.0", "--at", "2026-11-25T18:00:00Z");

    assertThat(then.exit()).isEqualTo(1);
    hold("why-at-advised", then);
    assertThat(cli.run("why", "alpha@1.0.0", "--at", "1h").exit()).isZero();
    hold("why-at-aged", cli.run("why", "alpha@1.0.0", "--at", "60h"));
  }

  @Test
  void reportsNoVerdictAfterAHoldThatEndedWithoutARequest() {
    cli.run("prefetch", "alpha@1.2.0");
    gate.clock.advance(Duration.ofDays(20));

    CliFixture.Ran then = cli.run("why", "alpha@1.2.0", "--at", "2d");

    assertThat(then.exit()).isEqualTo(5);
    hold("why-at-not-recorded", then);
  }

  @Test
  void servingByAgeHasNoVerdictAndEndsWithZero() {
    cli.run("prefetch", "alpha@1.0.0");
    gate.clock.advance(Duration.ofHours(6));

    CliFixture.Ran ran = cli.run("why", "alpha@1.0.0", "--at", "1h", "--json");

    assertThat(ran.exit()).isZero();
    assertThat(ran.json().words("source")).isEqualTo("aged");
    assertThat(ran.json().flag("served")).isTrue();
    assertThat(ran.json().has("verdict")).isFalse();
  }

  @Test
  void whatTheGateDidNotKnowIsFive() {
    gate.clock.advance(Duration.ofDays(5));
    cli.run("prefetch", "alpha@1.2.0");

    CliFixture.Ran then = cli.run("why", "alpha@1.2.0", "--at", "2026-11-25");

    assertThat(then.exit()).isEqualTo(5);
    hold("why-at-unknown", then);
  }

  @Test
  void aMomentThatIsNotPastIsAMistake() {
    assertThat(cli.run("why", "alpha@1.2.0", "--at", "2027-01-01").exit()).isEqualTo(2);
    assertThat(cli.run("why", "alpha@1.2.0", "--at", "soon").err())
        .contains("--at is 'soon', expected a span");
    assertThat(cli.run("why", "alpha@1.2.0", "--at", "2026-11-24").exit()).isEqualTo(5);
  }
}
