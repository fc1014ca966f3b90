package lazaret.cli.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Dependency;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The texts of replies with a verdict, and their repetition.
class VerdictTextTest {
  private static final String TALKING =
      """
      use std::net::TcpStream;
      pub fn count() -> bool { TcpStream::connect("192.0.2.7:443").is_ok() }
      """;

  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);

  @BeforeEach
  void begin() {
    cli = CliFixture.at(folder, gate);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private void feed(String kind, String title) {
    cli.write(
        "db/crates/alpha/RUSTSEC-2026-0001.md",
        """
        ```toml
        [advisory]
        id = "RUSTSEC-2026-0001"
        package = "alpha"
        date = "2026-08-20"
        %s
        [versions]
        patched = [">= 1.1.0"]
        ```
        # %s
        """
            .formatted(kind, title));
    assertThat(cli.run("feed", "import", "db", "--as-of", "2026-11-24T11:30:00Z").exit()).isZero();
  }

  @Test
  void missingFeedsAreNamedOnceInEachAnswerWithAVerdict() {
    cli.write(
        "Cargo.lock",
        LockfileTexts.of(gate.publish("alpha", "1.0.0", 100), gate.publish("beta", "1.0.0", 100)));

    for (String[] words :
        List.of(
            new String[] {"verify"},
            new String[] {"why", "alpha@1.0.0"},
            new String[] {"show", "alpha@1.0.0"},
            new String[] {"show", "alpha"},
            new String[] {"review", "alpha@1.0.0"},
            new String[] {"queue"},
            new String[] {"closure", "alpha@1.0.0"},
            new String[] {"approve", "beta@1.0.0", "--reason", "read it"},
            new String[] {"prefetch", "Cargo.lock"},
            new String[] {"prefetch", "alpha@1.0.0"})) {
      assertThat(cli.run(words).err())
          .as(String.join(" ", words))
          .containsOnlyOnce("warning: feeds-missing: no advisory feed was imported yet");
    }
    assertThat(cli.run("status").out()).contains("no advisory feed was imported yet");
    assertThat(cli.run("verify", "--json").json().objects("feed_warnings")).hasSize(1);
    assertThat(cli.run("why", "alpha@1.0.0", "--json").json().objects("feed_warnings")).hasSize(1);
    assertThat(cli.run("prefetch", "alpha@1.0.0", "--json").json().objects("feed_warnings"))
        .hasSize(1);
    feed("cvss = \"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"", "Leaks");
    assertThat(cli.run("verify").err()).doesNotContain("feeds-missing");
  }

  @Test
  void quietFeedIsAWarningAndNoReason() throws IOException {
    cli.write(
        "Cargo.lock",
        LockfileTexts.of(gate.publish("alpha", "1.0.0", 100), gate.publish("beta", "1.0.0", 2)));
    feed("cvss = \"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"", "Leaks");

    CliFixture.Ran ran = cli.run("verify", "--sarif", "out.sarif", "--junit", "out.xml");

    assertThat(ran.err()).containsOnlyOnce("warning: feeds-quiet: feed db is less than 1 hour old");
    assertThat(ran.out()).doesNotContain("feeds-").contains("vulnerable: RUSTSEC-2026-0001");
    assertThat(Files.readString(folder.resolve("out.sarif"))).containsOnlyOnce("feeds-quiet");
    assertThat(Files.readString(folder.resolve("out.xml"))).containsOnlyOnce("feeds-quiet");
    CliFixture.Ran why = cli.run("why", "beta@1.0.0");
    assertThat(why.out()).doesNotContain("feeds-");
    assertThat(why.err()).containsOnlyOnce("feeds-quiet");
  }

  @Test
  void unmaintainedIsSaidOnce() {
    cli.write("Cargo.lock", LockfileTexts.of(gate.publish("alpha", "1.0.0", 100)));
    feed("informational = \"unmaintained\"", "alpha is Unmaintained");

    assertThat(cli.run("why", "alpha@1.0.0").out())
        .contains("because unmaintained: RUSTSEC-2026-0001\n")
        .containsOnlyOnce("maintained");
  }

  @Test
  void exemptedPackageSaysUntilWhenAndTheTableShowsTheStateAfter() throws IOException {
    cli.write("Cargo.lock", LockfileTexts.of(gate.publish("alpha", "1.0.0", 100)));
    feed("cvss = \"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"", "Leaks");

    CliFixture.Ran approve =
        cli.run("approve", "--lockfile", "Cargo.lock", "--only-withheld", "--reason", "release");

    assertThat(approve.out())
        .contains("served: exempted until 2027-02-22")
        .doesNotContain("withheld");
    CliFixture.Ran ran = cli.run("verify", "--sarif", "out.sarif", "--junit", "out.xml");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("exempted until 2027-02-22; vulnerable: RUSTSEC-2026-0001");
    assertThat(Files.readString(folder.resolve("out.sarif")))
        .contains("exempted until 2027-02-22; vulnerable");
    assertThat(Files.readString(folder.resolve("out.xml"))).contains("exempted until 2027-02-22");
  }

  @Test
  void theTableOfADenialShowsTheStateAfter() {
    gate.publish("alpha", "1.0.0", 100);

    assertThat(cli.run("deny", "alpha@1.0.0", "--reason", "no").out())
        .contains("withheld: denied")
        .doesNotContain("served");
  }

  private static String minute(String text) {
    Matcher moment = Pattern.compile("until\\s+2026-12-\\d\\d[ T](\\d\\d:\\d\\d)").matcher(text);
    assertThat(moment.find()).as(text).isTrue();
    return moment.group(1);
  }

  @Test
  void prefetchAndWhyNameTheSameMinute() {
    gate.publish("alpha", "1.0.0", 100);
    gate.clock.advance(Duration.ofSeconds(17));
    gate.registry.publish(
        CrateBuilder.crate("young", "1.0.0"),
        line -> line.pubtime(ServerFixture.START.minus(Duration.ofDays(2)).plusSeconds(17)));

    String refused = minute(cli.run("prefetch", "young@1.0.0").out());

    assertThat(minute(cli.run("why", "young@1.0.0").out())).isEqualTo(refused);
    assertThat(minute(cli.run("show", "young@1.0.0").out())).isEqualTo(refused);
  }

  @Test
  void firstVersionShowsItsCapabilities() {
    gate.publish(CrateBuilder.crate("alpha", "1.0.0").file("src/lib.rs", TALKING), 10);
    cli.run("review", "alpha@1.0.0");

    for (String verb : List.of("why", "review", "show")) {
      assertThat(cli.run(verb, "alpha@1.0.0").out())
          .as(verb)
          .containsPattern("can do +runtime: network \\(src/lib.rs:\\d\\)");
    }
  }

  @Test
  void closureListsOptionalRequirementsWhenAsked() {
    gate.publish("base", "1.0.0", 1);
    gate.publish(
        CrateBuilder.crate("top", "1.0.0").dependency(Dependency.on("base", "^1").whenWanted()),
        100);

    assertThat(cli.run("closure", "top@1.0.0").out())
        .doesNotContain("top@1.0.0 ")
        .contains("1 optional not met (not counted)");
    assertThat(cli.run("closure", "top@1.0.0", "--optional").out()).contains("base ^1");
  }

  @Test
  void feedImportSaysWhereTheListIs() {
    CrateId alpha = gate.publish("alpha", "1.0.0", 100);
    cli.run("prefetch", "alpha@" + alpha.version());
    cli.write(
        "ban.toml",
        """
        [[advisory]]
        id = "ACME-1"
        crate = "alpha"
        versions = ["<1.1"]
        reason = "steals keys"
        """);

    assertThat(cli.run("feed", "import", "ban.toml").out())
        .contains("1 withdrawn, 0 released; list them: vetting-cli log");
    assertThat(cli.run("log").out()).contains("no longer served: ACME-1");
  }

  @Test
  void sarifNamesThePagesOfTheGate() throws IOException {
    cli.write("Cargo.lock", LockfileTexts.of(gate.publish("alpha", "1.0.0", 2)));
    cli.run("verify", "--sarif", "out.sarif");

    JsonObject driver =
        JsonObject.parse(Bytes.utf8(Files.readString(folder.resolve("out.sarif"))))
            .objects("runs")
            .getFirst()
            .object("tool")
            .object("driver");

    assertThat(driver.words("informationUri")).isEqualTo(gate.url() + "/");
    assertThat(driver.objects("rules").getFirst().words("helpUri"))
        .isEqualTo(gate.url() + "/reasons#cooldown");
  }
}
