package lazaret.cli.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.vetting.crates.CrateId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditsVerbTest {
  private static final String PEER =
      """
      [[audits.alpha]]
      who = "Ann <ann@example.org>"
      criteria = "safe-to-deploy"
      version = "1.0.0"

      [[audits.alpha]]
      who = "Bob"
      criteria = "safe-to-run"
      delta = "1.0.0 -> 1.1.0"
      notes = "the difference only"

      [[audits.beta]]
      criteria = "safe-to-run"
      version = "0.9.0"

      [[audits.beta]]
      who = "Bob"
      criteria = "safe-to-run"
      violation = "<1"
      notes = "reads what is not its own"
      """;

  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);
  private CrateId alpha;
  private CrateId beta;

  @BeforeEach
  void publish() {
    cli = CliFixture.at(folder, gate);
    gate.publish("alpha", "1.0.0", 100);
    alpha = gate.publish("alpha", "1.1.0", 90);
    beta = gate.publish("beta", "1.0.0", 90);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private void importPeer() {
    cli.write("peer.toml", PEER);
    assertThat(cli.run("audits", "import", "peer.toml").out())
        .isEqualTo("audits of 'peer' are in force: 4 entries on 2 crates, 2 versions bound\n");
  }

  private static String normal(String text) {
    return text.replaceAll("sha256 [0-9a-f]{64}", "sha256 ...");
  }

  @Test
  void showTellsWhoVouchesForWhatAndByWhichWay() {
    cli.run("show", "alpha");
    importPeer();
    cli.run(
        "approve", "alpha@1.1.0", "--criteria", "crypto", "--delta", "1.0.0", "--reason", "read");

    GoldenFiles.hold("audits-show-version", normal(cli.run("audits", "show", "alpha@1.1.0").out()));
    GoldenFiles.hold("audits-show-crate", cli.run("audits", "show", "alpha").out());
    GoldenFiles.hold("audits-show", cli.run("audits", "show").out());
    assertThat(cli.run("audits", "show", "alpha@1.1.0", "--json").json().objects("criteria"))
        .extracting(c -> c.words("criterion") + " " + c.words("verdict"))
        .containsExactly("safe-to-run fully", "safe-to-deploy not-vetted", "crypto not-vetted");
  }

  @Test
  void showNamesViolationsAndWhatTheyContradict() {
    cli.run("show", "alpha");
    importPeer();

    GoldenFiles.hold("audits-show-violated", normal(cli.run("audits", "show", "beta@1.0.0").out()));
    assertThat(cli.run("audits", "show", "gamma").out())
        .isEqualTo("no audit or violation of gamma\n");
    assertThat(cli.run("audits", "show", "alpha@9.9.9").exit()).isEqualTo(5);
    assertThat(cli.run("audits", "show", "alpha@^1").exit()).isEqualTo(2);
  }

  @Test
  void verifyAsksWhoVouchesForEachPackage() {
    cli.run("show", "alpha");
    importPeer();
    cli.write("Cargo.lock", LockfileTexts.of(alpha, beta));
    assertThat(cli.run("verify").exit()).isZero();

    CliFixture.Ran refused = cli.run("verify", "--criteria", "safe-to-deploy");

    assertThat(refused.exit()).isEqualTo(1);
    GoldenFiles.hold("verify-criteria", refused.out());

    cli.run("audits", "import", "peer.toml", "--exclude", "beta", "--allow-fewer");
    cli.run("approve", "alpha@1.1.0", "--delta", "1.0.0", "--reason", "read");
    cli.run("approve", "beta@1.0.0", "--criteria", "safe-to-deploy", "--reason", "read");
    // An approval without criteria does not count as an audit.
    assertThat(cli.run("verify", "--criteria", "safe-to-deploy").exit()).isEqualTo(1);
    assertThat(cli.run("audits", "export").out()).doesNotContain("audits.alpha");
    String[] read = {"approve", "alpha@1.1.0", "--delta", "1.0.0", "--reason", "read"};
    cli.run(
        Stream.concat(Stream.of(read), Stream.of("--criteria", "safe-to-deploy"))
            .toArray(String[]::new));
    assertThat(cli.run("audits", "export").out()).contains("delta = \"1.0.0 -> 1.1.0\"");
    assertThat(cli.run("verify", "--criteria", "safe-to-deploy").exit()).isZero();
    assertThat(cli.run("verify", "--criteria", "safe-to-deploy,crypto").exit()).isEqualTo(1);

    cli.run("exempt", "beta@1.0.0", "--expires", "30d", "--reason", "later");
    assertThat(cli.run("verify", "--feed", "x", "--criteria", "safe-to-run").exit()).isEqualTo(2);
  }

  @Test
  void aProjectsStoreBringsItsAuditsItsImportsAndItsExemptions() {
    for (String file : new String[] {"audits.toml", "config.toml", "imports.lock"}) {
      cli.write("app/supply-chain/" + file, project(file));
    }

    CliFixture.Ran ran = cli.run("audits", "import", "app/supply-chain/");

    assertThat(ran.exit()).as(ran.err()).isZero();
    GoldenFiles.hold("audits-import-project", ran.out() + ran.err());
    assertThat(cli.run("audits", "show", "alpha@1.1.0", "--json").json().objects("criteria"))
        .extracting(c -> c.words("criterion") + " " + c.words("verdict"))
        .containsExactly("safe-to-run fully", "safe-to-deploy fully", "crypto not-vetted");
    assertThat(cli.run("expiring").out()).contains("beta").contains("1.0.0").contains("legacy");
    assertThat(cli.run("audits", "import", "app/supply-chain/").out()).doesNotContain("exempted");
  }

  private static String project(String file) {
    return switch (file) {
      case "audits.toml" ->
          """
          [criteria.crypto]
          description = "the algorithms are well used"
          [[trusted.alpha]]
          criteria = "safe-to-deploy"
          user-id = 7
          start = "2026-01-01"
          end = "2026-12-01"
          [audits]
          """;
      case "config.toml" ->
          """
          [cargo-vet]
          version = "0.10"
          [imports.peer]
          url = "https://peer.example/audits.toml"
          [policy.app]
          audit-as-crates-io = false
          [[exemptions.beta]]
          version = "1.0.0"
          criteria = "safe-to-deploy"
          notes = "legacy"
          [[exemptions.alpha]]
          version = "1.0.0"
          criteria = "safe-to-run"
          [[exemptions.zeta]]
          version = "1.0.0"
          criteria = "safe-to-deploy"
          """;
      default ->
          """
          [[publisher.alpha]]
          version = "1.0.0"
          when = "2026-08-16"
          user-id = 7
          user-login = "ann"
          [[audits.peer.audits.alpha]]
          who = "Bob"
          criteria = "safe-to-deploy"
          delta = "1.0.0 -> 1.1.0"
          """;
    };
  }
}
