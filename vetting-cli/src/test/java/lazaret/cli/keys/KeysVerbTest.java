package lazaret.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lazaret.bundle.trust.StoredTrust;
import lazaret.cli.fixture.CheapKeys;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.ServerFixture;
import lazaret.cli.report.TerminalCapabilities;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.JsonObject;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys, roots and signatures on the command line. Each officer has a folder.
class KeysVerbTest {
  private static final String SECRET = "correct horse battery";

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock(ServerFixture.START);
  private CliFixture cli = new CliFixture(Path.of(""), clock);

  @BeforeEach
  void start() {
    cli = new CliFixture(folder, clock);
    cli.environment.put("LAZARET_PASSPHRASE", SECRET);
  }

  private CliFixture.Ran ok(String... words) {
    CliFixture.Ran ran = cli.run(words);
    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    return ran;
  }

  /// Replaces random values by names, because keys are new in each run.
  private String steady(String text) {
    return text.replace(folder.toString(), "DIR")
        .replaceAll("([0-9a-hjkmnp-tv-z]{4} ){9}[0-9a-hjkmnp-tv-z]{4}", "FINGERPRINT")
        .replaceAll("[0-9a-f]{64}", "SHA256");
  }

  /// Runs a command that makes the first of two signatures. It has its own exit code, so that a
  /// script does not mistake it for the last one.
  private CliFixture.Ran unsigned(String... words) {
    CliFixture.Ran ran = cli.run(words);
    assertThat(ran.exit()).as(ran.err()).isEqualTo(9);
    return ran;
  }

  private void officers() {
    for (String name : List.of("ann", "ben", "cem", "host")) {
      CheapKeys.write(folder.resolve(name), SECRET, name);
    }
    CheapKeys.write(folder.resolve("host"), SECRET, "decisions");
  }

  private JsonObject ceremony() {
    officers();
    return ok(
            "keys",
            "ceremony",
            "ann/ann.pub.json",
            "ben/ben.pub.json",
            "cem/cem.pub.json",
            "host/host.pub.json",
            "host/decisions.pub.json",
            "--stream",
            "prod",
            "--root",
            "2:ann,ben,cem",
            "--release",
            "host",
            "--attendee",
            "Ann Example",
            "--out",
            "stick",
            "--json")
        .json();
  }

