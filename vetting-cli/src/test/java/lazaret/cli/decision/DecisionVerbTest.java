package lazaret.cli.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.cli.report.TerminalCapabilities;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.JsonObject;
import lazaret.vetting.crates.CrateId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionVerbTest {
  private static final TerminalCapabilities TERMINAL =
      new TerminalCapabilities(true, true, false, true, 100);

  private static final String NOSY =
      "fn main() { std::process::Command::new(\"sh\").status().unwrap(); }";

  @TempDir Path folder;

  private ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);
  private CrateId fresh = gate.publish("alpha", "1.2.0", 2);

  @BeforeEach
  void publish() {
    cli = CliFixture.at(folder, gate);
    gate.publish("alpha", "1.0.0", 100);
    fresh = gate.publish("alpha", "1.2.0", 2);
    gate.publish("alpha", "1.2.1", 1);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  @Test
  void anApprovedVersionIsServedAtOnce() {
    CliFixture.Ran ran = cli.run("approve", "alpha@1.2.0", "--reason", "read the diff");

    assertThat(ran.exit()).isZero();
    GoldenFiles.hold("approve", ran.out());
    assertThat(cli.run("why", "alpha@1.2.0").exit()).isZero();
  }

  @Test
  void aDecisionIsBoundToTheSha256AndNamesWhoAndWhy() {
    cli.run(
        "approve",
        "alpha@1.2.0",
        "--reason",
        "ok",
        "--criteria",
        "safe-to-deploy",
        "--evidence",
        "https://example.org/1",
        "--expires",
        "90d");

    JsonObject decision =
        cli.run("why", "alpha@1.2.0", "--json").json().objects("decisions").getFirst();

    assertThat(decision.words("cksum")).isEqualTo(fresh.cksum().hex());
    assertThat(decision.words("by")).isEqualTo("admin");
    assertThat(decision.words("expires")).isEqualTo("2027-02-22T12:00:00Z");
    assertThat(decision.texts("criteria")).containsExactly("safe-to-deploy");
    assertThat(decision.texts("evidence")).containsExactly("https://example.org/1");
  }

  @Test
  void aReasonIsAskedFor() {
    CliFixture.Ran ran = cli.run("approve", "alpha@1.2.0");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("cannot run 'approve': missing --reason TEXT")
        .contains("help: vetting-cli approve --help");
    assertThat(cli.run("approve", "alpha@1.2.0", "--reason", " ").exit()).isEqualTo(2);
  }

  @Test
  void refusesARequirementForSeveralVersionsWithoutYes() {
    CliFixture.Ran ran = cli.run("approve", "alpha@^1.2", "--reason", "ok");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("the requirement selects 2 versions, and there is no terminal to confirm them")
        .contains("--dry-run, then add --yes");
    assertThat(cli.run("why", "alpha@1.2.0").exit()).isEqualTo(1);
  }

  @Test
  void aRequirementSelectsEveryMatchingVersion() {
    CliFixture.Ran ran = cli.run("approve", "alpha@^1.2", "--reason", "ok", "--yes", "--json");

    assertThat(ran.exit()).isZero();
    assertThat(ran.json().objects("recorded").stream().map(d -> d.words("version")))
        .containsExactly("1.2.1", "1.2.0");
  }

  @Test
  void aPersonIsAskedAndMaySayNo() {
    cli.looks = TERMINAL;
    cli.typed = "n\n";

    CliFixture.Ran ran = cli.run("deny", "alpha@*", "--reason", "hijacked");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("deny these 3 versions? [y/N]").contains("nothing was recorded");
    assertThat(cli.run("why", "alpha@1.0.0").exit()).isZero();
  }

  @Test
  void aPersonIsAskedAndMaySayYes() {
    cli.looks = TERMINAL;
    cli.typed = "y\n";

    assertThat(cli.run("deny", "alpha@*", "--reason", "hijacked").exit()).isZero();
    assertThat(cli.run("why", "alpha@1.0.0").exit()).isEqualTo(1);
  }

  @Test
  void aDryRunListsAndRecordsNothing() {
    CliFixture.Ran ran = cli.run("approve", "alpha@^1.2", "--reason", "ok", "--dry-run");

    assertThat(ran.exit()).isZero();
    GoldenFiles.hold("approve-dry-run", ran.out());
    assertThat(cli.run("why", "alpha@1.2.0").exit()).isEqualTo(1);
  }

  @Test
  void revokingTakesBackWhatWasServed() {
    assertThat(cli.run("revoke", "alpha@1.0.0", "--reason", "advisory").exit()).isZero();

    assertThat(cli.run("why", "alpha@1.0.0").out()).contains("because revoked: ");
  }

  @Test
  void whereOneVersionIsUnknownNothingIsRecorded() {
    CliFixture.Ran ran =
        cli.run("approve", "alpha@1.2.0", "alpha@7.0.0", "nosuch@^1", "--reason", "ok");

    assertThat(ran.exit()).isEqualTo(5);
    assertThat(ran.err()).contains("alpha").contains("nosuch");
    assertThat(cli.run("why", "alpha@1.2.0").exit()).isEqualTo(1);
  }

  @Test
  void approvalOnATerminalAsksForTheCriterion() {
    gate.publish(CrateBuilder.crate("beta", "1.0.0"), 100);
    gate.publish(CrateBuilder.crate("beta", "1.1.0").buildScript(NOSY), 2);
    cli.run("prefetch", "beta@1.0.0");
    cli.looks = new TerminalCapabilities(true, false, false, false, 100);
    cli.typed = "yes\n";
    assertThat(cli.run("approve", "beta@1.1.0", "--reason", "ok").exit()).isEqualTo(2);
    cli.typed = "safe-to-deploy\n";

    CliFixture.Ran ran = cli.run("approve", "beta@1.1.0", "--reason", "read it");

    assertThat(ran.exit()).isZero();
    GoldenFiles.hold(
        "approve-vouching", ran.out().replaceAll("1.1.0    [0-9a-f]{12}", "1.1.0    SHA256"));
    assertThat(ran.err())
        .startsWith("type 'safe-to-deploy' to approve the changes from 1.0.0 to beta@1.1.0: ");
    JsonObject decision =
        cli.run("why", "beta@1.1.0", "--json").json().objects("decisions").getFirst();
    assertThat(decision.words("delta")).isEqualTo("1.0.0");
    assertThat(decision.texts("criteria")).containsExactly("safe-to-deploy");
    assertThat(decision.object("context").words("token")).isEqualTo("admin");
    assertThat(decision.object("context").number("inspector_version")).isPositive();
  }

  @Test
  void anApprovalDoesNotLiftADenialThatCameWhileItWasTyped() {
    CliFixture other = CliFixture.at(folder, gate);
    cli.looks = new TerminalCapabilities(true, false, false, false, 100);
    cli.typed = "safe-to-deploy\n";
    cli.asking = () -> other.run("deny", "alpha@1.2.0", "--reason", "hijacked");

    CliFixture.Ran ran = cli.run("approve", "alpha@1.2.0", "--reason", "read it");

    assertThat(ran.exit()).isEqualTo(6);
    assertThat(ran.err()).contains("expected the 0 decisions that were seen, found 1");
    assertThat(cli.run("why", "alpha@1.2.0", "--json").json().objects("decisions")).hasSize(1);
  }

  @Test
  void onATerminalAReaderOfTheWholeSaysSo() {
    gate.publish("beta", "1.0.0", 100);
    gate.publish("beta", "1.1.0", 2);
    cli.run("prefetch", "beta@1.0.0");
    cli.looks = new TerminalCapabilities(true, false, false, false, 100);
    cli.typed = "safe-to-deploy\n";

    CliFixture.Ran ran = cli.run("approve", "beta@1.1.0", "--full", "--reason", "read all");

    assertThat(ran.err()).startsWith("type 'safe-to-deploy' to approve beta@1.1.0: ");
    JsonObject decision =
        cli.run("why", "beta@1.1.0", "--json").json().objects("decisions").getFirst();
    assertThat(decision.has("delta")).isFalse();
    assertThat(
            cli.run("approve", "beta@1.1.0", "--full", "--delta", "1.0.0", "--reason", "r").exit())
        .isEqualTo(2);
  }

  @Test
  void aLockfileIsExemptedWholeForAWhile() {
    cli.write("Cargo.lock", LockfileTexts.of(gate.publish("beta", "1.0.0", 50), fresh));

    CliFixture.Ran ran =
        cli.run("approve", "--lockfile", "Cargo.lock", "--reason", "release", "--json");

    assertThat(ran.exit()).isZero();
    assertThat(ran.json().objects("recorded"))
        .hasSize(2)
        .allMatch(d -> d.words("kind").equals("exempt"))
        .allMatch(d -> d.words("expires").equals("2027-02-22T12:00:00Z"));
    assertThat(cli.run("verify").exit()).isZero();
  }

  @Test
  void approvesAReadLockfileWithoutEndAndKeepsItOverExemptions() {
    cli.write("Cargo.lock", LockfileTexts.of(gate.publish("beta", "1.0.0", 50), fresh));

    CliFixture.Ran ran =
        cli.run("approve", "--lockfile", "Cargo.lock", "--reviewed", "--reason", "all read");

    assertThat(ran.out()).contains("2 approved");
    assertThat(cli.run("expiring").out()).isEqualTo("no approval or exemption expires\n");
    assertThat(cli.run("approve", "--lockfile", "Cargo.lock", "--reason", "start").out())
        .contains("0 exempted, 2 unchanged");
    assertThat(cli.run("expiring").out()).isEqualTo("no approval or exemption expires\n");
  }

  @Test
  void anExemptionLastsNoLongerThanThePolicyLets() {
    cli.write("Cargo.lock", LockfileTexts.of(fresh));

    CliFixture.Ran ran =
        cli.run("approve", "--lockfile", "Cargo.lock", "--reason", "r", "--expires", "2028-11-24");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("the policy allows at most 366 days");
    assertThat(cli.run("approve", "alpha@1.2.0", "--reviewed", "--reason", "r").exit())
        .isEqualTo(2);
    assertThat(
            cli.run("approve", "--lockfile", "Cargo.lock", "--delta", "1.0.0", "--reason", "r")
                .err())
        .contains("add --reviewed");
  }

  @Test
  void ofALockfileOnlyWhatIsWithheldCanBeApproved() {
    cli.write("Cargo.lock", LockfileTexts.of(gate.publish("beta", "1.0.0", 50), fresh));

    CliFixture.Ran ran =
        cli.run(
            "approve", "--lockfile", "Cargo.lock", "--only-withheld", "--reason", "r", "--json");

    List<JsonObject> recorded = ran.json().objects("recorded");
    assertThat(recorded).hasSize(1);
    assertThat(recorded.getFirst().words("name")).isEqualTo("alpha");
  }

  @Test
  void aLockfileWithAForeignChecksumIsTamperedAndNothingIsRecorded() {
    cli.write(
        "Cargo.lock",
        LockfileTexts.of(gate.publish("beta", "1.0.0", 1))
            + LockfileTexts.registered("alpha", "1.2.0", "0".repeat(64)));

    CliFixture.Ran ran = cli.run("approve", "--lockfile", "Cargo.lock", "--reason", "release");

    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.err()).contains("alpha 1.2.0: the lockfile says sha256 000");
    assertThat(cli.run("why", "beta@1.0.0").exit()).isEqualTo(1);
  }

  @Test
  void aBareNameIsRefusedWithTheFormsThatAreMeant() {
    CliFixture.Ran ran = cli.run("approve", "alpha", "--reason", "ok");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("missing the version of 'alpha' (alpha@1.2.3, 'alpha@^1.2', 'alpha@*')");
  }

  @Test
  void everythingThatIsMissingIsNamedAtOnce() {
    assertThat(cli.run("approve").err())
        .contains(
            "cannot run 'approve': missing NAME@VERSION (or --lockfile FILE), and --reason TEXT\n");
    assertThat(cli.run("approve", "serde").err())
        .contains("missing the version of 'serde' (serde@1.2.3, 'serde@^1.2', 'serde@*')")
        .contains(", and --reason TEXT\n");
    assertThat(cli.run("deny", "alpha", "beta", "--reason", " ").err())
        .contains("the version of 'alpha'", "the version of 'beta'", "--reason TEXT (it is empty)");
    assertThat(cli.run("approve", "alpha@1.2.0", "alpha", "--reason", "r").exit()).isEqualTo(2);
  }

  @Test
  void anApprovalThatLeavesAVersionWithheldHasAnExitCodeOfItsOwn() {
    cli.write("ban.toml", "[[advisory]]\nid = \"ACME-1\"\nreason = \"keys\"\ncrate = \"alpha\"\n");
    cli.run("feed", "import", "ban.toml");

    CliFixture.Ran ran = cli.run("approve", "alpha@1.2.0", "--reason", "a false alarm");

    assertThat(ran.exit()).isEqualTo(8);
    assertThat(ran.out()).contains("1 approved", "alpha@1.2.0 is still withheld");
    assertThat(cli.run("approve", "alpha@1.2.1", "--reason", "r", "--json").exit()).isEqualTo(8);
    assertThat(cli.run("deny", "alpha@1.2.0", "--reason", "r").exit()).isZero();
  }

  @Test
  void anExpiryInThePastIsRefused() {
    CliFixture.Ran ran =
        cli.run("approve", "alpha@1.2.0", "--reason", "ok", "--expires", "2020-01-01");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("2020-01-02T00:00:00Z, which is not after now");
  }

  @Test
  void sayingTheSameTwiceChangesNothing() {
    cli.run("approve", "alpha@1.2.0", "--reason", "ok");

    CliFixture.Ran ran = cli.run("approve", "alpha@1.2.0", "--reason", "ok");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("0 approved, 1 unchanged");
  }

  @Test
  void aTokenThatMayOnlyReadCannotDecide() {
    String secret = cli.run("token", "create", "ci", "--scope", "read").out().strip();
    cli.environment.put("LAZARET_TOKEN", secret);

    CliFixture.Ran ran = cli.run("approve", "alpha@1.2.0", "--reason", "ok");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("lacks the role 'reviewer'")
        .contains("token create NAME --role");
  }
}
