package lazaret.cli.lockfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.lockfile.Lockfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Lockfiles that are made to mislead readers of `verify` or to keep the gate busy, because a pull
/// request can contain any text. Each is checked by a gate and by a feed alone.
class HostileLockfileTest {
  /// Characters that move cursors, clear lines, reverse text or hide it.
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\x{2028}\\x{2029}&&[^\\n]]");

  private static final List<String> FORMS = List.of("text", "--sarif", "--junit", "--json");

  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);
  private CrateId good = gate.publish("alpha", "1.0.0", 100);

  @BeforeEach
  void publish() {
    cli = CliFixture.at(folder, gate);
    good = gate.publish("alpha", "1.0.0", 100);
    cli.write("ban.toml", "[[advisory]]\nid = \"ACME-1\"\nreason = \"keys\"\ncrate = \"rotten\"\n");
  }

  @AfterEach
  void close() {
    gate.close();
  }

  /// Runs `verify` in one output form, with the gate or with a feed.
  private CliFixture.Ran verify(boolean offline, String form) {
    cli.environment.remove("LAZARET_SERVER");
    if (!offline) {
      cli.environment.put("LAZARET_SERVER", gate.url());
    }
    List<String> words = new ArrayList<>(List.of("verify"));
    if (offline) {
      words.addAll(List.of("--feed", "ban.toml"));
    }
    switch (form) {
      case "--json" -> words.add(form);
      case "text" -> words.add("--all");
      default -> words.addAll(List.of(form, "-"));
    }
    return cli.run(words.toArray(String[]::new));
  }

  private static String source(String name, String source) {
    return "\n[[package]]\nname = \"%s\"\nversion = \"0.1.0\"\nsource = \"%s\"\n"
        .formatted(name, source);
  }

  @Test
  void sourcesAndNamesCannotPaintTheTerminalNorTheReports() {
    String escapes = "\\u009b2K\\u009b1A\\u0085Cargo.lock:1package\\u202e\\u200b\\u2028\\u2066";
    cli.write(
        "Cargo.lock",
        LockfileTexts.of(good)
            + source("side", "git+https://example.org/" + escapes + "?branch=x#0123")
            + source("other", "sparse+https://example.org/" + escapes)
            + source("na\\u009bme\\u202e", "git+https://example.org/x#0123"));

    for (boolean offline : List.of(false, true)) {
      for (String form : FORMS) {
        CliFixture.Ran ran = verify(offline, form);

        assertThat(ran.exit()).as(form + ": " + ran.err()).isEqualTo(5);
        assertThat(ran.out() + ran.err()).as(form).doesNotContainPattern(UNSEEN);
      }
    }
  }

  @Test
  void aSourceWithLineBreaksOrEscapesIsRefusedInOneCleanLine() {
    for (String hostile :
        List.of("\\u001b[2K\\u001b[1A", "\\r\\nCargo.lock: 1 package: 1 served", "\\u0007", " x")) {
      cli.write(
          "Cargo.lock",
          LockfileTexts.of(good) + source("side", "git+https://h/" + hostile + "#01"));
      for (boolean offline : List.of(false, true)) {
        CliFixture.Ran ran = verify(offline, "text");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).doesNotContainPattern(UNSEEN).contains("is not registry+URL");
      }
    }
  }

  @Test
  void aSourceThatOnlyLooksLikeThePublicRegistryGoesRoundTheGate() {
    cli.write(
        "Cargo.lock",
        LockfileTexts.of()
            + source("alpha", "registry+https://github.com/rust-lang/crates.io-index.git")
            + source("beta", "registry+https://github.com@example.org/rust-lang/crates.io-index")
            + source("gamma", "sparse+https://index.crates.io.example.org/")
            + source("delta", "registry+https://github.com/rust-lang/crates.io-inde\\u0445")
            + source("epsilon", "path+file:///home/ann/epsilon"));

    for (boolean offline : List.of(false, true)) {
      CliFixture.Ran ran = verify(offline, "--json");

      assertThat(ran.exit()).as(ran.err()).isEqualTo(5);
      assertThat(ran.json().objects("packages"))
          .extracting(p -> p.words("name") + " " + p.words("status"))
          .containsExactly(
              "alpha foreign-source",
              "beta foreign-source",
              "gamma foreign-source",
              "delta foreign-source");
    }
  }

  @Test
  void aPackageThatIsNamedTwiceIsRefusedAndNotJudgedByItsBetterHalf() {
    String twice =
        LockfileTexts.of(good) + LockfileTexts.registered("alpha", "1.0.0", "1".repeat(64));
    cli.write("Cargo.lock", twice);

    for (boolean offline : List.of(false, true)) {
      CliFixture.Ran ran = verify(offline, "text");

      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.err()).contains("package `alpha 1.0.0").contains("is specified twice");
    }
  }

  @Test
  void oneVersionFromTwoSourcesIsTwoPackages() {
    cli.write(
        "Cargo.lock",
        LockfileTexts.of(good)
            + source("alpha", "git+https://example.org/x#0123").replace("0.1.0", "1.0.0"));

    assertThat(verify(false, "--json").json().objects("packages"))
        .extracting(p -> p.words("status"))
        .containsExactly("served", "foreign-source");
  }

  @Test
  void anEnormousLockfileIsRefusedBeforeItIsRead() {
    cli.write("Cargo.lock", LockfileTexts.of(good) + "#".repeat(Lockfile.MAX_BYTES));

    for (boolean offline : List.of(false, true)) {
      CliFixture.Ran ran = verify(offline, "text");

      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.err()).contains("expected at most " + Lockfile.MAX_BYTES + " bytes");
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLockfileThatIsAFifoIsRefused() throws Exception {
    String fifo = cli.folder.resolve("Cargo.lock").toString();
    assertThat(new ProcessBuilder("mkfifo", fifo).start().waitFor()).isZero();

    for (boolean offline : List.of(false, true)) {
      CliFixture.Ran ran = verify(offline, "text");

      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.err()).contains("expected a regular file, found a FIFO");
    }
  }

  @Test
  void moreThanAnyWorkspaceHasAreRefusedAndNobodyIsAskedForThem() {
    StringBuilder lock = new StringBuilder("version = 4\n");
    for (int i = 0; i <= Lockfile.MAX_PACKAGES; i++) {
      lock.append("[[package]]\nname = \"c").append(i).append("\"\nversion = \"1.0.0\"\n");
      lock.append("source = \"registry+https://github.com/rust-lang/crates.io-index\"\n");
    }
    cli.write("Cargo.lock", lock.toString());

    for (boolean offline : List.of(false, true)) {
      CliFixture.Ran ran = verify(offline, "text");

      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.err()).contains("50001 packages, expected at most 50000");
    }
    assertThat(gate.upstream.count("/index/*/c*")).isZero();
  }

  @Test
  void bracketsWithoutEndOverflowNoStack() {
    cli.write("Cargo.lock", "version = 4\nx = " + "[".repeat(1 << 20));

    for (boolean offline : List.of(false, true)) {
      assertThat(verify(offline, "text").exit()).isEqualTo(2);
    }
  }
}
