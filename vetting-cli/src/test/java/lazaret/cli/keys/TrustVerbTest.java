package lazaret.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import lazaret.cli.fixture.CheapKeys;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.ServerFixture;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.testkit.JsonObject;
import lazaret.testkit.ManualClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The trust of a store inside, on the command line.
class TrustVerbTest {
  private static final String SECRET = "correct horse battery";

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock(ServerFixture.START);
  private CliFixture cli = new CliFixture(Path.of(""), clock);
  private String fingerprint = "";

  @BeforeEach
  void start() {
    cli = new CliFixture(folder, clock);
    cli.environment.put("LAZARET_PASSPHRASE", SECRET);
    cli.environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    fingerprint = root("keys");
  }

  private String root(String keys) {
    CheapKeys.write(folder.resolve(keys), SECRET, "me", "decisions");
    CliFixture.Ran made =
        cli.run(
            "keys", "ceremony", "--operator", "me", "--stream", "prod", "--out", keys, "--json");
    assertThat(made.exit()).as(made.err()).isZero();
    return made.json().words("fingerprint");
  }

  private CliFixture.Ran init(String keys, String words) {
    return cli.run(
        "trust",
        "init",
        "--data-dir",
        "data",
        "--root",
        keys + "/roots/1.root.json",
        "--fingerprint",
        words);
  }

  @Test
  void aRootIsBelievedWhoseFingerprintWasTyped() throws IOException {
    CliFixture.Ran ran = init("keys", fingerprint.toUpperCase(java.util.Locale.ROOT));

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("now trusted by the store in ", fingerprint);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data"))))
        .isEqualTo("rwx------");
    assertThat(init("keys", fingerprint).exit()).isZero();
    CliFixture.Ran shown = cli.run("trust", "show", "--data-dir", "data");
    assertThat(shown.out()).contains(fingerprint, "high-water mark   none");
    JsonObject json = cli.run("trust", "show", "--data-dir", "data", "--json").json();
    assertThat(json.words("stream")).isEqualTo("prod");
    assertThat(json.number("version")).isEqualTo(1);
  }

  @Test
  void anotherFingerprintOrAnotherRootIsNot() {
    String other = root("others");
    CliFixture.Ran ran = init("keys", other);
    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.err()).contains("do not continue before you know why");
    assertThat(folder.resolve("data")).doesNotExist();

    assertThat(init("keys", fingerprint).exit()).isZero();
    CliFixture.Ran second = init("others", other);
    assertThat(second.exit()).isEqualTo(3);
    assertThat(second.err()).contains("root version 1 is trusted already");
    assertThat(cli.run("trust", "show", "--data-dir", "data").out()).contains(fingerprint);
    assertThat(init("keys", "no words").exit()).isEqualTo(2);
  }

  @Test
  void aFolderThatIsHeldIsLeftAlone() {
    try (var _ = RocksStore.open(folder.resolve("data"), RocksOptions.DEFAULT, clock)) {
      CliFixture.Ran ran = init("keys", fingerprint);

      assertThat(ran.exit()).isEqualTo(3);
      assertThat(ran.err()).contains(folder.resolve("data").toString(), "hold");
    }
    assertThat(cli.run("trust", "show", "--data-dir", "data").exit()).isEqualTo(3);
  }

  @Test
  void aStoreIsNamedWithItsFolder() {
    assertThat(cli.run("trust", "show").err()).contains("--data-dir DIR");
    CliFixture.Ran none = cli.run("trust", "show", "--data-dir", "dta");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("no such folder");
    assertThat(folder.resolve("dta")).doesNotExist();
  }

  @Test
  void aStoreFromABackupCountsAsCurrentWhenSomebodySaysSo() throws IOException {
    init("keys", fingerprint);
    Path mark = folder.resolve("data.highwater");
    String further =
        "lazaret-highwater/1 stream 7d444840-9dc0-11d1-b245-5ffdce74fad2 epoch 1 sequence 9 root 1"
            + " clock 2026-11-24T12:00:00Z\n";
    Files.writeString(mark, further);
    assertThat(cli.run("trust", "acknowledge-restore", "--data-dir", "data").exit()).isEqualTo(2);
    CliFixture.Ran unasked =
        cli.run("trust", "acknowledge-restore", "--data-dir", "data", "--reason", "disk died");
    assertThat(unasked.exit()).isEqualTo(2);
    assertThat(unasked.err()).contains("add --yes");
    assertThat(Files.readString(mark)).isEqualTo(further);

    CliFixture.Ran ran =
        cli.run(
            "trust", "acknowledge-restore", "--data-dir", "data", "--reason", "disk died", "--yes");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("sequence 0 root 1");
    assertThat(ran.out()).contains(Files.readString(mark).strip());
    assertThat(cli.run("trust", "show", "--data-dir", "data").out()).contains("sequence 0 root 1");
    assertThat(cli.run("log", "--data-dir", "data").out()).contains("disk died", "local:alice");
  }
}
