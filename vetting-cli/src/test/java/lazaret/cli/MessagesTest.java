package lazaret.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lazaret.cli.decision.TwoPersonRuleTest;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.policy.Policy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All messages of `why`, `verify` and `review` that are not in other golden files, in the form
/// that the user sees.
class MessagesTest {
  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();
  private final StringBuilder seen = new StringBuilder();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);

  @BeforeEach
  void publish() {
    cli = CliFixture.at(folder, gate);
    gate.publish("alpha", "1.0.0", 100);
    gate.publish("alpha", "1.2.0", 2);
    gate.publish("young", "0.1.0", 2);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private void run(String... words) {
    CliFixture.Ran ran = cli.run(words);
    seen.append("$ vetting-cli ").append(String.join(" ", words)).append('\n');
    seen.append(ran.out()).append(ran.err()).append("# ").append(ran.exit()).append("\n\n");
  }

  private void hold(String name) {
    GoldenFiles.hold(
        name,
        seen.toString()
            .replace(gate.url(), "http://127.0.0.1:PORT")
            .replace(folder.toString(), "FOLDER")
            .replaceAll("127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:PORT")
            .replaceAll("(?<![01])[0-9a-f]{64}", "SHA256"));
  }

  private void decide(String... words) {
    cli.run(words);
  }

  @Test
  void why() {
    gate.publish(CrateBuilder.crate("evil", "1.0.0").traversal(), 100);
    cli.write("ban.toml", "[[advisory]]\nid = \"ACME-1\"\nreason = \"keys\"\ncrate = \"rotten\"\n");
    gate.publish("rotten", "1.0.0", 100);
    decide("feed", "import", "ban.toml");
    decide("prefetch", "evil@1.0.0");
    run("why", "young@0.1.0");
    run("why", "evil@1.0.0");
    run("why", "rotten@1.0.0");
    decide("deny", "alpha@1.0.0", "--reason", "stolen account");
    run("why", "alpha@1.0.0");
    decide("revoke", "alpha@1.0.0", "--reason", "under investigation");
    run("why", "alpha@1.0.0");
    decide("approve", "alpha@1.2.0", "--reason", "urgent", "--expires", "1d");
    run("why", "alpha@1.2.0");
    gate.clock.advance(Duration.ofDays(2));
    run("why", "alpha@1.2.0");
    gate.rules.change(book -> book.with(book.policy().withMode(Policy.Mode.AUDIT)));
    run("why", "alpha@1.2.0");
    run("why", "alpha@1.0.0");
    hold("messages-why");
  }

  @Test
  void whyInVain() {
    run("why");
    run("why", "alpha");
    run("why", "alpha@^1");
    run("why", "al pha@1.0.0");
    run("why", "alpha@9.9.9");
    run("why", "nosuch@1.0.0");
    run("why", "alpha@1.2.0", "--at", "soon");
    run("why", "alpha@1.2.0", "--at", "2030-01-01");
    run("why", "alpha@1.2.0", "--at", "3d");
    gate.upstream.switchOff();
    run("why", "other@1.0.0");
    cli.environment.put("LAZARET_TOKEN", "lzr_wrong");
    run("why", "alpha@1.2.0");
    gate.stopServer();
    run("why", "alpha@1.2.0");
    hold("messages-why-in-vain");
  }

  @Test
  void verify() {
    cli.write("empty/Cargo.lock", "version = 3\n");
    run("verify", "empty/Cargo.lock");
    CrateId served = gate.publish("alpha", "1.0.0", 100);
    cli.write("Cargo.lock", LockfileTexts.of(served));
    run("verify");
    cli.write("young/Cargo.lock", LockfileTexts.of(gate.publish("young", "0.1.0", 2)));
    run("verify", "young/Cargo.lock");
    // Clocks are more precise than printed times.
    gate.clock.advance(Duration.ofNanos(7_000_123));
    decide("approve", "--lockfile", "young/Cargo.lock", "--reason", "start");
    run("verify", "young/Cargo.lock", "--all");
    cli.write(
        "db/crates/alpha/RUSTSEC-2026-0001.md",
        TwoPersonRuleTest.LEAK
            .formatted("RUSTSEC-2026-0001")
            .replace("C:H/I:H/A:H", "C:N/I:N/A:L"));
    decide("feed", "import", "db");
    run("verify");
    gate.clock.advance(Duration.ofDays(8));
    run("verify");
    cli.write("both/Cargo.lock", LockfileTexts.of(served, gate.publish("fresh", "0.1.0", 2)));
    run("verify", "both/Cargo.lock");
    gate.clock.advance(Duration.ofDays(90));
    run("verify");
    hold("messages-verify");
  }

  @Test
  void verifyInVain() {
    run("verify");
    run("verify", "nowhere/Cargo.lock");
    cli.write("Cargo.lock", "<<<<<<< ours\n");
    run("verify");
    cli.write("Cargo.lock", "version = 9\n");
    run("verify");
    cli.write("Cargo.lock", "[[package]\n");
    run("verify");
    cli.write(
        "Cargo.lock",
        LockfileTexts.of() + LockfileTexts.registered("other", "1.0.0", "1".repeat(64)));
    run("verify", "--sarif", "-", "--json");
    run("verify", "--junit", "no/such/folder.xml");
    run("verify", "--feed", "nowhere.zip");
    run("verify", "--feed", "ban.toml", "--server", "http://127.0.0.1:9");
    gate.upstream.switchOff();
    cli.write(
        "Cargo.lock",
        LockfileTexts.of() + LockfileTexts.registered("another", "1.0.0", "1".repeat(64)));
    run("verify");
    gate.stopServer();
    run("verify");
    hold("messages-verify-in-vain");
  }

  @Test
  void aBrokenLockfileIsNamedByItsPathWhoeverReadsIt() {
    cli.write("app/Cargo.lock", "<<<<<<< ours\n");
    cli.write("policy.toml", "version = 1\n");
    cli.write(
        "ban.toml", "[[advisory]]\nid = \"B-1\"\ncrate = \"evil\"\nreason = \"steals keys\"\n");
    run("verify", "app/Cargo.lock");
    run("verify", "app/Cargo.lock", "--feed", "ban.toml");
    run("policy", "check", "policy.toml", "--lockfile", "app/Cargo.lock");
    run("review", "--lockfile", "app/Cargo.lock");
    run("closure", "--lockfile", "app/Cargo.lock");
    run("prefetch", "app/Cargo.lock");
    run("approve", "--lockfile", "app/Cargo.lock", "--reason", "start");
    hold("messages-broken-lockfile");
  }

  @Test
  void review() {
    CrateId young = gate.publish("young", "0.1.0", 2);
    cli.write("Cargo.lock", LockfileTexts.of(gate.publish("alpha", "1.0.0", 100)));
    run("review", "--lockfile", "Cargo.lock");
    cli.write(
        "Cargo.lock",
        LockfileTexts.of(young)
            + LockfileTexts.registered("alpha", "1.2.0", "1".repeat(64))
            + LockfileTexts.registered("nosuch", "1.0.0", "1".repeat(64)));
    run("review", "--lockfile", "Cargo.lock");
    run("review");
    run("review", "alpha@1.2.0", "--lockfile", "Cargo.lock");
    run("review", "--lockfile", "Cargo.lock", "--base", "1.0.0");
    run("review", "alpha@1.2.0", "--base", "7.0.0");
    run("review", "alpha@1.2.0", "--base", "seven");
    run("review", "alpha");
    run("review", "alpha@9.9.9");
    gate.publish("beta", "1.0.0", 2);
    gate.registry.artifact("beta", "1.0.0", CrateBuilder.crate("beta", "1.0.1").build());
    run("review", "beta@1.0.0");
    gate.upstream.switchOff();
    run("review", "young@0.1.0", "--stat");
    run("review", "other@1.0.0");
    gate.stopServer();
    run("review", "alpha@1.2.0");
    hold("messages-review");
  }

  @Test
  void missingScopeIsNamed() {
    String secret = cli.run("token", "create", "ci", "--scope", "read").out().strip();
    cli.environment.put("LAZARET_TOKEN", secret);
    for (List<String> words :
        List.of(List.of("review", "alpha@1.2.0"), List.of("who", "alpha@1.2.0"))) {
      run(words.toArray(String[]::new));
    }
    hold("messages-scope");
  }
}
