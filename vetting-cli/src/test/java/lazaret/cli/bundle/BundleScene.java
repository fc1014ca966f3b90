package lazaret.cli.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.cli.fixture.CheapKeys;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.testkit.JsonObject;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A gate outside, a store inside and a medium between them, for verbs that people type.
abstract class BundleScene {
  static final String SECRET = "correct horse battery staple";
  static final Sha256 SHA = Sha256.parse("ab".repeat(32));

  @TempDir Path folder;

  final ServerFixture gate = new ServerFixture();
  final List<CrateId> locked = new ArrayList<>();
  CliFixture outside = CliFixture.at(Path.of(""), gate);
  CliFixture inside = CliFixture.at(Path.of(""), gate);

  @BeforeEach
  void meet() throws IOException {
    outside = CliFixture.beside(folder, gate);
    outside.environment.put("LAZARET_PASSPHRASE", SECRET);
    inside = new CliFixture(folder, gate.clock);
    Files.createDirectory(folder.resolve("medium"));
    CheapKeys.write(folder.resolve("keys"), SECRET, "me", "decisions");
    String words =
        ok(outside, "keys", "ceremony", "--operator", "me", "--stream", "prod", "--out", "keys")
            .words("fingerprint");
    ok(
        inside,
        "trust",
        "init",
        "--data-dir",
        "inside",
        "--root",
        "keys/roots/1.root.json",
        "--fingerprint",
        words);
    locked.add(gate.publish("alpha", "1.0.0", 100));
  }

  @AfterEach
  void close() {
    gate.close();
  }

  static JsonObject ok(CliFixture cli, String... words) {
    CliFixture.Ran ran = run(cli, words, "--json");
    assertThat(ran.exit()).as(ran.err() + ran.out()).isZero();
    return ran.json();
  }

  static CliFixture.Ran run(CliFixture cli, String[] words, String... more) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return cli.run(all.toArray(String[]::new));
  }

  CliFixture.Ran export(String... more) {
    outside.write("Cargo.lock", LockfileTexts.of(locked.toArray(CrateId[]::new)));
    String[] words = {
      "bundle", "export", "medium", "--keys", "keys", "--from-lockfile", "Cargo.lock"
    };
    return run(outside, words, more);
  }

  /// Exports one more crate.
  void next() {
    locked.add(gate.publish("beta" + locked.size(), "1.0.0", 100));
    assertThat(exported("--json").flag("exported")).isTrue();
  }

  JsonObject exported(String... more) {
    CliFixture.Ran ran = export(more);
    assertThat(ran.exit()).as(ran.err() + ran.out()).isZero();
    return ran.json();
  }

  String[] taking(String verb, JsonObject exported) {
    return new String[] {"bundle", verb, exported.words("path"), "--data-dir", "inside"};
  }
}
