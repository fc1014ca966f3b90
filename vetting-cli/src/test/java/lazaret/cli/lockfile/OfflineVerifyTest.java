package lazaret.cli.lockfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.testkit.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The form `verify --feed`, which does not use a gate. There is none in these tests.
class OfflineVerifyTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final String CKSUM = "1".repeat(64);

  @TempDir Path folder;
  private CliFixture cli = new CliFixture(Path.of(""), Clock.systemUTC());

  @BeforeEach
  void feeds() throws IOException {
    cli = new CliFixture(folder, Clock.fixed(NOW, ZoneOffset.UTC));
    cli.environment.put("LAZARET_SERVER", "http://127.0.0.1:9");
    feed("malware.json", record("MAL-2026-1", "evil-crate", "0", "", ""), 1);
    feed("high.json", record("RUSTSEC-2026-0001", "leaky", "1.0.0", "1.2.5", severity(9)), 1);
    feed("low.json", record("RUSTSEC-2026-0002", "slow", "0", "2.0.0", severity(3)), 1);
  }

  private static String severity(int impact) {
    String vector =
        impact > 5
            ? "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
            : "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:L";
    return ",\"severity\":[{\"type\":\"CVSS_V3\",\"score\":\"" + vector + "\"}]";
  }

  private static String record(String id, String crate, String from, String fixed, String more) {
    String end = fixed.isEmpty() ? "" : ",{\"fixed\":\"" + fixed + "\"}";
    return """
    {"schema_version":"1.7.0","id":"%s","modified":"2026-11-20T00:00:00Z","published":"2026-11-20T00:00:00Z",
     "summary":"summary of %s"%s,
     "affected":[{"package":{"ecosystem":"crates.io","name":"%s"},
       "ranges":[{"type":"SEMVER","events":[{"introduced":"%s"}%s]}]}]}
    """
        .formatted(id, id, more, crate, from, end);
  }

  private void feed(String name, String text, int daysOld) throws IOException {
    Path file = cli.write(name, text);
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(daysOld))));
  }

  private CliFixture.Ran verify(String... more) {
    String[] words = new String[more.length + 7];
    System.arraycopy(
        new String[] {
          "verify", "--feed", "malware.json", "--feed", "high.json", "--feed", "low.json"
        },
        0,
        words,
        0,
        7);
    System.arraycopy(more, 0, words, 7, more.length);
    return cli.run(words);
  }

  @Test
  void whatAdvisoriesStopIsReported() {
    cli.write(
        "Cargo.lock",
        LockfileTexts.of()
            + LockfileTexts.registered("Evil_Crate", "1.0.0", CKSUM)
            + LockfileTexts.registered("leaky", "1.1.0", CKSUM)
            + LockfileTexts.registered("slow", "1.0.0", CKSUM)
            + LockfileTexts.registered("fine", "1.0.0", CKSUM)
            + LockfileTexts.git("side"));

    CliFixture.Ran ran = verify();

    assertThat(ran.err()).isEmpty();
    assertThat(ran.exit()).isEqualTo(1);
    GoldenFiles.hold("verify-offline", ran.out());
  }

  /// A hostile change can add a registry to the project, in the form of a private one.
  @Test
  void privateRegistriesCountIfTheUserHasThem() throws IOException {
    String index = "sparse+https://gate.example/private/index/";
    cli.write(
        "Cargo.lock",
        LockfileTexts.of()
            + LockfileTexts.registered("acme-core", "1.0.0", CKSUM)
                .replaceAll("source = .*", "source = \"" + index + "\""));
    String config = "[registries.acme]\nindex = \"" + index + "\"\n";
    cli.write(".cargo/config.toml", config);

    CliFixture.Ran foreign = verify();
    assertThat(foreign.exit()).isEqualTo(5);
    assertThat(foreign.out()).contains("foreign-source", index);

    Files.createDirectories(cli.home.resolve(".cargo"));
    Files.writeString(cli.home.resolve(".cargo/config.toml"), config);
    assertThat(verify().exit()).isZero();
  }

  @Test
  void nothingAgainstItIsZeroAndWhatWasNotCheckedIsSaid() {
    cli.write("Cargo.lock", LockfileTexts.of() + LockfileTexts.registered("leaky", "1.2.5", CKSUM));

    CliFixture.Ran ran = verify("--json");

    assertThat(ran.exit()).isZero();
    JsonObject document = ran.json();
    assertThat(document.flag("passes")).isTrue();
    assertThat(document.texts("unchecked")).containsExactly("approval", "checksum", "age");
    assertThat(document.objects("packages").getFirst().words("status")).isEqualTo("clear");
    assertThat(verify("--sarif", "-").out()).contains("not checked: approval");
    assertThat(verify("--junit", "-").out()).contains("not checked: approval");
  }

  @Test
  void feedsPastTheStopAgeVouchForNothing() throws IOException {
    cli.write("Cargo.lock", LockfileTexts.of() + LockfileTexts.registered("fine", "1.0.0", CKSUM));
    feed("low.json", record("RUSTSEC-2026-0002", "slow", "0", "2.0.0", ""), 91);

    CliFixture.Ran ran = verify();

    assertThat(ran.exit()).isEqualTo(6);
    assertThat(ran.out()).contains("feeds-stale");
  }

  @Test
  void feedsPastTheWarnAgeWarnOnce() throws IOException {
    cli.write(
        "Cargo.lock",
        LockfileTexts.of()
            + LockfileTexts.registered("fine", "1.0.0", CKSUM)
            + LockfileTexts.registered("good", "1.0.0", CKSUM));
    feed("low.json", record("RUSTSEC-2026-0002", "slow", "0", "2.0.0", ""), 8);

    CliFixture.Ran ran = verify();

    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).containsOnlyOnce("feeds-old");
  }

  @Test
  void aFileThatIsNoFeedIsTwo() {
    cli.write("Cargo.lock", LockfileTexts.of());
    cli.write("no.zip", "PK\u0003\u0004 and no more");

    assertThat(cli.run("verify", "--feed", "no.zip").exit()).isEqualTo(2);
    assertThat(cli.run("verify", "--feed", "nowhere.zip").exit()).isEqualTo(2);
    cli.write("other/note.txt", "no record");
    assertThat(cli.run("verify", "--feed", "other").err()).contains("found neither");
  }

  @Test
  void aFeedAndAGateAreAMistake() {
    cli.write("Cargo.lock", LockfileTexts.of());

    assertThat(verify("--server", "http://127.0.0.1:9").exit()).isEqualTo(2);
  }

  private static final String AUDITS =
      """
      [[audits.fine]]
      who = "Ann"
      criteria = "safe-to-deploy"
      version = "1.0.0"

      [[audits.good]]
      who = "Ann"
      criteria = "safe-to-run"
      version = "1.0.0"

      [[audits.bad]]
      who = "Ann"
      criteria = "safe-to-run"
      violation = "<2"
      """;

  private static String read() {
    return LockfileTexts.of()
        + LockfileTexts.registered("Evil_Crate", "1.0.0", CKSUM)
        + LockfileTexts.registered("bad", "1.0.0", CKSUM)
        + LockfileTexts.registered("fine", "1.0.0", CKSUM)
        + LockfileTexts.registered("good", "1.0.0", CKSUM)
        + LockfileTexts.registered("unread", "1.0.0", CKSUM);
  }

  @Test
  void whoVouchesIsReadFromAuditsWhereNoGateIsAsked() {
    cli.write("Cargo.lock", read());
    cli.write("peer/audits.toml", AUDITS);

    CliFixture.Ran ran = verify("--criteria", "safe-to-deploy", "--audits", "peer/audits.toml");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.exit()).isEqualTo(1);
    GoldenFiles.hold("verify-offline-audits", ran.out());
    assertThat(
            verify("--criteria", "safe-to-run", "--audits", "peer/audits.toml", "--json")
                .json()
                .objects("packages"))
        .extracting(p -> p.words("name") + " " + p.words("status"))
        .containsExactly(
            "Evil_Crate withheld",
            "bad criteria-not-met",
            "fine clear",
            "good clear",
            "unread criteria-not-met");
  }

  @Test
  void aProjectsStoreIsReadAsAWhole() {
    cli.write("Cargo.lock", LockfileTexts.of() + LockfileTexts.registered("fine", "1.0.0", CKSUM));
    cli.write("supply-chain/audits.toml", AUDITS);
    cli.write("supply-chain/config.toml", "[cargo-vet]\nversion = \"0.10\"\n");
    cli.write("supply-chain/imports.lock", "");
    String[] asked = {"--criteria", "safe-to-deploy", "--audits", "supply-chain"};

    assertThat(verify(asked).out())
        .contains("1 clear")
        .contains("low.json, supply-chain only; not checked: approval, checksum, age");
    cli.write("supply-chain/audits.toml", "[[audits.fine]]\nversion = 1\n");
    assertThat(verify(asked).exit()).isEqualTo(2);
  }

  @Test
  void criteriaAndAuditsWantEachOtherAndNoGate() {
    cli.write("Cargo.lock", read());
    cli.write("audits.toml", AUDITS);

    GoldenFiles.hold("verify-criteria-offline", verify("--criteria", "safe-to-run").err());
    GoldenFiles.hold("verify-audits-unasked", verify("--audits", "audits.toml").err());
    GoldenFiles.hold(
        "verify-audits-at-gate",
        cli.run("verify", "--audits", "audits.toml", "--criteria", "safe-to-run").err());
    assertThat(verify("--audits", "none.toml", "--criteria", "safe-to-run").err())
        .startsWith("error: cannot read '")
        .endsWith("none.toml': no such text file\n");
  }
}
