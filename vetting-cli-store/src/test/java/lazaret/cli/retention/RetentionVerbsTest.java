package lazaret.cli.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.ServerFixture;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionVerbsTest {
  private static final String UNUSED =
      "[[rule]]\nname = \"unused\"\nunused-for = \"30d\"\nlarger-than = \"1B\"\n";

  private static final String RULES = Sha256.of(Bytes.utf8(UNUSED)).hex();

  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);

  @BeforeEach
  void stored() {
    cli = CliFixture.at(folder, gate);
    for (String name : new String[] {"alpha", "beta"}) {
      var _ = gate.publish(name, "1.0.0", 100);
      assertThat(cli.run("prefetch", name + "@1.0.0").exit()).isZero();
    }
  }

  @AfterEach
  void close() {
    gate.close();
  }

  /// Tries the rules: the artifacts count as used today. Then the days pass.
  private void pass(int days) {
    gate.retentionRules = UNUSED;
    assertThat(cli.run("retention", "try").exit()).isZero();
    gate.clock.advance(Duration.ofDays(days));
  }

  @Test
  void listsArtifactsWithTheirReasons() {
    assertThat(cli.run("deny", "beta@1.0.0", "--reason", "stolen account").exit()).isZero();

    CliFixture.Ran ran = cli.run("inventory");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out().lines().toList())
        .satisfiesExactly(
            head -> assertThat(head).startsWith("CRATE").endsWith("KEPT FOR"),
            alpha -> assertThat(alpha).startsWith("alpha").contains(" B "),
            beta -> assertThat(beta).startsWith("beta").endsWith("decision"),
            total -> assertThat(total).startsWith("2 artifacts are stored; the store occupies "));
    assertThat(cli.run("inventory", "--crate", "beta").out()).doesNotContain("alpha");
    assertThat(cli.run("inventory", "--crate", "no name").exit()).isEqualTo(2);
  }

  @Test
  void inventoryNamesTheRuleAndHasJson() {
    pass(40);

    assertThat(cli.run("inventory").out()).contains("is removed by 'unused'");
    assertThat(cli.run("inventory", "--json").out())
        .contains("\"rule\":\"unused\"")
        .contains("\"total\":2");
  }

  @Test
  void triesThenResumes() {
    pass(40);
    assertThat(cli.run("retention", "status").out()).contains("rules     paused: ");

    CliFixture.Ran tried = cli.run("retention", "try");

    assertThat(tried.exit()).as(tried.err()).isZero();
    assertThat(tried.out())
        .contains("alpha", "beta", "unused", "2 artifacts with ")
        .endsWith("next: vetting-cli retention resume " + RULES + " --reason TEXT\n");
    CliFixture.Ran resumed = cli.run("retention", "resume", RULES, "--reason", "not in use");
    assertThat(resumed.exit()).as(resumed.err()).isZero();
    assertThat(resumed.out()).isEqualTo("the rules are in force\n");
    assertThat(cli.run("retention", "status").out())
        .contains("rules     in force", "file      " + RULES, " by ", ": 2 artifacts, ");
    assertThat(cli.run("retention", "status", "--json").json().fields())
        .containsEntry("state", "in-force");
    assertThat(cli.run("log").out()).contains("not in use");
  }

  @Test
  void resumesOnlyWhatWasTried() {
    gate.retentionRules = UNUSED;

    CliFixture.Ran ran = cli.run("retention", "resume", RULES, "--reason", "hurry");

    assertThat(ran.exit()).isEqualTo(6);
    assertThat(ran.err()).contains("expected a trial of them, found none; try them first");
    assertThat(cli.run("retention", "resume", "abc", "--reason", "hurry").exit()).isEqualTo(2);
    assertThat(cli.run("retention", "resume", RULES).exit()).isEqualTo(2);
  }

  @Test
  void mistakesOfTheFileAreUsage() {
    gate.retentionRules = "size = 3\n";

    CliFixture.Ran ran = cli.run("retention", "try");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("1:1: unknown key 'size'");
    assertThat(cli.run("retention", "status").out()).startsWith("rules     invalid: ");
  }

  @Test
  void rulesThatRemoveNothingSaySo() {
    gate.retentionRules = UNUSED;

    assertThat(cli.run("retention", "try").out())
        .contains("2 artifacts with ")
        .endsWith(
            "nothing would be removed now\nnext: vetting-cli retention resume "
                + RULES
                + " --reason TEXT\n");
    assertThat(cli.run("retention", "resume", RULES, "--reason", "from now on").exit()).isZero();
  }
}
