package lazaret.cli.lockfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Dependency;
import lazaret.testkit.Fault;
import lazaret.testkit.JsonObject;
import lazaret.testkit.RequestNumber;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyVerbTest {
  @TempDir Path folder;

  private ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);
  private CrateId aged = gate.publish("alpha", "1.0.0", 100);
  private CrateId fresh = gate.publish("beta", "1.2.0", 2);

  @BeforeEach
  void publish() {
    cli = CliFixture.at(folder, gate);
    aged = gate.publish("alpha", "1.0.0", 100);
    gate.publish("beta", "1.1.0", 100);
    fresh = gate.publish("beta", "1.2.0", 2);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  @Test
  void aLockOfAgedVersionsPasses() {
    cli.write("Cargo.lock", LockfileTexts.of(aged));

    CliFixture.Ran ran = cli.run("verify");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).isEqualTo("Cargo.lock: 1 package: 1 served\n");
  }

  @Test
  void aWithheldPackageIsReportedWithItsReplacement() {
    cli.write("Cargo.lock", LockfileTexts.of(aged, fresh) + LockfileTexts.git("side"));

    CliFixture.Ran ran = cli.run("verify", "--all");

    assertThat(ran.exit()).isEqualTo(1);
    GoldenFiles.hold("verify", ran.out());
  }

  @Test
  void aSecondVerifyTellsWhatHasChangedSinceTheFirst() {
    cli.write("Cargo.lock", LockfileTexts.of(aged, fresh));
    CliFixture.Ran first = cli.run("verify");
    assertThat(first.out()).contains("1 served, 1 withheld");

    assertThat(cli.run("verify").out()).isEqualTo(first.out());

    cli.run("deny", "alpha@1.0.0", "--reason", "no");
    assertThat(cli.run("verify").out()).contains("2 withheld");
    cli.run("approve", "alpha@1.0.0", "--reason", "yes");
    assertThat(cli.run("verify").out()).contains("1 served, 1 withheld");
    gate.clock.advance(Duration.ofDays(20));
    assertThat(cli.run("verify").out()).contains("2 packages: 2 served");
    cli.run("revoke", "alpha@1.0.0", "--reason", "no");
    assertThat(cli.run("verify").exit()).isEqualTo(1);
  }

  @Test
  void aSecondVerifyTellsOfAnotherChecksum() {
    cli.write("Cargo.lock", LockfileTexts.of(aged));
    assertThat(cli.run("verify").exit()).isZero();

    cli.write("Cargo.lock", LockfileTexts.registered("alpha", "1.0.0", "1".repeat(64)));

    assertThat(cli.run("verify").exit()).isEqualTo(4);
  }

  @Test
  void verifyPrintsOneJsonDocumentWithCounts() {
    cli.write("Cargo.lock", LockfileTexts.of(aged, fresh));

    JsonObject document = cli.run("verify", "--json").json();

    assertThat(document.flag("passes")).isFalse();
    assertThat(document.object("counts").number("withheld")).isEqualTo(1);
    assertThat(document.objects("packages").getLast().words("replacement")).isEqualTo("1.1.0");
  }

  @Test
  void aWrongChecksumIsFourWhateverElseIsWrong() {
    cli.write(
        "Cargo.lock",
        LockfileTexts.of(fresh)
            + LockfileTexts.registered("alpha", "1.0.0", "1".repeat(64))
            + LockfileTexts.registered("nosuch", "1.0.0", "2".repeat(64)));

    CliFixture.Ran ran = cli.run("verify");

    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.out()).contains("tampered").contains("the lockfile says sha256 1111");
  }

  @Test
  void anUnknownPackageIsFive() {
    cli.write(
        "Cargo.lock",
        LockfileTexts.of(aged) + LockfileTexts.registered("nosuch", "1.0.0", "2".repeat(64)));

    assertThat(cli.run("verify").exit()).isEqualTo(5);
  }

  @Test
  void aGitSourceAloneIsFive() {
    cli.write("Cargo.lock", LockfileTexts.of(aged) + LockfileTexts.git("side"));

    CliFixture.Ran ran = cli.run("verify");

    assertThat(ran.exit()).isEqualTo(5);
    assertThat(ran.out()).contains("foreign-source").contains("example.org/x.git");
  }

  @Test
  void anUpstreamThatIsDownIsThree() {
    cli.write("Cargo.lock", LockfileTexts.of(aged, fresh));
    gate.upstream.switchOff();

    assertThat(cli.run("verify").exit()).isEqualTo(3);
  }

  @Test
  void aLockfileThatIsNotThereIsTwo() {
    CliFixture.Ran ran = cli.run("verify", "no/Cargo.lock");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("no such file").contains("cargo generate-lockfile");
  }

  @Test
  void aFileThatIsNoLockfileIsTwo() {
    cli.write("Cargo.lock", "[[package]\n");

    assertThat(cli.run("verify").exit()).isEqualTo(2);
  }

  @Test
  void prefetchHoldsWhatIsServedAndTellsWhatIsNot() {
    cli.write("Cargo.lock", LockfileTexts.of(aged, fresh));

    CliFixture.Ran ran = cli.run("prefetch", "Cargo.lock");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("beta@1.2.0").contains("refused-by-policy").contains("1 stored");
    assertThat(gate.store.hasArtifact(aged.cksum())).isTrue();
    assertThat(
            cli.run("queue", "--all", "--json")
                .json()
                .objects("requests")
                .getFirst()
                .texts("lockfiles"))
        .containsExactly("Cargo.lock");
  }

  @Test
  void aCiTokenPrefetchesAndDecidesNothing() {
    cli.write("Cargo.lock", LockfileTexts.of(aged));
    String secret = cli.run("token", "create", "ci", "--scope", "prefetch").out().strip();
    String reader = cli.run("token", "create", "dev", "--scope", "read").out().strip();
    cli.environment.put("LAZARET_TOKEN", secret);

    assertThat(cli.run("prefetch", "Cargo.lock").exit()).isZero();
    assertThat(cli.run("verify", "Cargo.lock").exit()).isZero();
    assertThat(cli.run("approve", "alpha@1.0.0", "--reason", "r").exit()).isEqualTo(2);
    assertThat(cli.run("queue").err()).contains("lacks the role 'reviewer'");
    cli.environment.put("LAZARET_TOKEN", reader);
    assertThat(cli.run("prefetch", "Cargo.lock").out()).contains("lacks the role 'prefetcher'");
  }

  private static String registered(CrateId id, String... needs) {
    return LockfileTexts.registered(id.name().published(), id.version().text(), id.cksum().hex())
        + dependencies(needs);
  }

  private static String dependencies(String... needs) {
    return needs.length == 0
        ? ""
        : "dependencies = [\n \"" + String.join("\",\n \"", needs) + "\",\n]\n";
  }

  @Test
  void prefetchForATargetLeavesOutWhatOtherPlatformsNeed() {
    CrateId everywhere = gate.publish("everywhere", "1.0.0", 90);
    CrateId windows = gate.publish("only-windows", "1.0.0", 90);
    CrateId deep =
        gate.publish(
            CrateBuilder.crate("deep", "1.0.0")
                .dependency(Dependency.on("only-windows", "1").forTarget("cfg(windows)")),
            90);
    CrateId root =
        gate.publish(
            CrateBuilder.crate("root", "1.0.0")
                .dependency(Dependency.on("everywhere", "1").forTarget("cfg(unix)"))
                .dependency("deep", "1"),
            90);
    cli.write(
        "Cargo.lock",
        "version = 4\n"
            + registered(deep, "only-windows")
            + registered(everywhere)
            + registered(windows)
            + registered(root, "deep", "everywhere")
            + "\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\n"
            + dependencies("root"));
    // Upstream lists the version without a usable file, like a folder of a Linux build.
    gate.registry.artifact("only-windows", "1.0.0", Bytes.utf8("not a crate"));

    CliFixture.Ran ran = cli.run("prefetch", "Cargo.lock", "--target", "x86_64-unknown-linux-gnu");

    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.err()).contains("1 of 4 packages of Cargo.lock are not needed");
    assertThat(gate.store.hasArtifact(everywhere.cksum())).isTrue();
    assertThat(cli.run("prefetch", "Cargo.lock").exit()).isNotZero();
    assertThat(cli.run("prefetch", "--lockfile", "Cargo.lock").exit())
        .isEqualTo(cli.run("prefetch", "Cargo.lock").exit());
    assertThat(cli.run("prefetch").err()).contains("expected a Cargo.lock or a crate, found none");
    assertThat(cli.run("prefetch", "Cargo.lock", "--target", "x86_64-pc-windows-msvc").exit())
        .isNotZero();
    assertThat(cli.run("prefetch", "Cargo.lock", "--target", "windows").err())
        .contains("expected a triple like x86_64-unknown-linux-gnu");
  }

  @Test
  void afterPrefetchNothingIsAskedOfUpstream() {
    cli.write("Cargo.lock", LockfileTexts.of(aged));
    cli.run("prefetch", "Cargo.lock");
    gate.upstream.switchOff();

    assertThat(cli.run("prefetch", "Cargo.lock").exit()).isZero();
  }

  @Test
  void ofSeveralLockfilesNothingIsFetchedWhereOneIsTampered() {
    cli.write("a/Cargo.lock", LockfileTexts.of(aged));
    cli.write("b/Cargo.lock", LockfileTexts.registered("beta", "1.1.0", "3".repeat(64)));

    CliFixture.Ran ran = cli.run("prefetch", "a/Cargo.lock", "b/Cargo.lock");

    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.out()).contains("nothing was fetched");
    assertThat(gate.upstream.count("/crates/*")).isZero();
  }

  @Test
  void namesAndRequirementsMeanTheNewestThatIsServed() {
    CliFixture.Ran ran = cli.run("prefetch", "alpha", "beta@^1", "--json");

    assertThat(ran.exit()).isZero();
    assertThat(ran.json().objects("held").stream().map(h -> h.words("spec")))
        .containsExactly("alpha@1.0.0", "beta@1.1.0");
  }

  @Test
  void wrongBytesFromUpstreamAreFour() {
    gate.registry.artifact("alpha", "1.0.0", CrateBuilder.crate("alpha", "1.0.1").build());

    CliFixture.Ran ran = cli.run("prefetch", "alpha@1.0.0");

    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.out()).contains("cksum-mismatch");
  }

  @Test
  void whatUpstreamFailedForIsTriedAgainWhileOthersSucceed() {
    cli.write("Cargo.lock", LockfileTexts.of(aged, gate.publish("gamma", "1.0.0", 90)));
    cli.run("verify");
    gate.upstream.script("/crates/gamma/*", RequestNumber.first(20), Fault.status(503));

    CliFixture.Ran ran = cli.run("prefetch", "Cargo.lock");

    assertThat(ran.err()).contains("retrying 1");
    assertThat(cli.pauses).isNotEmpty().allMatch(p -> p.compareTo(Duration.ofSeconds(35)) <= 0);
  }

  @Test
  void anUpstreamThatIsDownEndsPrefetchAtOnceWithThree() {
    cli.write("Cargo.lock", LockfileTexts.of(aged));
    cli.run("verify");
    gate.upstream.switchOff();

    CliFixture.Ran ran = cli.run("prefetch", "Cargo.lock");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(cli.pauses).isEmpty();
  }
}
