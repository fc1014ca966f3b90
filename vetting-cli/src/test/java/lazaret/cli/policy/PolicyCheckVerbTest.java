package lazaret.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.PolicyOrigin;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.file.PolicyParseResult;
import lazaret.vetting.policy.file.PolicyReader;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCheckVerbTest {
  private static final String STRICTER =
      """
      cooldown = "1d"
      build-cooldown = "30d"

      [[ban]]
      crate = "alpha"
      reason = "unmaintained"
      use-instead = "beta"

      [[override]]
      crate = "delta"
      what = "cooldown"
      reason = "our own"
      expires = 2027-01-31

      [sources]
      git = ["https://example.org/x"]
      """;

  @TempDir Path folder;
  private final ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);
  private CrateId old = gate.publish("alpha", "1.0.0", 100);
  private CrateId young = gate.publish("beta", "1.2.0", 2);

  @BeforeEach
  void lay() {
    cli = CliFixture.at(folder, gate);
    old = gate.publish("alpha", "1.0.0", 100);
    young = gate.publish("beta", "1.2.0", 2);
    CrateId month = gate.publish("gamma", "0.3.0", 20);
    CrateId own = gate.publish("delta", "0.1.0", 20);
    cli.write("Cargo.lock", LockfileTexts.of(old, young, month, own) + LockfileTexts.git("side"));
    cli.write("policy.toml", STRICTER);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private void inForce(String text) {
    Bytes file = Bytes.utf8(text);
    gate.rules.take(
        policy(text),
        new PolicyOrigin(
            Policy.DEFAULT,
            "/etc/lazaret/policy.toml",
            Sha256.of(file),
            ServerFixture.START,
            null));
  }

  private static Policy policy(String text) {
    PolicyParseResult outcome =
        PolicyReader.read(Bytes.utf8(text), Policy.DEFAULT, ServerFixture.START);
    assertThat(outcome).isInstanceOf(PolicyParseResult.Valid.class);
    return ((PolicyParseResult.Valid) outcome).policy();
  }

  @Test
  void checkShowsWhatEachRuleWouldChangeAndChangesNothing() {
    CliFixture.Ran ran = cli.run("policy", "check", "policy.toml", "--lockfile", "Cargo.lock");

    assertThat(ran.exit()).isEqualTo(1);
    GoldenFiles.hold("policy-check", ran.out());
    assertThat(gate.rules.current().policy()).isEqualTo(Policy.DEFAULT);
    assertThat(cli.run("verify").out()).contains("5 packages").doesNotContain("banned");
  }

  @Test
  void checkPrintsOneJsonDocument() {
    JsonObject document =
        cli.run("--json", "policy", "check", "policy.toml", "--lockfile", "Cargo.lock").json();

    assertThat(document.number("judged")).isEqualTo(5);
    assertThat(document.number("withheld")).isEqualTo(2);
    assertThat(document.number("released")).isEqualTo(1);
    assertThat(document.objects("changes"))
        .filteredOn(c -> c.words("name").equals("alpha"))
        .singleElement()
        .satisfies(c -> assertThat(c.object("after").words("code")).isEqualTo("banned"))
        .satisfies(
            c ->
                assertThat(c.objects("alone"))
                    .extracting(a -> a.words("part"))
                    .containsExactly("ban"));
  }

  @Test
  void aPolicyLikeTheOneInForceChangesNothing() {
    cli.write("policy.toml", "");

    CliFixture.Ran ran = cli.run("policy", "check", "policy.toml", "--lockfile", "Cargo.lock");

    assertThat(ran.exit()).isZero();
    GoldenFiles.hold("policy-check-nothing", ran.out());
  }

  @Test
  void whatOnlySeveralRulesTogetherDoIsShownByItself() {
    inForce("[[ban]]\ncrate = \"gamma\"\nreason = \"old\"\n");
    cli.write("policy.toml", "build-cooldown = \"30d\"\n");

    CliFixture.Ran ran = cli.run("policy", "check", "policy.toml", "--lockfile", "Cargo.lock");

    assertThat(ran.exit()).isEqualTo(1);
    GoldenFiles.hold("policy-check-together", ran.out());
  }

  @Test
  void withoutALockfileEverythingHeldIsJudged() {
    cli.run("prefetch", "alpha@1.0.0");

    CliFixture.Ran ran = cli.run("policy", "check", "policy.toml");

    assertThat(ran.exit()).isEqualTo(1);
    GoldenFiles.hold("policy-check-store", ran.out());
  }

  @Test
  void everyMistakeOfTheFileIsReportedWithItsPlace() {
    cli.write("policy.toml", "cooldwon = \"1d\"\n[deny-toml]\nfile = \"deny.toml\"\n");

    CliFixture.Ran ran = cli.run("policy", "check", "policy.toml");

    assertThat(ran.exit()).isEqualTo(2);
    GoldenFiles.hold("policy-check-wrong", ran.err());
  }

  @Test
  void whatUpstreamCannotBeAskedForIsThree() {
    gate.upstream.switchOff();

    CliFixture.Ran ran = cli.run("policy", "check", "policy.toml", "--lockfile", "Cargo.lock");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.out()).contains("not evaluated: alpha@1.0.0: ");
  }

  @Test
  void aReaderMaySeeThePolicyAndCheckNone() {
    String reader =
        gate.desk().tokens().create("ci", RoleGrants.of(DeskRole.REQUESTER), null, "test").secret();
    cli.environment.put("LAZARET_TOKEN", reader);

    assertThat(cli.run("policy", "show").exit()).isZero();
    CliFixture.Ran ran = cli.run("policy", "check", "policy.toml");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("lacks the role 'reviewer'");
  }

  @Test
  void showPrintsAPolicyFileThatReadsAsThePolicyInForce() {
    inForce(STRICTER);
    gate.clock.advance(Duration.ofDays(3));

    CliFixture.Ran ran = cli.run("policy", "show");

    assertThat(ran.exit()).isZero();
    GoldenFiles.hold("policy-show", ran.out());
    assertThat(policy(ran.out())).isEqualTo(gate.rules.current().policy());
  }

  @Test
  void showTellsWhatRanOutAndThatTheFileIsWrongNow() {
    inForce(STRICTER);
    gate.rules.refuse("/etc/lazaret/policy.toml:1:1: unknown key 'cooldwon'");
    gate.clock.advance(Duration.ofDays(90));

    assertThat(cli.run("policy", "show").out())
        .contains("# the current file is not in force: /etc/lazaret/policy.toml:1:1: unknown")
        .contains("# override of cooldown for delta: expired 2027-02-01 00:00Z (21 days ago)");
    JsonObject document = cli.run("policy", "show", "--json").json();
    assertThat(document.objects("overrides").getFirst().flag("expired")).isTrue();
    assertThat(document.words("refused")).contains("cooldwon");
  }

  @Test
  void showWithoutAFileSaysSo() {
    GoldenFiles.hold("policy-show-default", cli.run("policy", "show").out());
  }

  @Test
  void verifyHoldsBansByWhoDependsOnTheCrate() {
    inForce("[[ban]]\ncrate = \"alpha\"\nreason = \"only through beta\"\nwrappers = [\"beta\"]\n");
    String lock = LockfileTexts.of(old) + "dependencies = []\n";
    String uses =
        lock.replace("version = \"0.1.0\"\n", "version = \"0.1.0\"\ndependencies = [\"alpha\"]\n");
    cli.write("without/Cargo.lock", lock);
    cli.write("with/Cargo.lock", uses);
    cli.write("wrapped/Cargo.lock", uses.replace("name = \"app\"", "name = \"beta\""));

    assertThat(cli.run("verify", "without/Cargo.lock").exit()).isZero();
    assertThat(cli.run("verify", "wrapped/Cargo.lock").exit()).isZero();
    CliFixture.Ran ran = cli.run("verify", "with/Cargo.lock");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("only through beta; depended on by app");
  }

  @Test
  void verifyLetsAllowedSourcesGoRoundTheGate() {
    cli.write("git/Cargo.lock", LockfileTexts.of(old) + LockfileTexts.git("side"));
    assertThat(cli.run("verify", "git/Cargo.lock").exit()).isEqualTo(5);

    inForce("[sources]\ngit = [\"https://example.org/x\"]\n");

    assertThat(cli.run("verify", "git/Cargo.lock").exit()).isZero();
  }
}
