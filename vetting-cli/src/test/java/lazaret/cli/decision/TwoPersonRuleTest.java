package lazaret.cli.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.vetting.policy.EvidencePolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A policy that requires two persons. One person does not suffice, not even with two tokens.
public class TwoPersonRuleTest {
  public static final String LEAK =
      """
      ```toml
      [advisory]
      id = "%s"
      package = "alpha"
      date = "2026-11-20"
      cvss = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
      [versions]
      patched = [">= 2.0.0"]
      ```
      # Alpha leaks
      """;

  private static final String[] APPROVE = {
    "approve", "alpha@1.0.0", "--reason", "not reachable from our use"
  };

  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);

  @BeforeEach
  void wantTwo() {
    cli = CliFixture.at(folder, gate);
    gate.publish("alpha", "1.0.0", 100);
    EvidencePolicy usual = EvidencePolicy.DEFAULT;
    EvidencePolicy two =
        new EvidencePolicy(
            usual.violation(),
            usual.criteria(),
            usual.cooldown(),
            new TreeSet<>(Arrays.asList(EvidencePolicy.Risk.values())),
            usual.exemption(),
            usual.longest());
    gate.rules.change(book -> book.with(book.policy().withEvidence(two)));
    learn("RUSTSEC-2026-0001");
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private void learn(String id) {
    cli.write("db/crates/alpha/%s.md".formatted(id), LEAK.formatted(id));
    assertThat(cli.run("feed", "import", "db").exit()).isZero();
  }

  /// Returns a command line with its own token.
  private CliFixture as(String token, String... more) {
    String[] words = {"token", "create", token, "--scope", "review"};
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    CliFixture other = CliFixture.at(folder, gate);
    other.environment.put("LAZARET_TOKEN", cli.run(all).out().strip());
    return other;
  }

  @Test
  void aFirstApprovalWaitsForASecondPerson() {
    CliFixture.Ran first = as("alice").run(APPROVE);

    assertThat(first.exit()).isEqualTo(8);
    GoldenFiles.hold("second-person-first", first.out());
    GoldenFiles.hold("second-person-queue", cli.run("queue").out());
    GoldenFiles.hold("second-person-why", cli.run("why", "alpha@1.0.0").out());
    assertThat(cli.run("show", "alpha@1.0.0").out())
        .contains("second-person-needed: alice approved it")
        .contains("approve by alice");

    assertThat(as("bob").run(APPROVE).out()).endsWith("1 approved\n");
    assertThat(cli.run("why", "alpha@1.0.0").exit()).isZero();
    assertThat(cli.run("queue").out()).isEqualTo("nothing waits\n");
  }

  @Test
  void whyAndTheExportNameBothPersons() {
    as("ann")
        .run(
            "approve",
            "alpha@1.0.0",
            "--reason",
            "read the fix",
            "--criteria",
            "safe-to-deploy",
            "--evidence",
            "T-1");
    as("bob").run("approve", "alpha@1.0.0", "--reason", "agree");

    assertThat(cli.run("why", "alpha@1.0.0").out())
        .contains("approved: ann on 2026-11-24T12:00:00Z: read the fix; and bob on ")
        .contains(": agree");
    assertThat(cli.run("audits", "export").out())
        .contains("who = [\"ann\", \"bob\"]")
        .contains("ann: read the fix (evidence: T-1); bob (names no criteria): agree");
  }

  @Test
  void onePersonWithTwoTokensIsOnePerson() {
    as("alice").run(APPROVE);

    CliFixture.Ran again = as("alice-laptop", "--owner", "alice").run(APPROVE);

    assertThat(again.exit()).isEqualTo(8);
    assertThat(again.out()).contains("alpha@1.0.0 is still withheld");
    assertThat(cli.run("why", "alpha@1.0.0").exit()).isEqualTo(1);
    assertThat(cli.run("token", "list").out()).containsPattern("alice-laptop +alice ");
  }

  @Test
  void malwareWantsTwoWhateverThePolicySays() {
    gate.rules.change(book -> book.with(book.policy().withEvidence(EvidencePolicy.DEFAULT)));
    cli.write("ban.toml", "[[advisory]]\nid = \"ACME-1\"\nreason = \"keys\"\ncrate = \"alpha\"\n");
    cli.run("feed", "import", "ban.toml");
    String[] waive = {"approve", "alpha@1.0.0", "--reason", "a false alarm", "--waive", "ACME-1"};

    assertThat(as("alice").run(waive).out()).contains("alice waived it; a second person");
    assertThat(
            cli.run("queue", "--json").json().objects("requests").getFirst().texts("approved_by"))
        .containsExactly("alice");
    as("bob").run(waive);

    assertThat(cli.run("why", "alpha@1.0.0").exit()).isZero();
  }

  @Test
  void anExemptionDoesNotCoverWhatBecomesKnownLater() {
    gate.rules.change(book -> book.with(book.policy().withEvidence(EvidencePolicy.DEFAULT)));
    cli.write("Cargo.lock", LockfileTexts.of(gate.publish("alpha", "1.0.0", 100)));
    List<String> exempt = List.of("approve", "--lockfile", "Cargo.lock", "--reason", "start");

    CliFixture.Ran ran = cli.run(exempt.toArray(String[]::new));

    GoldenFiles.hold("exempt", ran.out());
    assertThat(cli.run("verify").exit()).isZero();
    assertThat(cli.run("expiring").out()).contains("2027-02-22").contains("vulnerable");
    learn("RUSTSEC-2026-0002");
    GoldenFiles.hold("why-exempted-before", cli.run("why", "alpha@1.0.0").out());
    cli.run(exempt.toArray(String[]::new));
    assertThat(cli.run("why", "alpha@1.0.0").exit()).isZero();
    gate.clock.advance(Duration.ofDays(90));
    assertThat(cli.run("why", "alpha@1.0.0").out()).contains("the exemption ran out at 2027-02-22");
  }
}
