package lazaret.cli.decision;

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

class ExpiringVerbTest {
  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);

  @BeforeEach
  void publish() {
    cli = CliFixture.at(folder, gate);
    gate.publish("alpha", "1.0.0", 100);
    gate.publish("alpha", "1.2.0", 2);
    gate.publish("alpha", "1.2.1", 1);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private void approve(String spec, String expires) {
    assertThat(
            cli.run("approve", spec, "--reason", "release 2.1", "--expires", expires, "--yes")
                .exit())
        .isZero();
  }

  @Test
  void whatRunsOutFirstComesFirstAndWhatIsNotNeededIsReported() {
    approve("alpha@1.2.1", "30d");
    approve("alpha@1.0.0", "10d");

    GoldenFiles.hold("expiring", cli.run("expiring").out());
  }

  @Test
  void approvalWithoutAnEndIsNoDebtAndNeitherIsWhatWasTakenBack() {
    assertThat(cli.run("approve", "alpha@1.2.0", "--reason", "read").exit()).isZero();
    approve("alpha@1.2.1", "30d");
    assertThat(cli.run("deny", "alpha@1.2.1", "--reason", "no").exit()).isZero();

    assertThat(cli.run("expiring").out()).isEqualTo("no approval or exemption expires\n");
  }

  @Test
  void whatHasRunOutIsReportedUntilItIsSettled() {
    approve("alpha@1.2.1", "5d");
    gate.clock.advance(Duration.ofDays(6));

    JsonObject line = cli.run("--json", "expiring").json().objects("expiring").getFirst();

    assertThat(line.flag("expired")).isTrue();
    assertThat(line.flag("needed")).isTrue();
    assertThat(line.words("without")).startsWith("cooldown: ");
  }
}
