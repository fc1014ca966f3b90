package lazaret.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import lazaret.cli.fixture.CliFixture;
import lazaret.mirror.config.MirrorConfig;
import lazaret.testkit.FrozenBuild;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Data that earlier builds stored, signed and exported, with the commands of the present build.
/// Stores and ledgers are valid, old verdicts are readable, and policies and configuration are
/// accepted. A policy that names files of other tools is refused with the command that converts it.
class FrozenBuildTest {
  static final List<FrozenBuild> BUILDS = FrozenBuild.ALL;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T00:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  private CliFixture cli(FrozenBuild build) {
    build.unpackAll(folder);
    CliFixture cli = new CliFixture(folder, CLOCK);
    cli.environment.put("LAZARET_OFFLINE", "true");
    cli.environment.put("LAZARET_POLICY_FILE", folder.resolve("policy.toml").toString());
    cli.environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    return cli;
  }

  private static String done(CliFixture cli, String... words) {
    CliFixture.Ran ran = cli.run(words);
    assertThat(ran.exit()).as(String.join(" ", words) + "\n" + ran.err() + ran.out()).isZero();
    return ran.out();
  }

  @ParameterizedTest
  @FieldSource("BUILDS")
  void storesAreSoundAndTheLedgerHolds(FrozenBuild build) throws IOException {
    CliFixture cli = cli(build);

    for (String store : List.of("outside", "inside")) {
      assertThat(done(cli, "fsck", "--data-dir", store)).startsWith("intact: ");
      assertThat(done(cli, "log", "verify", "--data-dir", store)).contains("entries, unbroken");
    }
    assertThat(done(cli, "log", "verify", "ledger.ndjson")).contains("entries, unbroken");
    List<String> exported = Files.readAllLines(folder.resolve("ledger.ndjson"));
    assertThat(done(cli, "log", "export", "--data-dir", "outside").lines().toList())
        .startsWith(exported.toArray(String[]::new));
  }

  @ParameterizedTest
  @FieldSource("BUILDS")
  void backupBecomesASoundStore(FrozenBuild build) {
    CliFixture cli = cli(build);

    done(cli, "restore", "backup", "--data-dir", "again");

    assertThat(done(cli, "fsck", "--data-dir", "again")).startsWith("intact: ");
    assertThat(done(cli, "why", "alpha@1.0.1", "--data-dir", "again"))
        .contains("read the difference");
  }

  /// The decisions have their person, artifact and statements.
  @ParameterizedTest
  @FieldSource("BUILDS")
  void decisionsAndVerdictsOfThenAreRead(FrozenBuild build) {
    CliFixture cli = cli(build);
    JsonObject crates =
        JsonObject.parse(Bytes.utf8(build.expected())).object("outside").object("show");

    for (String name : List.of("alpha", "beta", "gamma", "evil", "weak", "changing", "relined")) {
      JsonObject now =
          JsonObject.parse(Bytes.utf8(done(cli, "show", name, "--data-dir", "outside", "--json")));
      List<JsonObject> versions = crates.object(name).objects("versions");
      assertThat(now.objects("versions")).as(name).hasSameSizeAs(versions);
      for (int i = 0; i < versions.size(); i++) {
        JsonObject then = versions.get(i);
        JsonObject version = now.objects("versions").get(i);
        for (String field : List.of("version", "cksum")) {
          assertThat(version.words(field)).isEqualTo(then.words(field));
        }
        // The earlier build wrote `held`.
        assertThat(version.flag("stored")).as(name + " stored").isEqualTo(then.flag("held"));
        assertThat(version.flag("yanked")).as(name + " yanked").isEqualTo(then.flag("yanked"));
      }
    }
    assertThat(cli.run("why", "alpha@1.0.0", "--data-dir", "outside").out())
        .contains("turned out to be bad");
    assertThat(cli.run("why", "changing@1.0.0", "--data-dir", "outside").out()).contains("odd");
    assertThat(
            cli.run("why", "beta@1.0.0", "--at", "2026-11-24T12:00:14Z", "--data-dir", "outside")
                .out())
        .contains("GPL-3.0");
    assertThat(cli.run("who", "alpha@1.0.1", "--data-dir", "outside").out()).contains("ci");
    assertThat(done(cli, "audits", "list", "--data-dir", "outside")).contains("peer");
    assertThat(done(cli, "feed", "list", "--data-dir", "outside"))
        .contains("local", "osv", "rustsec");
    assertThat(done(cli, "show", "gamma@1.0.0", "--data-dir", "outside", "--json"))
        .contains("connect 192.0.2.7:443", "cargo:rustc-cfg=x");
  }

  @ParameterizedTest
  @FieldSource("BUILDS")
  void snapshotsTrustAndTheMarkOfANetworkInsideAreRead(FrozenBuild build) {
    CliFixture cli = cli(build);

    assertThat(done(cli, "bundle", "list", "--data-dir", "inside")).contains("full", "delta");
    assertThat(done(cli, "bundle", "list", "--data-dir", "outside")).contains("full", "delta");
    assertThat(done(cli, "trust", "show", "--data-dir", "inside")).contains("stream prod");
    assertThat(cli.run("why", "alpha@1.0.0", "--data-dir", "inside").out())
        .contains("turned out to be bad");
    assertThat(done(cli, "keys", "show", "keys/me.pub.json")).contains("me");
  }

  @ParameterizedTest
  @FieldSource("BUILDS")
  void policyAndConfigurationOfThenAreTaken(FrozenBuild build) throws IOException {
    CliFixture cli = cli(build);

    assertThat(done(cli, "policy", "test", "policy.toml")).contains("a young version waits");
    assertThat(done(cli, "policy", "from-deny", "deny.toml", "--expires", "2027-06-30"))
        .contains("RUSTSEC-2020-0071", "openssl");
    CliFixture.Ran layers = cli.run("policy", "test", "layers.toml");
    assertThat(layers.exit()).isEqualTo(2);
    assertThat(layers.err())
        .contains(
            "layers.toml:1:1: expected the settings of the policy, found the table [deny-toml]; run"
                + " 'vetting-cli policy from-deny deny.toml > policy.toml'",
            "layers.toml:5:1: ");
    assertThat(cli.run("policy", "check", "policy.toml", "--data-dir", "outside").exit())
        .isLessThan(2);
    Files.createDirectories(folder.resolve("registry/index"));
    MirrorConfig config =
        MirrorConfig.read(
            List.of("--config", folder.resolve("mirror.toml").toString()),
            Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString()));
    assertThat(config.dataDir()).isEqualTo(folder.resolve("outside"));
  }
}
