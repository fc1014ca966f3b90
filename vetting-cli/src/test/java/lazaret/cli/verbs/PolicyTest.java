package lazaret.cli.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTest {
  private static final String EXAMPLES =
      """
      cooldown = "3d"
      build-cooldown = "10d"

      [[test]]
      name = "two days are too few"
      crate = "serde"
      age = "2d"
      expect = "hold"
      reason = "cooldown"

      [[test]]
      name = "malware is denied whoever approved"
      crate = "arrayref"
      version = "0.3.10"
      advisories = [{ id = "RUSTSEC-2026-0260", kind = "malware" }]
      approved-by = ["ann", "bob"]
      expect = "deny"
      """;

  @TempDir Path folder;
  private Cli cli = new Cli(Path.of(""), new Gatehouse.MovableClock());

  @BeforeEach
  void start() {
    cli = new Cli(folder, new Gatehouse.MovableClock());
  }

  @Test
  void examplesThatEndAsTheySayPass() {
    cli.write("policy.toml", EXAMPLES);

    Cli.Ran ran = cli.run("policy", "test", "policy.toml");

    assertThat(ran.exit()).isZero();
    Golden.hold("policy-test", ran.out());
  }

  @Test
  void exampleThatEndsOtherwiseIsShownWithItsPlaceAndWhatWasFound() {
    cli.write("policy.toml", EXAMPLES.replace("age = \"2d\"", "age = \"4d\""));

    Cli.Ran ran = cli.run("policy", "test", "policy.toml");

    assertThat(ran.exit()).isEqualTo(1);
    Golden.hold("policy-test-differs", ran.out());
    assertThat(cli.run("--json", "policy", "test", "policy.toml").json().flag("passes")).isFalse();
  }

  @Test
  void everyMistakeIsToldWithItsPlace() {
    cli.write("policy.toml", "cooldwon = \"1d\"\n[signals]\nhigh = \"no\"\n");

    Cli.Ran ran = cli.run("policy", "test", "policy.toml");

    assertThat(ran.exit()).isEqualTo(2);
    Golden.hold("policy-test-wrong", ran.err());
  }

  @Test
  void fileThatIsNotThereIsToldFromAPolicyWithoutExamples() {
    assertThat(cli.run("policy", "test", "none.toml").exit()).isEqualTo(2);
    cli.write("policy.toml", "");
    assertThat(cli.run("policy", "test", "policy.toml").out())
        .isEqualTo("policy.toml is a policy and holds no examples\n");
  }
}
