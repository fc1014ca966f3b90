package lazaret.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import lazaret.bundle.trust.Fingerprint;
import lazaret.bundle.trust.StoredTrust;
import lazaret.cli.fixture.CheapKeys;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.cli.report.TerminalCapabilities;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The trust that `trust init` set up, as other commands use it, and a server that is starting.
class KnownTrustTest {
  private static final String SECRET = "correct horse battery staple";

  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();
  private CliFixture outside = CliFixture.at(Path.of(""), gate);
  private CliFixture inside = CliFixture.at(Path.of(""), gate);
  private String fingerprint = "";
  private Path data = Path.of("");

  @BeforeEach
  void ceremony() throws IOException {
    outside = CliFixture.beside(folder, gate);
    outside.environment.put("LAZARET_PASSPHRASE", SECRET);
    inside = new CliFixture(folder, gate.clock);
    data = folder.resolve("inside");
    inside.environment.put("LAZARET_DATA_DIR", data.toString());
    inside.environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    Files.createDirectory(folder.resolve("medium"));
    fingerprint = root("keys");
  }

  private String root(String keys) {
    CheapKeys.write(folder.resolve(keys), SECRET, "me", "decisions");
    return outside
        .run("keys", "ceremony", "--operator", "me", "--stream", "prod", "--out", keys, "--json")
        .json()
        .words("fingerprint");
  }

  private void trust(String keys, String words) {
    CliFixture.Ran ran =
        inside.run(
            "trust",
            "init",
            "--data-dir",
            "inside",
            "--root",
            keys + "/roots/1.root.json",
            "--fingerprint",
            words);
    assertThat(ran.exit()).as(ran.err()).isZero();
  }

  private JsonObject exported() {
    outside.write("Cargo.lock", LockfileTexts.of(gate.publish("alpha", "1.0.0", 100)));
    return outside
        .run(
            "bundle",
            "export",
            "medium",
            "--keys",
            "keys",
            "--from-lockfile",
            "Cargo.lock",
            "--json")
        .json();
  }

  @AfterEach
  void close() {
    gate.close();
  }

  /// Upstream is slow, so that progress is requested while the gate fetches missing crates.
  @Test
  void anExportThatFetchesShowsHowManyCratesAreDone() {
    outside.write(
        "Cargo.lock",
        LockfileTexts.of(gate.publish("alpha", "1.0.0", 100), gate.publish("beta", "1.0.0", 100)));
    gate.upstream.latency(Duration.ofSeconds(2));
    outside.looks = new TerminalCapabilities(false, false, false, true, 100);

    CliFixture.Ran ran =
        outside.run(
            "bundle", "export", "medium", "--keys", "keys", "--from-lockfile", "Cargo.lock");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("\rwriting the bundle: crates 0 %, ");
  }

  @Test
  void bundleVerifyUsesTheTrustOfTheDataFolder() {
    trust("keys", fingerprint);

    CliFixture.Ran ran = inside.run("bundle", "verify", exported().words("path"));

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("trusted by the store in " + data, "verified: 1 versions");
    inside.environment.remove("LAZARET_DATA_DIR");
    assertThat(
            inside
                .run("bundle", "verify", "medium/prod-e1-00000001-full", "--data-dir", "inside")
                .exit())
        .isZero();
  }

  @Test
  void bundleVerifyRefusesTheBundleOfAnotherRoot() {
    trust("others", root("others"));

    assertThat(inside.run("bundle", "verify", exported().words("path")).exit()).isEqualTo(4);
  }

  @Test
  void bundleVerifyUsesTheTrustOfTheRunningGate() throws IOException {
    new StoredTrust(gate.store)
        .init(
            Bytes.of(Files.readAllBytes(folder.resolve("keys/roots/1.root.json"))),
            Fingerprint.parse(fingerprint),
            gate.clock.instant(),
            "ann");

    CliFixture.Ran ran = outside.run("bundle", "verify", exported().words("path"));

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("trusted by the gate at unix:");
    CliFixture.Ran shown = outside.run("trust", "show");
    assertThat(shown.exit()).as(shown.err()).isZero();
    assertThat(shown.out()).contains(fingerprint, "trusted by        the gate at unix:");
  }

  @Test
  void whereNoTrustWasSetUpVerifySaysHow() {
    CliFixture.Ran ran = inside.run("bundle", "verify", exported().words("path"));

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("name --root FILE and --fingerprint WORDS", "vetting-cli trust init");
    assertThat(data).doesNotExist();
    assertThat(outside.run("trust", "show").err()).contains("no root is trusted");
  }

  /// The documented commands start the server in the background and continue at once.
  @Test
  void aServerThatIsStartingIsWaitedFor() {
    try (var _ = RocksStore.open(data, RocksOptions.DEFAULT, gate.clock)) {
      inside.environment.put("LAZARET_TOKEN", gate.secret);
      inside.pausing =
          () -> {
            if (inside.pauses.size() == 3) {
              note(gate.url());
            }
          };

      CliFixture.Ran ran = inside.run("status");

      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(inside.pauses).hasSize(3);
    }
  }

  @Test
  void aServerThatNeverListensIsNotWaitedForLong() {
    try (var _ = RocksStore.open(data, RocksOptions.DEFAULT, gate.clock)) {
      CliFixture.Ran ran = inside.run("status");

      assertThat(ran.exit()).isEqualTo(3);
      assertThat(inside.pauses).hasSize(200);
    }
  }

  @Test
  void withoutAServerTheErrorNamesTheDataFolder() {
    CliFixture.Ran ran = inside.run("status");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err())
        .contains("(Connection refused)", "set LAZARET_DATA_DIR if its data folder is not")
        .contains(data.toString());
  }

  /// Records an address like a server, see `ServerAddressFile`.
  private void note(String url) {
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"));
      String start = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      Files.writeString(
          data.resolve("listening"),
          "%s\npid %d\nstart %s@%s\n".formatted(url, ProcessHandle.current().pid(), start, boot));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