  @Test
  void oneOperatorHasEverythingAfterOneCommand() {
    CliFixture.Ran made =
        ok("keys", "ceremony", "--operator", "me", "--stream", "prod", "--out", "keys");
    GoldenFiles.hold("keys-single", steady(made.out()));
    assertThat(folder.resolve("keys/roots/1.root.json")).exists();

    GoldenFiles.hold("keys-show", steady(ok("keys", "show", "keys").out()));
    JsonObject shown = ok("keys", "show", "keys", "--json").json();
    assertThat(shown.objects("keys"))
        .extracting(k -> k.words("name"))
        .containsExactly("decisions", "me");
    assertThat(made.out()).contains(shown.object("root").words("fingerprint"));
    assertThat(made.out() + made.err()).doesNotContain("horse");
    CliFixture.Ran again =
        cli.run("keys", "ceremony", "--operator", "me", "--stream", "prod", "--out", "keys");
    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.err()).contains("'keys rotate' makes the next one");
  }

  @Test
  void thePassphraseIsTypedTwiceOnATerminal() {
    cli.environment.clear();
    cli.looks = new TerminalCapabilities(true, false, false, false, 80);
    cli.typed = SECRET + "\n" + SECRET + "\n";
    ok("keys", "create", "ann", "--out", "ann");

    cli.typed = SECRET + "\n" + SECRET + "!\n";
    CliFixture.Ran other = cli.run("keys", "create", "ben", "--out", "ben");
    assertThat(other.exit()).isEqualTo(2);
    assertThat(other.err()).contains("the two passphrases differ");
    assertThat(folder.resolve("ben/ben.key.json")).doesNotExist();
  }

  @Test
  void withoutATerminalItComesFromAFileOrTheEnvironment() throws IOException {
    cli.environment.clear();
    CliFixture.Ran nobody = cli.run("keys", "create", "ann", "--out", "ann");
    assertThat(nobody.exit()).isEqualTo(2);
    assertThat(nobody.err()).contains("name --passphrase-file FILE, or set LAZARET_PASSPHRASE");

    cli.write("secret", "short\n");
    CliFixture.Ran weak =
        cli.run("keys", "create", "ann", "--out", "ann", "--passphrase-file", "secret");
    assertThat(weak.exit()).isEqualTo(2);
    assertThat(weak.err()).contains("12 to 1024 characters");

    cli.write("secret", SECRET + "\n");
    GoldenFiles.hold(
        "keys-create",
        steady(ok("keys", "create", "ann", "--out", "ann", "--passphrase-file", "secret").out()));
    assertThat(
            cli.run("keys", "create", "ann", "--out", "ann", "--passphrase-file", "secret").exit())
        .isEqualTo(2);
    assertThat(steady(ok("keys", "show", "ann/ann.pub.json").out()))
        .isEqualTo("ann  FINGERPRINT\n");
  }

  @Test
  void aProgramThatIsNoSignerIsRefused() {
    CliFixture.Ran ran = cli.run("keys", "create", "ann", "--out", "ann", "--command", "/bin/true");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("cannot sign with 'ann'");
    assertThat(folder.resolve("ann")).doesNotExist();
  }

  @Test
  void officersMakeARootAndTheNextOne() throws IOException {
    JsonObject root = ceremony();
    assertThat(Files.readString(Path.of(root.words("transcript")))).contains("Ann Example");
    CliFixture.Ran first =
        unsigned(
            "sign",
            "stick/1.root.json",
            "--keys",
            "ann",
            "--fingerprint",
            root.words("fingerprint"));
    GoldenFiles.hold("sign-root", steady(first.out()));
    JsonObject second = ok("sign", "stick/1.root.json", "--keys", "cem", "--yes", "--json").json();
    assertThat(second.texts("signed")).containsExactly("cem");
    assertThat(second.flag("complete")).isTrue();
    for (String name : List.of("ann", "ben", "host")) {
      ok("sign", "stick/1.root.json", "--keys", name, "--yes");
    }
    ok("keys", "create", "dan", "--out", "dan");
    ok(
        "keys",
        "rotate",
        "--keys",
        "ann",
        "--replace",
        "ben=dan/dan.pub.json",
        "--root",
        "1:ann,cem",
        "--out",
        "stick");
    GoldenFiles.hold("keys-show-root", steady(ok("keys", "show", "stick/2.root.json").out()));
    unsigned("sign", "stick/2.root.json", "--keys", "ann", "--yes");
    ok("sign", "stick/2.root.json", "--keys", "cem", "--yes");

    JsonObject shown = ok("keys", "show", "cem", "--json").json().object("root");
    assertThat(shown.number("version")).isEqualTo(2);
    assertThat(shown.objects("officers"))
        .extracting(o -> o.words("name"))
        .containsExactly("ann", "cem", "dan", "host");
  }

  @Test
  void copiesOfARootAreBroughtTogether() throws IOException {
    ceremony();
    Files.copy(folder.resolve("stick/1.root.json"), folder.resolve("copy.json"));
    unsigned("sign", "stick/1.root.json", "--keys", "ann", "--yes");
    unsigned("sign", "copy.json", "--keys", "ben", "--yes");

    JsonObject both =
        ok("sign", "stick/1.root.json", "--keys", "ann", "--add-signatures", "copy.json", "--json")
            .json();

    assertThat(both.texts("taken")).containsExactly("ben");
    assertThat(both.texts("signed")).isEmpty();
    assertThat(both.flag("complete")).isTrue();
  }

  @Test
  void whatIsNotWhatWasExpectedIsNotSigned() throws IOException {
    ceremony();
    byte[] before = Files.readAllBytes(folder.resolve("stick/1.root.json"));
    CliFixture.Ran another =
        cli.run(
            "sign",
            "stick/1.root.json",
            "--keys",
            "ann",
            "--fingerprint",
            "0000 1111 2222 3333 4444 5555 6666 7777 8888 9999");
    assertThat(another.exit()).isEqualTo(4);
    assertThat(another.err())
        .contains(
            "fingerprint-mismatch: ",
            "expected the fingerprint '0000 1111",
            "differs in all ten groups");
    assertThat(another.out() + another.err())
        .doesNotContain(StoredTrust.fingerprint(Bytes.of(before)).groups());
    CliFixture.Ran unasked = cli.run("sign", "stick/1.root.json", "--keys", "ann");
    assertThat(unasked.exit()).isEqualTo(2);
    assertThat(unasked.err()).contains("expected a terminal to confirm");
    CliFixture.Ran stranger = cli.run("sign", "stick/1.root.json", "--keys", "host", "--yes");
    assertThat(stranger.exit()).isEqualTo(2);
    assertThat(stranger.err()).contains("no key in").contains("ann, ben, cem");
    cli.environment.put("LAZARET_PASSPHRASE", "another passphrase");
    CliFixture.Ran wrong = cli.run("sign", "stick/1.root.json", "--keys", "ann", "--yes");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("error: key-unusable: ", "the passphrase is wrong");
    GoldenFiles.hold(
        "sign-wrong-passphrase-json",
        cli.run("sign", "stick/1.root.json", "--keys", "ann", "--yes", "--json").out());
    cli.environment.put("LAZARET_PASSPHRASE", SECRET);
    cli.looks = new TerminalCapabilities(true, false, false, false, 80);
    cli.typed = "n\n";
    assertThat(cli.run("sign", "stick/1.root.json", "--keys", "ann").exit()).isEqualTo(1);

    assertThat(Files.readAllBytes(folder.resolve("stick/1.root.json"))).isEqualTo(before);
    cli.typed = "y\n";
    unsigned("sign", "stick/1.root.json", "--keys", "ann");
  }

  private void publishAlpha() throws IOException {
    FixtureRegistry.of()
        .publish(
            CrateBuilder.crate("alpha", "1.0.0"),
            line -> line.pubtime(ServerFixture.START.minus(Duration.ofDays(90))))
        .writeTo(folder.resolve("upstream"));
    cli.environment.put("LAZARET_UPSTREAM", folder.resolve("upstream").toString());
    cli.environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
  }

  @Test
  void officersSignABundleAndTheHostSealsIt() throws IOException {
    publishAlpha();
    JsonObject root = ceremony();
    unsigned("sign", "stick/1.root.json", "--keys", "ann", "--yes");
    for (String name : List.of("ben", "host")) {
      ok("sign", "stick/1.root.json", "--keys", name, "--yes");
    }
    // Creates the data folder.
    String words = root.words("fingerprint");
    ok(
        "trust",
        "init",
        "--data-dir",
        "data",
        "--root",
        "stick/1.root.json",
        "--fingerprint",
        words);
    ok("prefetch", "alpha", "--data-dir", "data");
    JsonObject exported =
        ok(
                "bundle",
                "export",
                "stick",
                "--keys",
                "host",
                "--crate",
                "alpha",
                "--data-dir",
                "data",
                "--json")
            .json();
    assertThat(exported.texts("unsigned")).contains("targets");
    String bundle = exported.words("path");

    CliFixture.Ran first = unsigned("sign", bundle, "--keys", "ann", "--yes");
    GoldenFiles.hold("sign-bundle", steady(first.out()));
    assertThat(first.out()).contains(exported.object("bundle").words("fingerprint"));
    String fingerprint = exported.object("bundle").words("fingerprint");
    unsigned("sign", bundle, "--keys", "cem", "--fingerprint", fingerprint);
    String[] verify = {
      "bundle", "verify", bundle, "--root", "stick/1.root.json", "--fingerprint", words
    };
    assertThat(cli.run(verify).exit()).isEqualTo(4);
    JsonObject sealed = ok("sign", bundle, "--keys", "host", "--yes", "--json").json();

    assertThat(sealed.flag("complete")).isTrue();
    assertThat(sealed.words("name")).isEqualTo(exported.object("bundle").words("name"));
    ok(verify);
    assertThat(ok("sign", bundle, "--keys", "ben", "--yes").out()).contains("nothing to sign");
  }

  /// The commands do not concern a bundle, so the messages must not have advice about bundles.
  @Test
  void whatWasTypedWrongIsNoBundleThatWasRefused() {
    String[][] wrong = {
      {"keys", "ceremony", "--operator", "me", "--stream", "Prod X", "--out", "keys"},
      {"keys", "ceremony", "--rehearsal", "--stream", "prod", "--root", "3:me", "--release", "me"},
      {"keys", "show", "nowhere"},
    };
    for (String[] words : wrong) {
      CliFixture.Ran ran = cli.run(words);
      assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
      assertThat(ran.err()).contains("expected").doesNotContain("next:", "bundle", "Exception");
    }
  }

  @Test
  void aCeremonyIsRehearsed() {
    CliFixture.Ran ran =
        ok(
            "keys",
            "ceremony",
            "--rehearsal",
            "--stream",
            "prod",
            "--root",
            "2:ann,ben",
            "--release",
            "host");

    assertThat(ran.out())
        .contains(
            "'ben' signed; in all 2 signed (ann, ben), 2 needed", "REHEARSAL OF A KEY CEREMONY");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aPlanThatLacksSomethingIsUsage() {
    assertThat(cli.run("keys", "ceremony", "--stream", "prod", "--out", "x").err())
        .contains("--operator NAME");
    assertThat(cli.run("keys", "ceremony", "--stream", "prod", "--operator", "me").err())
        .contains("--out FOLDER");
    CliFixture.Ran many =
        cli.run(
            "keys",
            "ceremony",
            "--stream",
            "prod",
            "--root",
            "a,b",
            "--release",
            "c",
            "--out",
            "x");
    assertThat(many.exit()).isEqualTo(2);
    assertThat(many.err()).contains("expected how many of them must sign, for example 2:a,b");
    CliFixture.Ran reach =
        cli.run(
            "keys",
            "ceremony",
            "--stream",
            "prod",
            "--root",
            "3:a,b",
            "--release",
            "c",
            "--out",
            "x");
    assertThat(reach.err()).contains("cannot require 3 of 2 officers");
  }
}
