package lazaret.cli.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.testkit.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedVerbTest {
  private static final String BAN =
      """
      [[advisory]]
      id = "ACME-1"
      crate = "Alpha"
      versions = ["<1.1"]
      reason = "steals keys"
      """;

  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);

  @BeforeEach
  void publish() {
    cli = CliFixture.at(folder, gate);
    gate.publish("alpha", "1.0.0", 100);
    gate.publish("alpha", "1.1.0", 90);
    assertThat(cli.run("prefetch", "alpha@1.0.0").exit()).isZero();
  }

  @AfterEach
  void close() {
    gate.close();
  }

  @Test
  void newDataWithholdsAtOnceAndNamesWhoHasIt() {
    cli.write("ban.toml", BAN);

    CliFixture.Ran ran = cli.run("feed", "import", "ban.toml", "--json");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.exit()).isZero();
    JsonObject reevaluated = ran.json().object("reevaluated");
    assertThat(reevaluated.number("withdrawn")).isEqualTo(1);
    JsonObject radius = reevaluated.objects("affected").getFirst();
    assertThat(radius.words("version")).isEqualTo("1.0.0");
    assertThat(radius.objects("holders").getFirst().words("token")).isEqualTo("admin");
    assertThat(cli.run("why", "alpha@1.0.0").out()).contains("ACME-1").contains("steals keys");
    assertThat(cli.run("prefetch", "alpha@1.0.0").exit()).isNotZero();
    assertThat(cli.run("log", "--alarms").out())
        .contains("advised-against")
        .contains("no longer served: ACME-1")
        .contains("handed out to admin from");
    cli.write("app/Cargo.lock", LockfileTexts.of(gate.publish("alpha", "1.0.0", 100)));
    cli.run("verify", "app/Cargo.lock");
    GoldenFiles.hold(
        "who",
        cli.run("who", "alpha@1.0.0").out().replaceAll("[0-9a-f]{64}", "SHA256-OF-THE-TEXT"));
    assertThat(cli.run("who", "alpha@1.1.0").out()).contains("no client has it");
  }

  @Test
  void whatAFeedTakesBackIsServedAgain() {
    cli.write("ban.toml", BAN);
    cli.run("feed", "import", "ban.toml");

    CliFixture.Ran ran = cli.run("feed", "remove", "ban");

    assertThat(ran.out()).contains("feed 'ban' is removed").contains("1 released");
    assertThat(cli.run("prefetch", "alpha@1.0.0").exit()).isZero();
    assertThat(cli.run("log").out()).contains("advice-withdrawn");
    assertThat(cli.run("feed", "remove", "ban").exit()).isEqualTo(5);
  }

  @Test
  void aBadFeedIsRefusedAndTheOldOneStays() {
    cli.write("ban.toml", BAN);
    cli.run("feed", "import", "ban.toml");
    cli.write("ban.toml", BAN + "verions = [\"<2\"]\n");

    CliFixture.Ran ran = cli.run("feed", "import", "ban.toml");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("the feed 'ban' is not imported: advisory ACME-1: unknown key 'verions'");
    assertThat(cli.run("feed", "list").out()).contains("ban").contains("local");
    assertThat(cli.run("feed", "show", "acme-1").out()).contains("steals keys");
    assertThat(cli.run("feed", "show", "acme-2").exit()).isEqualTo(5);
  }

  /// The options are checked before a request is sent.
  @Test
  void aWrongOptionIsNamed() {
    cli.write("ban.toml", BAN);

    CliFixture.Ran kind = cli.run("feed", "import", "ban.toml", "--kind", "nvd");
    CliFixture.Ran time = cli.run("feed", "import", "ban.toml", "--as-of", "yesterday");
    CliFixture.Ran future =
        cli.run("feed", "import", "ban.toml", "--as-of", "2027-01-01T00:00:00Z");
    CliFixture.Ran address = cli.run("feed", "import", "https://feeds example/ban.toml");

    assertThat(kind.exit()).isEqualTo(2);
    assertThat(kind.err()).contains("expected --kind rustsec, osv or local, found 'nvd'");
    assertThat(time.exit()).isEqualTo(2);
    assertThat(time.err()).contains("expected --as-of 2026-11-20T00:00:00Z", "found 'yesterday'");
    assertThat(future.exit()).isEqualTo(2);
    assertThat(address.exit()).isEqualTo(2);
    assertThat(address.err())
        .contains("expected an address, found 'https://feeds example/ban.toml'");
    assertThat(cli.run("feed", "list").out()).doesNotContain("ban");
  }

  @Test
  void aFolderOfRecordsIsAFeed() {
    cli.write(
        "db/crates/alpha/RUSTSEC-2026-0001.md",
        """
        ```toml
        [advisory]
        id = "RUSTSEC-2026-0001"
        package = "alpha"
        date = "2026-11-20"
        cvss = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
        [versions]
        patched = [">= 1.1.0"]
        ```
        # Alpha leaks
        """);

    JsonObject taken =
        cli.run("feed", "import", "db", "--as-of", "2026-11-10T00:00:00Z", "--json").json();

    assertThat(taken.words("format")).isEqualTo("rustsec");
    assertThat(taken.number("records")).isEqualTo(1);
    assertThat(cli.run("feed", "list").out()).contains("feed db is 14 days old");
    assertThat(cli.run("feed", "refresh").out()).contains("no feeds are configured");
  }
}
