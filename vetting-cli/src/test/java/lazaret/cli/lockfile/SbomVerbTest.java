package lazaret.cli.lockfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SbomVerbTest {
  /// `%s` is the crate, then the severity.
  private static final String ADVISORY =
      """
      [[advisory]]
      id = "%s"
      crate = "alpha"
      kind = "%s"
      versions = ["<1.1"]
      reason = "reads beyond the buffer"
      """;

  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);
  private CrateId aged = gate.publish("placeholder", "1.0.0", 100);
  private CrateId fresh = aged;

  @BeforeEach
  void publish() {
    cli = CliFixture.at(folder, gate);
    aged = gate.publish(CrateBuilder.crate("alpha", "1.0.0").license("MIT OR Apache-2.0"), 100);
    gate.publish("alpha", "1.1.0", 90);
    fresh = gate.publish("beta", "1.2.0", 2);
    cli.write(
        "Cargo.lock",
        LockfileTexts.of(aged, fresh).replace("0.1.0\"\n", "0.1.0\"\ndependencies = [\"alpha\"]\n")
            + LockfileTexts.git("side"));
    assertThat(cli.run("prefetch", "alpha@1.0.0").exit()).isZero();
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private void advise(String id, String kind) {
    cli.write("ban.toml", ADVISORY.formatted(id, kind));
    assertThat(cli.run("feed", "import", "ban.toml").exit()).isZero();
  }

  private JsonObject analysis() {
    return cli.run("sbom").json().objects("vulnerabilities").getFirst().object("analysis");
  }

  @Test
  void documentHasVerdictsLicensesAndAdvisories() {
    advise("ACME-1", "vulnerability");

    CliFixture.Ran ran = cli.run("sbom");

    assertThat(ran.exit()).isEqualTo(cli.run("verify").exit()).isEqualTo(1);
    assertThat(ran.err()).contains("3 of 3 packages do not pass");
    GoldenFiles.hold(
        "sbom",
        ran.out()
            .replace(gate.url(), "http://127.0.0.1:7080")
            .replaceAll("urn:uuid:[0-9a-f-]+", "urn:uuid:00000000-0000-8000-8000-000000000000"));
  }

  @Test
  void stateOfAnAdvisoryFollowsFromTheDecision() {
    advise("ACME-1", "vulnerability");
    assertThat(analysis().words("state")).isEqualTo("exploitable");
    assertThat(analysis().texts("response")).containsExactly("update");

    cli.run("approve", "alpha@1.0.0", "--reason", "accepted until 1.1");
    assertThat(analysis().words("state")).isEqualTo("exploitable");
    assertThat(analysis().texts("response")).containsExactly("will_not_fix");
    assertThat(analysis().words("detail")).contains("accepted until 1.1");

    cli.run("approve", "alpha@1.0.0", "--reason", "not reachable", "--waive", "ACME-1");
    assertThat(analysis().words("state")).isEqualTo("not_affected");
    assertThat(analysis().words("detail")).contains("not reachable");
  }

  @Test
  void approvalBeforeAnAdvisoryDecidesNothing() {
    cli.run("approve", "alpha@1.0.0", "--reason", "read it");
    advise("ACME-1", "vulnerability");

    assertThat(analysis().words("state")).isEqualTo("in_triage");
  }

  @Test
  void fileIsWrittenAndTheResultIsPrinted() throws IOException {
    String printed = cli.run("sbom").out();

    CliFixture.Ran ran = cli.run("sbom", "--output", "out.json", "--json");

    assertThat(ran.json().number("components")).isEqualTo(3);
    assertThat(ran.json().flag("passes")).isFalse();
    assertThat(folder.resolve("out.json")).hasContent(printed);
    assertThat(cli.run("sbom", "--output", "out.json").out()).isEmpty();
    try (var files = Files.list(folder)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .contains("out.json")
          .noneMatch(name -> name.contains("out.json") && !name.equals("out.json"));
    }
  }

  @Test
  void progressCountsThePackagesOfTheRegistry() {
    JsonObject last =
        cli.run("sbom", "--progress", "json")
            .err()
            .lines()
            .filter(line -> line.startsWith("{"))
            .map(line -> JsonObject.parse(Bytes.utf8(line)))
            .toList()
            .getLast();

    assertThat(last.words("unit")).isEqualTo("packages");
    assertThat(last.number("total")).isEqualTo(2);
  }

  @Test
  void timeIsThatOfTheOptionOrTheVariable() {
    assertThat(cli.run("sbom").out()).doesNotContain("timestamp");
    assertThat(cli.run("sbom").out()).isEqualTo(cli.run("sbom").out());

    cli.environment.put("SOURCE_DATE_EPOCH", "1764417600");
    assertThat(cli.run("sbom").out()).contains("\"timestamp\": \"2025-11-29T12:00:00Z\"");
    assertThat(cli.run("sbom", "--timestamp", "2026-11-29T12:00:00Z").out())
        .contains("\"timestamp\": \"2026-11-29T12:00:00Z\"");
  }

  @Test
  void uselessWordsAreRefused() {
    assertThat(cli.run("sbom", "--timestamp", "today").err())
        .startsWith(
            "error: cannot use 'today' for --timestamp: expected a time like 2027-01-31T12:00:00Z");
    cli.environment.put("SOURCE_DATE_EPOCH", "x");
    assertThat(cli.run("sbom").err())
        .startsWith("error: cannot use 'x' for SOURCE_DATE_EPOCH: expected a number of seconds");
    cli.environment.remove("SOURCE_DATE_EPOCH");
    CliFixture.Ran ran = cli.run("sbom", "--output", "none/out.json");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).startsWith("error: cannot write 'none/out.json': ");
    assertThat(cli.run("sbom", "none.lock").exit()).isEqualTo(2);
    cli.write("bad.lock", "version = 99\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n");
    assertThat(cli.run("sbom", "bad.lock").err()).startsWith("error: cannot describe bad.lock: ");
  }

  @Test
  void feedsReplaceTheGate() throws IOException {
    CliFixture offline = new CliFixture(folder, Clock.fixed(gate.clock.instant(), ZoneOffset.UTC));
    offline.environment.put("LAZARET_SERVER", "http://127.0.0.1:9");
    Path feed = cli.write("ban.toml", ADVISORY.formatted("ACME-1", "vulnerability"));
    Files.setLastModifiedTime(feed, FileTime.from(gate.clock.instant()));

    CliFixture.Ran ran = offline.run("sbom", "--feed", "ban.toml");

    assertThat(ran.exit()).isEqualTo(offline.run("verify", "--feed", "ban.toml").exit());
    JsonObject found = ran.json().objects("vulnerabilities").getFirst();
    assertThat(found.words("id")).isEqualTo("ACME-1");
    assertThat(found.words("description")).contains("reads beyond the buffer");
    assertThat(found.object("analysis").words("state")).isEqualTo("exploitable");
    assertThat(ran.json().object("metadata").objects("properties"))
        .extracting(each -> each.words("value"))
        .containsAll(List.of("approval", "checksum", "age"));
    assertThat(offline.run("sbom", "--feed", "ban.toml", "--server", "http://127.0.0.1:1").exit())
        .isEqualTo(2);
  }
}
