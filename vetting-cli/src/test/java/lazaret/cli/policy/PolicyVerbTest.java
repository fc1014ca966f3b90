package lazaret.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.ServerFixture;
import lazaret.testkit.ManualClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyVerbTest {
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
      name = "malware is denied despite an approval"
      crate = "arrayref"
      version = "0.3.10"
      advisories = [{ id = "RUSTSEC-2026-0260", kind = "malware" }]
      approved-by = ["ann", "bob"]
      expect = "deny"
      """;

  @TempDir Path folder;
  private CliFixture cli = new CliFixture(Path.of(""), new ManualClock(ServerFixture.START));

  @BeforeEach
  void start() {
    cli = new CliFixture(folder, new ManualClock(ServerFixture.START));
  }

  @Test
  void examplesThatEndAsTheySayPass() {
    cli.write("policy.toml", EXAMPLES);

    CliFixture.Ran ran = cli.run("policy", "test", "policy.toml");

    assertThat(ran.exit()).isZero();
    GoldenFiles.hold("policy-test", ran.out());
  }

  @Test
  void aDefaultThatIsShorterIsCalledADefault() {
    cli.write("policy.toml", "cooldown = \"30d\"\n");

    assertThat(cli.run("policy", "test", "policy.toml").err())
        .contains("'build-cooldown' is 14d by default, shorter than 'cooldown' with 30d");
  }

  @Test
  void exampleThatEndsOtherwiseIsShownWithItsPlaceAndWhatWasFound() {
    cli.write("policy.toml", EXAMPLES.replace("age = \"2d\"", "age = \"4d\""));

    CliFixture.Ran ran = cli.run("policy", "test", "policy.toml");

    assertThat(ran.exit()).isEqualTo(1);
    GoldenFiles.hold("policy-test-differs", ran.out());
    assertThat(cli.run("--json", "policy", "test", "policy.toml").json().flag("passes")).isFalse();
  }

  @Test
  void everyMistakeIsReportedWithItsPlace() {
    cli.write("policy.toml", "cooldwon = \"1d\"\n[signals]\nhigh = \"no\"\n");

    CliFixture.Ran ran = cli.run("policy", "test", "policy.toml");

    assertThat(ran.exit()).isEqualTo(2);
    GoldenFiles.hold("policy-test-wrong", ran.err());
  }

  @Test
  void missingFileIsDistinguishedFromAPolicyWithoutExamples() {
    assertThat(cli.run("policy", "test", "none.toml").exit()).isEqualTo(2);
    cli.write("policy.toml", "");
    assertThat(cli.run("policy", "test", "policy.toml").out())
        .isEqualTo("policy.toml is a valid policy without examples\n");
  }

  @Test
  void aDenyTomlIsWrittenAsAPolicyThatReads() {
    cli.write(
        "deny.toml",
        """
        [advisories]
        unmaintained = "all"
        ignore = [{ id = "RUSTSEC-2020-0071", reason = "we do not set the environment" }]
        [licenses]
        allow = ["MIT", "Apache-2.0"]
        exceptions = [{ crate = "ring", allow = ["ISC"] }]
        [bans]
        deny = [{ crate = "openssl@0.10", use-instead = "rustls" }]
        """);

    CliFixture.Ran ran = cli.run("policy", "from-deny", "deny.toml", "--expires", "2027-06-30");

    assertThat(ran.exit()).isZero();
    GoldenFiles.hold("policy-from-deny", ran.out());
    cli.write("policy.toml", ran.out());
    assertThat(cli.run("policy", "test", "policy.toml").exit()).isZero();
  }

  @Test
  void keysOfADenyTomlThatMakeNoSenseHereAreReportedWithWhatToDo() {
    cli.write(
        "deny.toml",
        """
        [graph]
        targets = ["x86_64-unknown-linux-gnu"]
        [advisories]
        vulnerability = "deny"
        [licenses]
        confidence-threshold = 0.8
        [bans]
        multiple-versions = "warn"
        wildcrads = "deny"
        """);

    CliFixture.Ran ran = cli.run("policy", "from-deny", "deny.toml");

    assertThat(ran.exit()).isEqualTo(2);
    GoldenFiles.hold("policy-from-deny-wrong", ran.err());
  }

  /// The active lines of the file that `cargo deny init` (0.20.2) writes, with one ban.
  private static final String INIT =
      """
      [graph]
      targets = []
      all-features = false
      no-default-features = false
      [output]
      feature-depth = 1
      [advisories]
      ignore = []
      [licenses]
      allow = []
      confidence-threshold = 0.8
      exceptions = []
      [licenses.private]
      ignore = false
      registries = []
      [bans]
      multiple-versions = "warn"
      wildcards = "allow"
      highlight = "all"
      workspace-default-features = "allow"
      external-default-features = "allow"
      allow = []
      allow-workspace = false
      deny = ["openssl@0.10"]
      skip = []
      skip-tree = []
      [sources]
      unknown-registry = "warn"
      unknown-git = "warn"
      allow-registry = ["https://github.com/rust-lang/crates.io-index"]
      allow-git = []
      [sources.allow-org]
      github = []
      gitlab = []
      bitbucket = []
      """;

  @Test
  void theFileOfCargoDenyInitBecomesAPolicyLeniently() {
    cli.write("deny.toml", INIT);
    assertThat(cli.run("policy", "from-deny", "deny.toml").exit()).isEqualTo(2);

    CliFixture.Ran ran = cli.run("policy", "from-deny", "deny.toml", "--lenient");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("openssl").doesNotContain("licenses");
    assertThat(ran.err())
        .contains("left out: deny.toml:2:1: 'graph.targets' is not supported: ")
        .contains("'bans.skip-tree' is not supported", "'licenses.allow' is empty");
    cli.write("policy.toml", ran.out());
    assertThat(cli.run("policy", "test", "policy.toml").exit()).isZero();
    assertThat(
            cli.run("policy", "from-deny", "deny.toml", "--lenient", "--json")
                .json()
                .objects("left_out"))
        .hasSize(15);
  }

  /// Values that are valid for cargo-deny and require the graph of a project.
  @Test
  void whatNeedsAProjectIsLeftOutLeniently() {
    cli.write(
        "deny.toml",
        """
        [advisories]
        unmaintained = "workspace"
        [[licenses.clarify]]
        crate = "ring"
        expression = "MIT AND ISC"
        license-files = [{ path = "LICENSE", hash = 0xbd0eed23 }]
        """);

    CliFixture.Ran ran = cli.run("policy", "from-deny", "deny.toml", "--lenient");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.err())
        .contains("'advisories.unmaintained' can be all or none here")
        .contains("'licenses.clarify' of 'ring' must name one version");
  }

  @Test
  void wrongValuesStayMistakesLeniently() {
    for (String wrong :
        List.of(
            INIT.replace("deny = [\"openssl@0.10\"]", "dney = [\"openssl@0.10\"]"),
            INIT.replace("unknown-git = \"warn\"", "unknown-git = \"maybe\""),
            INIT + "[")) {
      cli.write("deny.toml", wrong);
      CliFixture.Ran ran = cli.run("policy", "from-deny", "deny.toml", "--lenient");
      assertThat(ran.exit()).as(ran.out()).isEqualTo(2);
      assertThat(ran.out()).isEmpty();
    }
  }
}
