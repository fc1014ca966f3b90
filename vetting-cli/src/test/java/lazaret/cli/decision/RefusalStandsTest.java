package lazaret.cli.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Dependency;
import lazaret.vetting.crates.CrateId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A denial or revocation by a person is in force until an approval names the version. Orders for
/// many versions do not lift it.
class RefusalStandsTest {
  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);

  @BeforeEach
  void deny() {
    cli = CliFixture.at(folder, gate);
    CrateId evil = gate.publish("qzevil", "1.0.0", 100);
    CrateId revoked = gate.publish("qzevil", "1.1.0", 100);
    CrateId young = gate.publish("beta", "1.2.0", 2);
    cli.write("Cargo.lock", LockfileTexts.of(evil, young));
    cli.write("revoked/Cargo.lock", LockfileTexts.of(revoked, young));
    cli.run("deny", "qzevil@1.0.0", "--reason", "stolen account");
    cli.run("revoke", "qzevil@1.1.0", "--reason", "reads credentials");
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private void stands(String version, String... words) {
    long before = cli.run("log", "--json").json().objects("events").size();

    CliFixture.Ran ran = cli.run(words);

    assertThat(ran.exit()).as(String.join(" ", words)).isEqualTo(1);
    assertThat(ran.err())
        .contains("qzevil " + version, "only an approval that names it lifts that")
        .contains("vetting-cli approve qzevil@" + version);
    assertThat(cli.run("log", "--json").json().objects("events"))
        .as("nothing is recorded, of no version of the order")
        .hasSize((int) before);
    assertThat(cli.run("why", "qzevil@" + version).exit()).isEqualTo(1);
  }

  @Test
  void exemptionOfALockfileLiftsNoDenial() {
    stands("1.0.0", "approve", "--lockfile", "Cargo.lock", "--only-withheld", "--reason", "build");
    stands("1.0.0", "approve", "--lockfile", "Cargo.lock", "--reason", "build");
  }

  @Test
  void exemptionOfALockfileLiftsNoRevocation() {
    stands("1.1.0", "approve", "--lockfile", "revoked/Cargo.lock", "--reason", "build");
  }

  @Test
  void approvalOfALockfileLiftsNoDenial() {
    stands("1.0.0", "approve", "--lockfile", "Cargo.lock", "--reviewed", "--reason", "read all");
  }

  @Test
  void approvalOfARequirementLiftsNoDenial() {
    stands("1.0.0", "approve", "qzevil@^1", "--yes", "--reason", "all of them");
    stands("1.0.0", "approve", "qzevil@>=1.0.0, <1.0.1", "--yes", "--reason", "one by requirement");
  }

  @Test
  void aNameInAnOrderOfManyLiftsNoDenial() {
    stands("1.0.0", "approve", "qzevil@1.0.0", "beta@^1", "--yes", "--reason", "both");
  }

  @Test
  void approvalByNameLiftsItAndThenTheExemptionIsFree() {
    assertThat(cli.run("approve", "qzevil@1.0.0", "--reason", "read it again").exit()).isZero();
    assertThat(cli.run("approve", "--lockfile", "Cargo.lock", "--reason", "build").exit()).isZero();
    assertThat(cli.run("verify").exit()).isZero();
  }

  @Test
  void exemptionsOfAnImportedStoreLiftNoDenial() {
    cli.write(
        "supply-chain/config.toml",
        """
        [cargo-vet]
        version = "0.10"
        [[exemptions.qzevil]]
        version = "1.0.0"
        criteria = "safe-to-deploy"
        """);
    cli.write("supply-chain/audits.toml", "[audits]\n");

    CliFixture.Ran ran = cli.run("audits", "import", "supply-chain");

    assertThat(ran.out() + ran.err()).contains("qzevil");
    assertThat(cli.run("why", "qzevil@1.0.0").exit()).isEqualTo(1);
  }

  @Test
  void auditsOfOthersLiftNoDenial() {
    cli.write(
        "audits.toml",
        """
        [[audits.qzevil]]
        who = "Peer <peer@example.org>"
        criteria = "safe-to-deploy"
        version = "1.0.0"
        """);

    assertThat(cli.run("audits", "import", "audits.toml").exit()).isZero();
    assertThat(cli.run("why", "qzevil@1.0.0").exit()).isEqualTo(1);
  }

  /// The plan of a closure omits refused versions. The order itself would be refused, too.
  @Test
  void approvalOfAClosureLiftsNoDenial() {
    gate.publish(
        CrateBuilder.crate("carrier", "1.0.0").dependency(Dependency.on("qzevil", "=1.0.0")), 100);

    cli.run("closure", "carrier@1.0.0", "--approve", "--yes", "--reason", "all of it");

    assertThat(cli.run("why", "qzevil@1.0.0").exit()).isEqualTo(1);
  }
}
