package lazaret.cli.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.ServerFixture;
import lazaret.cli.report.TerminalCapabilities;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.JsonObject;
import lazaret.vetting.gate.retention.DropKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowVerbTest {
  @TempDir Path folder;

  private ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);

  @BeforeEach
  void publish() {
    cli = CliFixture.at(folder, gate);
    gate.publish("alpha", "1.0.0", 100);
    gate.publish("alpha", "1.1.0", 30);
    gate.publish("alpha", "1.2.0", 2);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private String normal(String text) {
    return text.replace(gate.url(), "http://127.0.0.1:PORT")
        .replace(gate.upstream.indexUrl(), "http://UPSTREAM/index/");
  }

  @Test
  void statusTellsHowTheGateIs() {
    CliFixture.Ran ran = cli.run("status");

    assertThat(ran.exit()).isZero();
    GoldenFiles.hold("status", normal(ran.out()).replaceAll("disk .*", "disk ..."));
    assertThat(ran.out()).contains(" free (without preallocated blocks of the write-ahead log)\n");
  }

  @Test
  void showListsVersionsNewestFirstWithVerdicts() {
    CliFixture.Ran ran = cli.run("show", "alpha");

    assertThat(ran.exit()).isZero();
    GoldenFiles.hold("show", ran.out());
  }

  @Test
  void showFitsATerminalAndIsColored() {
    cli.looks = new TerminalCapabilities(false, true, true, false, 70);

    GoldenFiles.hold("show-terminal", cli.run("show", "alpha").out());
  }

  @Test
  void showTakesARequirement() {
    CliFixture.Ran ran = cli.run("show", "alpha@<1.1", "--json");

    assertThat(ran.json().objects("versions")).hasSize(1);
    assertThat(ran.json().objects("versions").getFirst().words("version")).isEqualTo("1.0.0");
  }

  @Test
  void showOfOneVersionTellsEverything() {
    gate.publish(CrateBuilder.crate("beta", "1.0.0").buildScript("fn main() {}"), 100);
    cli.run("prefetch", "beta@1.0.0");
    cli.run("approve", "beta@1.0.0", "--reason", "read it", "--expires", "30d");

    CliFixture.Ran ran = cli.run("show", "beta@1.0.0");

    assertThat(ran.exit()).isZero();
    GoldenFiles.hold("show-version", ran.out());
  }

  @Test
  void whyEndsWithZeroForWhatIsServed() {
    CliFixture.Ran ran = cli.run("why", "alpha@1.1.0");

    assertThat(ran.exit()).isZero();
    GoldenFiles.hold("why-served", ran.out());
  }

  @Test
  void whyEndsWithOneForWhatIsWithheldAndTellsWhatToDo() {
    CliFixture.Ran ran = cli.run("why", "alpha@1.2.0");

    assertThat(ran.exit()).isEqualTo(1);
    GoldenFiles.hold("why-withheld", ran.out());
  }

  /// The output must show that an allowed version is not available to a build.
  @Test
  void whyTellsThatBytesWereAskedForInVain() {
    gate.registry.removeArtifact("alpha", "1.0.0");
    assertThat(cli.run("why", "alpha@1.0.0").out()).contains("is served (allow)", "not stored yet");
    assertThat(cli.run("prefetch", "alpha@1.0.0").exit()).isEqualTo(5);
    gate.clock.advance(Duration.ofMinutes(5));

    CliFixture.Ran ran = cli.run("why", "alpha@1.0.0");

    assertThat(ran.exit()).isZero();
    GoldenFiles.hold("why-bytes-missing", ran.out());
    assertThat(cli.run("show", "alpha@1.0.0").out())
        .containsPattern("stored +no; last requested 2026-.*: upstream");
    JsonObject failed = cli.run("why", "alpha@1.0.0", "--json").json().object("fetch_failed");
    assertThat(failed.words("code")).isEqualTo("bytes-missing");
    assertThat(failed.words("at")).isEqualTo(ServerFixture.START.toString());
  }

  @Test
  void whyTellsThatUpstreamCouldNotBeAskedUntilItCould() {
    cli.run("show", "alpha");
    gate.upstream.switchOff();
    assertThat(cli.run("prefetch", "alpha@1.0.0").exit()).isEqualTo(3);
    assertThat(cli.run("why", "alpha@1.0.0").out())
        .contains("alpha@1.0.0 would be served (allow), but its bytes are not stored\n")
        .contains("retry: vetting-cli prefetch alpha@1.0.0");

    gate.upstream.switchOn();
    gate.clock.advance(Duration.ofHours(1));
    assertThat(cli.run("prefetch", "alpha@1.0.0").exit()).isZero();

    assertThat(cli.run("why", "alpha@1.0.0").out())
        .startsWith("alpha@1.0.0 is served (allow)\n")
        .doesNotContain("bytes");
  }

  @Test
  void whyOfAnUnknownVersionIsFive() {
    CliFixture.Ran ran = cli.run("why", "alpha@9.9.9");

    assertThat(ran.exit()).isEqualTo(5);
    assertThat(ran.err())
        .startsWith("error: cannot explain alpha@9.9.9: ")
        .contains("check the spelling");
  }

  @Test
  void whyWantsOneExactVersion() {
    CliFixture.Ran ran = cli.run("why", "alpha@^1");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("expected one version, like alpha@1.2.3");
  }

  @Test
  void whatWasAskedInVainIsInTheQueue() {
    cli.run("prefetch", "alpha@1.2.0");

    CliFixture.Ran ran = cli.run("queue", "--holds");

    assertThat(ran.exit()).isZero();
    GoldenFiles.hold("queue", ran.out());
    assertThat(cli.run("queue", "--holds", "--json").json().objects("requests")).hasSize(1);
  }

  @Test
  void requestsThatWereDroppedAreCountedInQueueAndStatus() {
    gate.desk().dropped().add(DropKind.REQUESTS, 19_000);
    gate.desk().dropped().add(DropKind.OLD_REQUESTS, 2);

    assertThat(cli.run("queue").out())
        .isEqualTo(
            """
            nothing waits
            19000 requests were dropped because there were too many, 2 because of their age
            """);
    assertThat(cli.run("status").out()).containsPattern("dropped +19000 requests\n");
  }

  @Test
  void aMisspeltCrateIsAnsweredWithTheNearName() {
    cli.run("show", "alpha");

    assertThat(cli.run("why", "alpa@1.0.0").err())
        .contains("there is no 'alpa 1.0.0' in the index; did you mean 'alpha'");
    assertThat(cli.run("why", "zebra@1.0.0").err()).doesNotContain("did you mean");
  }

  @Test
  void aVersionWithoutItsBuildMetadataIsMeantIfNoOtherIs() {
    gate.publish("zstd-sys", "2.1.3+zstd.1.5.7", 100);
    gate.publish("twice", "1.0.0+a", 100);
    gate.publish("twice", "1.0.0+b", 100);

    assertThat(cli.run("why", "zstd-sys@2.1.3").out()).contains("zstd-sys@2.1.3+zstd.1.5.7");
    assertThat(cli.run("review", "zstd-sys@2.1.3", "--stat").exit()).isZero();
    assertThat(cli.run("deny", "zstd-sys@2.1.3", "--reason", "r").exit()).isZero();
    assertThat(cli.run("why", "zstd-sys@2.1.3+zstd.1.5.7").exit()).isEqualTo(1);
    assertThat(cli.run("why", "twice@1.0.0").err())
        .contains("did you mean twice@1.0.0+a or twice@1.0.0+b");
  }

  @Test
  void anEmptyQueueSaysSo() {
    assertThat(cli.run("queue").out()).isEqualTo("nothing waits\n");
  }

  @Test
  void theServerIsAskedOnceForAJsonDocumentAndNothingElseIsPrinted() {
    CliFixture.Ran ran = cli.run("--json", "show", "alpha");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.json().words("newest_served")).isEqualTo("1.1.0");
  }
}
