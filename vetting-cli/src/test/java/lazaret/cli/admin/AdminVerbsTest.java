package lazaret.cli.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.ServerFixture;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens, ledger and import through a server, and the cargo configuration for it.
class AdminVerbsTest {
  @TempDir Path folder;

  private ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);

  @BeforeEach
  void start() {
    cli = CliFixture.at(folder, gate);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  @Test
  void aNewTokensSecretIsPrintedAloneAndOnce() {
    CliFixture.Ran ran =
        cli.run("token", "create", "ci", "--scope", "read,review", "--expires", "90d");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).matches("lzr_[0-9a-f]{64}\n");
    assertThat(ran.err())
        .contains("token 'ci' (requester, reviewer) is valid until 2027-02-22 12:00Z")
        .doesNotContain("lzr_");
    assertThat(cli.run("token", "list").out()).contains("ci").doesNotContain("lzr_");
  }

  @Test
  void aRevokedTokenDoesNotWork() {
    String secret = cli.run("token", "create", "ci", "--scope", "read").out().strip();

    assertThat(cli.run("token", "revoke", "ci").exit()).isZero();

    cli.environment.put("LAZARET_TOKEN", secret);
    CliFixture.Ran ran = cli.run("status");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("cannot read the status: the token was revoked\n")
        .contains("the token came from environment variable LAZARET_TOKEN\n")
        .contains("name another token with --token-file")
        .doesNotContain(secret);
  }

  @Test
  void aRefusedTokenIsNamedByItsOriginAndByTheReason() {
    String unknown = "lzr_" + "0".repeat(64);
    cli.environment.remove("LAZARET_TOKEN");
    cli.write("other.token", unknown);
    assertThat(cli.run("status", "--token-file", "other.token").err())
        .contains("the token is unknown to this gate\n")
        .containsPattern("the token came from token file '.*other.token'\n");
    cli.environment.put("LAZARET_TOKEN", gate.secret);
    String day =
        cli.run("token", "create", "ci", "--scope", "read", "--expires", "1d").out().strip();
    gate.clock.advance(java.time.Duration.ofDays(3));
    cli.environment.put("LAZARET_TOKEN", day);
    assertThat(cli.run("status").err()).contains("the token expired at 2026-11-25");
    cli.environment.remove("LAZARET_TOKEN");
    assertThat(cli.run("status").err())
        .contains("the desk needs a token\n", "name a token with --token-file")
        .doesNotContain("came from");
  }

  @Test
  void aTokenThatIsNotThereIsFive() {
    assertThat(cli.run("token", "revoke", "nosuch").exit()).isEqualTo(5);
  }

  @Test
  void aTokenNeedsAScopeAndAGoodName() {
    assertThat(cli.run("token", "create", "ci").exit()).isEqualTo(2);
    assertThat(cli.run("token", "create", "ci", "--scope", "all").err())
        .contains("read, prefetch, review or admin");
    assertThat(cli.run("token", "create", "a b", "--scope", "read").exit()).isEqualTo(2);
    assertThat(cli.run("token").exit()).isEqualTo(2);
  }

  @Test
  void eventsTellDecisionsAndNotices() {
    gate.publish("alpha", "1.0.0", 2);
    cli.run("approve", "alpha@1.0.0", "--reason", "read it");

    CliFixture.Ran ran = cli.run("log");

    assertThat(ran.exit()).isZero();
    GoldenFiles.hold("log", ran.out());
    assertThat(cli.run("log", "--after", "1", "--json").json().objects("events")).hasSize(1);
    assertThat(cli.run("log", "--alarms").out()).isEmpty();
  }

  @Test
  void followedEventsAreOneDocumentALine() {
    cli.run("token", "create", "ci", "--scope", "read");
    Thread.currentThread().interrupt();

    CliFixture.Ran ran = cli.run("log", "--follow", "--json");

    assertThat(Thread.interrupted() || ran.exit() == 3).isTrue();
  }

  @Test
  void cargoConfigNamesTheGatesOwnAddress() {
    CliFixture.Ran ran = cli.run("cargo-config");

    assertThat(ran.exit()).isZero();
    GoldenFiles.hold("cargo-config", ran.out().replace(gate.url(), "http://127.0.0.1:PORT"));
  }

  @Test
  void cargoConfigNamesACredentialProviderAndNoSecret() {
    gate.requireTokens();

    CliFixture.Ran ran = cli.run("cargo-config");

    GoldenFiles.hold("cargo-config-auth", ran.out().replace(gate.url(), "http://127.0.0.1:PORT"));
    cli.environment.remove("LAZARET_TOKEN");
    assertThat(cli.run("cargo-config").out()).isEqualTo(ran.out()).doesNotContain("lzr_");
  }

  @Test
  void cargoConfigWithoutAGateIsThree() {
    gate.stopServer();

    assertThat(cli.run("cargo-config").exit()).isEqualTo(3);
  }

  @Test
  void aFolderOfAnotherMirrorIsTakenOverAndNothingOfItIsVetted() {
    Path mirror = folder.resolve("mirror");
    FixtureRegistry registry =
        FixtureRegistry.of(
                CrateBuilder.crate("gamma", "1.0.0"), CrateBuilder.crate("gamma", "1.1.0"))
            .publish(
                CrateBuilder.crate("Delta", "1.0.0"),
                line -> line.pubtime(ServerFixture.START.minus(Duration.ofDays(90))));
    registry.removeArtifact("gamma", "1.1.0").writeTo(mirror);
    gate.upstream.switchOff();

    CliFixture.Ran ran = cli.run("import", "mirror", "--json");

    assertThat(ran.exit()).isZero();
    JsonObject document = ran.json();
    assertThat(document.number("crates")).isEqualTo(2);
    assertThat(document.number("artifacts_imported")).isEqualTo(2);
    assertThat(document.number("versions_without_a_file")).isEqualTo(1);
    assertThat(cli.run("why", "gamma@1.0.0").exit()).isEqualTo(1);
    assertThat(cli.run("why", "Delta@1.0.0").exit()).isZero();
    assertThat(cli.run("log").out()).contains("imported");
  }

  @Test
  void anImportGoesOnWhereItStopped() {
    FixtureRegistry.of(CrateBuilder.crate("gamma", "1.0.0")).writeTo(folder.resolve("mirror"));
    cli.run("import", "mirror");

    JsonObject again = cli.run("import", "mirror", "--json").json();

    assertThat(again.number("artifacts_imported")).isZero();
    assertThat(again.number("artifacts_stored_before")).isEqualTo(1);
  }

  @Test
  void wrongBytesInAFolderAreFourAndTheRestIsTaken() {
    FixtureRegistry.of(CrateBuilder.crate("gamma", "1.0.0"), CrateBuilder.crate("delta", "1.0.0"))
        .artifact("gamma", "1.0.0", Bytes.utf8("rotten"))
        .writeTo(folder.resolve("mirror"));

    CliFixture.Ran ran = cli.run("import", "mirror");

    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.out()).contains("gamma 1.0.0  cksum-mismatch").contains("1 artifacts imported");
  }

  @Test
  void aHostileArchiveInAFolderIsRefused() {
    FixtureRegistry.of(CrateBuilder.crate("gamma", "1.0.0").traversal())
        .writeTo(folder.resolve("mirror"));

    CliFixture.Ran ran = cli.run("import", "mirror");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("refused-by-policy");
  }

  @Test
  void aFolderThatIsNotThereIsTwo() throws Exception {
    assertThat(cli.run("import", "nothing").exit()).isEqualTo(2);
    Files.createDirectories(folder.resolve("empty"));
    assertThat(cli.run("import", "empty").exit()).isZero();
  }
}
