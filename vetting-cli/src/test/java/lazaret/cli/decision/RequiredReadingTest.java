package lazaret.cli.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.policy.ApproverPolicy;
import lazaret.vetting.policy.EvidencePolicy;
import lazaret.vetting.review.ContentRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A policy that requires the whole build script to be read. It holds for each way to approve in a
/// terminal, all of which are requests of the desk API.
class RequiredReadingTest {
  private static final String LEFT = "policy requires the whole build script: 3 lines left";

  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);
  private final CrateId alpha = publish();

  private CrateId publish() {
    return gate.publish(
        CrateBuilder.crate("alpha", "1.0.0").buildScript("fn main() {\n    // x\n}\n"), 1);
  }

  @BeforeEach
  void require() {
    cli = CliFixture.at(folder, gate);
    EvidencePolicy usual = EvidencePolicy.DEFAULT;
    EvidencePolicy reading =
        new EvidencePolicy(
            usual.violation(),
            usual.criteria(),
            usual.cooldown(),
            usual.secondPerson(),
            usual.exemption(),
            usual.longest(),
            new ApproverPolicy(new TreeMap<>(Map.of(ContentRole.BUILD_SCRIPT, 100)), true));
    gate.rules.change(book -> book.with(book.policy().withEvidence(reading)));
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private void refused(String... words) {
    CliFixture.Ran ran = cli.run(words);
    assertThat(ran.err()).as(List.of(words).toString()).contains(LEFT);
    assertThat(ran.exit()).isNotZero();
    assertThat(cli.run("show", "alpha@1.0.0").out()).doesNotContain("approve by");
  }

  @Test
  void noWayToApproveAvoidsTheReading() {
    cli.write("Cargo.lock", LockfileTexts.of(alpha));

    refused("approve", "alpha@1.0.0", "--reason", "fine");
    refused("approve", "alpha@1.0.0", "--reason", "fine", "--full");
    refused("approve", "alpha@^1", "--reason", "fine", "--yes");
    refused("approve", "alpha@*", "--reason", "fine", "--yes");
    refused("approve", "--lockfile", "Cargo.lock", "--reviewed", "--reason", "fine");
    refused(
        "approve", "--lockfile", "Cargo.lock", "--reviewed", "--only-withheld", "--reason", "fine");
  }

  @Test
  void ownReadingOpensTheWay() {
    assertThat(cli.run("review", "alpha@1.0.0", "--mark-read").out()).contains("build-script 3/3");

    CliFixture.Ran ran = cli.run("approve", "alpha@1.0.0", "--reason", "read all");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(cli.run("log", "--json").out()).contains("build-script 3/3");
  }

  @Test
  void readingOfAnotherPersonDoesNotCount() {
    assertThat(cli.run("review", "alpha@1.0.0", "--mark-read").exit()).isZero();
    CliFixture other = CliFixture.at(folder, gate);
    other.environment.put(
        "LAZARET_TOKEN", cli.run("token", "create", "bob", "--scope", "review").out().strip());

    CliFixture.Ran ran = other.run("approve", "alpha@1.0.0", "--reason", "ann read it");

    assertThat(ran.err()).contains(LEFT);
    assertThat(cli.run("show", "alpha@1.0.0").out()).doesNotContain("approve by");
  }
}
