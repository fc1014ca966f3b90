package lazaret.cli.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.ServerFixture;
import lazaret.testkit.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovalsVerbTest {
  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);

  @BeforeEach
  void publish() {
    cli = CliFixture.at(folder, gate);
    for (String name : new String[] {"alpha", "beta", "gamma"}) {
      gate.publish(name, "1.0.0", 100);
      assertThat(cli.run("show", name).exit()).isZero();
    }
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private void vanish(String... names) {
    gate.clock.advance(Duration.ofMinutes(11));
    for (String name : names) {
      gate.registry.removeLine(name, "1.0.0");
      assertThat(cli.run("show", name).exit()).isZero();
    }
  }

  @Test
  void nothingIsUnconfirmedAtFirst() {
    assertThat(cli.run("removals").out()).isEqualTo("no removal upstream is unconfirmed\n");
    assertThat(cli.run("status").out()).doesNotContain("removals");
  }

  @Test
  void aCrateThatVanishedIsListedAndItsVersionIsServedWithTheReason() {
    vanish("alpha");

    assertThat(cli.run("removals").out()).contains("alpha").contains("removal-unconfirmed");
    assertThat(cli.run("status").out()).contains("1 unconfirmed (vetting-cli removals)");
    assertThat(cli.run("why", "alpha@1.0.0").out()).contains("removal-unconfirmed");
    assertThat(cli.run("log").out()).contains("removal-unconfirmed");
  }

  @Test
  void tooManyAreAnAlarmUntilAPersonConfirms() {
    vanish("alpha", "beta", "gamma");

    assertThat(cli.run("removals").out()).contains("very many crates vanished since");
    assertThat(cli.run("status").out()).contains("vetting-cli removals --confirm");
    JsonObject listed = cli.run("--json", "removals").json();
    assertThat(listed.objects("removals")).hasSize(3);
    assertThat(listed.text("mass_since")).isPresent();

    assertThat(cli.run("removals", "--confirm").out())
        .isEqualTo("confirmed: upstream is asked again for 3 crates\n");
    assertThat(cli.run("removals").out())
        .contains("confirmed by a person")
        .doesNotContain("very many");
    assertThat(cli.run("log").out()).contains("mass-removal").contains("removals-confirmed");
  }
}
