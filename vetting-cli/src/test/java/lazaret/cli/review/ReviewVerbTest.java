package lazaret.cli.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.cli.report.TerminalCapabilities;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.feed.FeedOutcome;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.audit.AuditSet;
import lazaret.vetting.audit.ImportedChecksums;
import lazaret.vetting.audit.files.AuditsReader;
import lazaret.vetting.audit.files.VetStore;
import lazaret.vetting.crates.CrateId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewVerbTest {
  @TempDir Path folder;

  private ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);

  @BeforeEach
  void start() {
    cli = CliFixture.at(folder, gate);
    gate.publish("helper", "1.0.0", 100);
    gate.publish("fresh", "0.1.0", 1);
    gate.publish(old(), 100);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private static CrateBuilder old() {
    return CrateBuilder.crate("alpha", "1.0.0")
        .dependency("helper", "^1.0")
        .file("data/table.bin", new byte[] {0, 1, 2})
        .file("src/lib.rs", "pub mod a;\n\npub fn one() -> u32 {\n    1\n}\n")
        .file("src/a.rs", "// moved soon\n")
        .file("README.md", "alpha\n");
  }

  private CrateId young() {
    return gate.publish(
        CrateBuilder.crate("alpha", "1.1.0")
            .dependency("helper", "^1.0")
            .dependency("fresh", "^0.1")
            .buildScript("fn main() {\n\tprintln!(\"cargo:rustc-cfg=x\"); // \u202e hidden\n}\n")
            .file("data/table.bin", new byte[] {0, 1, 2, 3})
            .file("src/lib.rs", "pub mod b;\n\npub fn one() -> u32 {\n    2\n}")
            .file("src/b.rs", "// moved soon\n")
            .file("README.md", "alpha, better\n"),
        1);
  }

  @Test
  void aReviewTellsWhatDecidesWhatToReadAndWhatToDo() {
    young();
    cli.run("prefetch", "alpha@1.1.0");

    CliFixture.Ran ran = cli.run("review", "alpha@1.1.0");

    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).startsWith("warning: feeds-missing: ").hasLineCount(1);
    GoldenFiles.hold("review", ran.out());
  }

  @Test
  void onATerminalItIsColoredAndFits() {
    young();
    cli.looks = new TerminalCapabilities(false, true, true, false, 100);

    GoldenFiles.hold("review-terminal", cli.run("review", "alpha@1.1.0", "--no-pager").out());
  }

  @Test
  void theFilesAloneAreNamedWhereThatIsWanted() {
    young();

    GoldenFiles.hold("review-stat", cli.run("review", "alpha@1.1.0", "--stat").out());
  }

  @Test
  void whereNothingIsVettedAllOfItIsRead() {
    CliFixture.Ran ran = cli.run("review", "fresh@0.1.0");

    assertThat(ran.exit()).isZero();
    GoldenFiles.hold("review-without-base", ran.out());
  }

  @Test
  void marksTheLinesShownAsRead() {
    young();
    cli.run("approve", "alpha@1.0.0", "--reason", "read before");

    CliFixture.Ran ran = cli.run("review", "alpha@1.1.0", "--mark-read");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains("build-script 3/3", "manifest 7/7", "runtime 6/6", "; compared with 1.0.0")
        .contains("data 0/1");
    assertThat(cli.run("approve", "alpha@1.1.0", "--reason", "read").exit()).isZero();
    assertThat(cli.run("log", "--json").out()).contains("build-script 3/3");
  }

  @Test
  void marksNothingThatIsNotShown() {
    young();

    CliFixture.Ran ran = cli.run("review", "alpha@1.1.0", "--mark-read", "--stat");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("cannot mark lines as read", "found --lockfile or --stat");
  }

  @Test
  void aLockfileInPlaceOfAVersionIsRefusedWithItsOption() {
    for (String verb : List.of("review", "why", "approve", "deny")) {
      List<String> words = new ArrayList<>(List.of(verb, "some/Cargo.lock"));
      if (verb.equals("approve") || verb.equals("deny")) {
        words.addAll(List.of("--reason", "x"));
      }
      CliFixture.Ran ran = cli.run(words.toArray(String[]::new));

      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.err()).contains("'some/Cargo.lock' as a version", "--lockfile FILE");
    }
  }

  @Test
  void aVersionThatIsServedCanBeRevoked() {
    gate.publish(CrateBuilder.crate("alpha", "1.0.1"), 90);

    GoldenFiles.hold(
        "review-served", cli.run("review", "alpha@1.0.1", "--base", "1.0.0", "--stat").out());
  }

  @Test
  void ahostileArchiveIsNotReadAndEndsWithOne() {
    gate.publish(CrateBuilder.crate("evil", "1.0.0").traversal(), 1);

    CliFixture.Ran ran = cli.run("review", "evil@1.0.0");

    assertThat(ran.exit()).isEqualTo(1);
    GoldenFiles.hold("review-hostile", ran.out());
  }

  @Test
  void wrongBytesEndWithFourAndAreNotRead() {
    young();
    gate.registry.artifact("alpha", "1.1.0", CrateBuilder.crate("alpha", "1.0.1").build());

    CliFixture.Ran ran = cli.run("review", "alpha@1.1.0");

    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.out()).contains("not read").contains("they were discarded");
  }

  @Test
  void anUpstreamThatIsDownEndsWithThreeAndWhatIsKnownIsReported() {
    young();
    cli.run("why", "alpha@1.1.0");
    gate.upstream.switchOff();

    CliFixture.Ran ran = cli.run("review", "alpha@1.1.0");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.out()).contains("because       cooldown").contains("not read");
  }

  @Test
  void whatOthersSayIsPrintedBeforeTheDifference() {
    young();
    gate.rules.change(book -> book.with(advisories()).with(audits()));

    GoldenFiles.hold("review-testimony", cli.run("review", "alpha@1.1.0", "--stat").out());
    GoldenFiles.hold("review-audited", cli.run("review", "helper@1.0.0", "--stat").out());
  }

  private static AdvisorySet advisories() {
    String osv =
        """
        {"id": "MAL-2026-1", "modified": "2026-11-01T00:00:00Z", "summary": "takes keys", "aliases": ["X-1"],
         "affected": [{"package": {"ecosystem": "crates.io", "name": "alpha"}, "versions": ["1.1.0"]}]}
        """;
    String rustSec =
        """
        ```toml
        [advisory]
        id = "RUSTSEC-2026-0001"
        package = "alpha"
        date = "2026-11-01"
        cvss = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"
        url = "https://example.org/1"
        [versions]
        patched = [">= 1.2.0"]
        ```

        # Counts to infinity
        """;
    return AdvisorySet.of(
        List.of(feed("osv", FeedFormat.OSV, osv), feed("rustsec", FeedFormat.RUSTSEC, rustSec)));
  }

  private static Feed feed(String name, FeedFormat format, String text) {
    return switch (FeedReader.read(
        new FeedSource(name, format, "test", ServerFixture.START), Bytes.utf8(text))) {
      case FeedOutcome.Read read -> read.feed();
      case FeedOutcome.Refused refused -> throw new AssertionError(refused.why());
    };
  }

  private static AuditSet audits() {
    String text =
        """
        [[audits.helper]]
        who = "Ann <ann@example.org>"
        criteria = "safe-to-deploy"
        version = "0.9.0"

        [[audits.helper]]
        who = "Ann <ann@example.org>"
        criteria = "safe-to-deploy"
        delta = "0.9.0 -> 1.0.0"

        [[audits.alpha]]
        who = "Bob"
        criteria = "safe-to-deploy"
        violation = "1.1"
        notes = "reads what is not its own"
        """;
    return AuditSet.of(
        VetStore.of(AuditsReader.read(Bytes.utf8(text)), new TreeMap<>()), ImportedChecksums.NONE);
  }

  @Test
  void theDocumentHoldsTheDifference() {
    young();

    CliFixture.Ran ran = cli.run("review", "alpha@1.1.0", "--json");

    JsonObject diff = ran.json().object("diff");
    assertThat(diff.words("base")).isEqualTo("1.0.0");
    assertThat(diff.objects("files").getFirst().words("path")).isEqualTo("build.rs");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void oneVersionOrOneLockfileIsNamed() {
    for (String[] words :
        new String[][] {
          {"review"},
          {"review", "alpha@1.0.0", "--lockfile", "Cargo.lock"},
          {"review", "--lockfile", "Cargo.lock", "--base", "1.0.0"}
        }) {
      CliFixture.Ran ran = cli.run(words);

      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.err())
          .startsWith(
              "error: cannot review: expected one version, like serde@1.2.3, or --lockfile FILE");
    }
    assertThat(cli.run("review", "alpha@^1").exit()).isEqualTo(2);
    assertThat(cli.run("review", "alpha@1.0.0", "--base", "x").exit()).isEqualTo(2);
  }

  @Test
  void whatIsNotThereIsFiveAndABaseThatIsNotThereIsTwo() {
    assertThat(cli.run("review", "alpha@7.0.0").exit()).isEqualTo(5);
    CliFixture.Ran ran = cli.run("review", "alpha@1.0.0", "--base", "0.9.0");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .startsWith(
            "error: cannot review alpha@1.0.0: cannot compare with 'alpha 0.9.0': there is no such"
                + " version");
  }

  @Test
  void aLockfileIsListedWithTheLeastToReadFirst() {
    CrateId young = young();
    CrateId large =
        gate.publish(
            CrateBuilder.crate("large", "1.0.0").file("src/lib.rs", "// x\n".repeat(200)), 2);
    CrateId evil = gate.publish(CrateBuilder.crate("evil", "1.0.0").traversal(), 1);
    cli.write(
        "Cargo.lock", LockfileTexts.of(large, evil, old().id(), young) + LockfileTexts.git("side"));

    CliFixture.Ran ran = cli.run("review", "--lockfile", "Cargo.lock");

    assertThat(ran.exit()).isEqualTo(1);
    GoldenFiles.hold("review-lockfile", ran.out());
    assertThat(cli.run("review", "--lockfile", "Cargo.lock", "--json").json().words("lockfile"))
        .isEqualTo("Cargo.lock");
  }

  @Test
  void aLockfileOfServedVersionsIsNothingToRead() {
    cli.write("Cargo.lock", LockfileTexts.of(old().id()));

    CliFixture.Ran ran = cli.run("review", "--lockfile", "Cargo.lock");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).isEqualTo("Cargo.lock: nothing to read, 1 served\n");
  }
}
