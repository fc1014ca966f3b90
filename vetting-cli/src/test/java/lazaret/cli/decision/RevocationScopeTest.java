package lazaret.cli.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.cli.desk.Cooldowns;
import lazaret.cli.fixture.CheapKeys;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.fixture.ServerFixture;
import lazaret.testkit.JsonObject;
import lazaret.vetting.crates.CrateId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Revocation bundles of a stream that has fewer versions than its gate has stored.
class RevocationScopeTest {
  private static final String SECRET = "correct horse battery staple";
  private static final String[] REVOCATION = {
    "bundle", "export", "medium", "--keys", "keys", "--kind", "revocation"
  };

  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();
  private final List<CrateId> locked = new ArrayList<>();
  private CliFixture outside = CliFixture.at(Path.of(""), gate);
  private CliFixture inside = CliFixture.at(Path.of(""), gate);

  @BeforeEach
  void aGateThatHoldsMoreThanItsStream() throws IOException {
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
    locked.add(gate.publish("beta", "1.0.0", 100));
    for (String other : List.of("gamma", "delta", "epsilon")) {
      gate.publish(other, "1.0.0", 100);
      ok(outside, "prefetch", other + "@1.0.0");
    }
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private static JsonObject ok(CliFixture cli, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json");
    CliFixture.Ran ran = cli.run(all.toArray(String[]::new));
    assertThat(ran.exit()).as(ran.err() + ran.out()).isZero();
    return ran.json();
  }

  private JsonObject export(String... more) {
    outside.write("Cargo.lock", LockfileTexts.of(locked.toArray(CrateId[]::new)));
    List<String> words =
        new ArrayList<>(
            List.of(
                "bundle", "export", "medium", "--keys", "keys", "--from-lockfile", "Cargo.lock"));
    words.addAll(List.of(more));
    return ok(outside, words.toArray(String[]::new));
  }

  private CliFixture.Ran taking(String verb, JsonObject exported) {
    return inside.run("bundle", verb, exported.words("path"), "--data-dir", "inside");
  }

  private void take(JsonObject exported) {
    CliFixture.Ran ran = taking("import", exported);
    assertThat(ran.exit()).as(ran.err()).isZero();
  }

  private void revoke(String spec) {
    ok(outside, "revoke", spec, "--reason", "it calls home", "--yes");
  }

  private static long versions(JsonObject exported) {
    return exported.object("bundle").number("versions");
  }

  private static List<String> revoked(JsonObject exported) {
    return exported.object("bundle").object("changes").object("revoked").texts("items");
  }

  @Test
  void aRevocationHasExactlyTheVersionsOfItsStream() {
    JsonObject first = export();
    take(first);
    revoke("alpha@1.0.0");

    JsonObject revocation = ok(outside, REVOCATION);

    assertThat(versions(revocation)).isEqualTo(versions(first)).isEqualTo(2);
    assertThat(revocation.object("bundle").number("crates")).isEqualTo(2);
    assertThat(revoked(revocation)).containsExactly("alpha 1.0.0");
    assertThat(revocation.objects("missing")).isEmpty();
    take(revocation);
    locked.removeFirst();
    JsonObject next = export();
    assertThat(versions(next)).isEqualTo(2);
    assertThat(next.object("bundle").object("changes").object("added").number("count")).isZero();
    take(next);
    assertThat(inside.run("show", "gamma", "--data-dir", "inside").exit()).isEqualTo(5);
  }

  /// The options of an ordinary export do not extend a revocation either.
  @Test
  void whatIsNamedDoesNotWidenARevocation() {
    export();
    revoke("alpha@1.0.0");
    locked.add(gate.publish("zeta", "1.0.0", 100));

    JsonObject revocation = export("--kind", "revocation", "--exact", "--crate", "gamma@1.0.0");

    assertThat(versions(revocation)).isEqualTo(2);
    assertThat(revoked(revocation)).containsExactly("alpha 1.0.0");
  }

  @Test
  void aCooldownIsNotARevocation() {
    locked.add(gate.publish("young", "1.0.0", 1));
    take(export("--allow-missing"));
    revoke("alpha@1.0.0");

    JsonObject revocation = ok(outside, REVOCATION);

    assertThat(revoked(revocation)).containsExactly("alpha 1.0.0");
    take(revocation);
    assertThat(inside.run("log", "--data-dir", "inside").out())
        .contains("denied versions: 1, of them served so far: 1")
        .doesNotContain("young");
  }

  /// A version that was denied before it was served inside is not counted as withdrawn.
  @Test
  void aRevocationCountsWhatWasServed() {
    revoke("beta@1.0.0");
    take(export("--allow-missing"));
    revoke("alpha@1.0.0");
    JsonObject revocation = ok(outside, REVOCATION);
    assertThat(revoked(revocation)).containsExactly("alpha 1.0.0", "beta 1.0.0");

    assertThat(taking("diff", revocation).out()).contains("1 denied\n    alpha 1.0.0\n");
    take(revocation);

    assertThat(inside.run("log", "--data-dir", "inside").out())
        .contains("denied versions: 2, of them served so far: 1");
  }

  /// A version that the gate only holds at present is not removed from the stream.
  @Test
  void aRevocationTakesNothingOutOfTheStream() {
    locked.add(gate.publish("recent", "1.0.0", 20));
    take(export());
    Cooldowns.days(gate, 30);
    revoke("alpha@1.0.0");
    assertThat(versions(ok(outside, REVOCATION))).isEqualTo(3);
    Cooldowns.days(gate, 7);
    locked.removeLast();

    JsonObject next = export("--allow-missing");

    assertThat(next.object("removed").number("count")).isZero();
    assertThat(versions(next)).isEqualTo(3);
  }

  /// A site can have rolled back to the snapshot with the version, and each site is a registry of
  /// its own.
  @Test
  void aRevocationReachesVersionsThatOnlyAnOlderSnapshotHas() {
    take(export());
    CrateId gone = locked.removeLast();
    take(export("--exact"));
    revoke(gone.name() + "@1.0.0");

    JsonObject revocation = ok(outside, REVOCATION);
    assertThat(revoked(revocation)).containsExactly("beta 1.0.0");
    take(revocation);
    ok(inside, "bundle", "rollback", "1", "--reason", "a build", "--data-dir", "inside");

    assertThat(inside.run("why", "beta@1.0.0", "--data-dir", "inside").out())
        .contains("it calls home");
  }

  @Test
  void theListAndTheStatusNameTheRevocationsInForce() {
    take(export());
    revoke("alpha@1.0.0");
    take(ok(outside, REVOCATION));
    String[] list = {"bundle", "list", "--data-dir", "inside"};
    String[] status = {"status", "--data-dir", "inside"};

    assertThat(inside.run(list).out())
        .containsPattern("REVOCATION +STORED SINCE +DENIES")
        .containsPattern("e1/2 +2026-11-24 12:00Z +1 versions +in force");
    assertThat(inside.run(status).out())
        .contains("revocation e1/2 of 2026-11-24 12:00Z is in force: denied versions: 1")
        .contains("feeds     none");
    take(export("--allow-missing"));
    assertThat(inside.run(list).out()).doesNotContain("REVOCATION");
    assertThat(ok(inside, status).object("snapshot").objects("revocations")).isEmpty();

    ok(inside, "bundle", "rollback", "1", "--reason", "a build", "--data-dir", "inside");

    assertThat(ok(inside, list).objects("revocations"))
        .singleElement()
        .matches(r -> r.words("number").equals("e1/2") && r.number("versions") == 1);
  }

  /// Otherwise a missing check against advisories would not be noticed inside.
  @Test
  void anExportWithoutFeedsWarns() {
    outside.write("Cargo.lock", LockfileTexts.of(locked.toArray(CrateId[]::new)));
    CliFixture.Ran ran =
        outside.run(
            "bundle", "export", "medium", "--keys", "keys", "--from-lockfile", "Cargo.lock");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("feeds: none; the bundle has no advisories");
    assertThat(ran.err()).contains("this gate has no feed", "vetting-cli feed import");
    assertThat(export().texts("warnings")).singleElement().asString().contains("no advisories");
    revoke("alpha@1.0.0");
    assertThat(ok(outside, REVOCATION).texts("warnings")).isEmpty();
  }

  @Test
  void aStreamWithoutASnapshotHasNothingToRevoke() {
    CliFixture.Ran ran = outside.run(REVOCATION);

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("the stream prod", "export its first one in full");
  }

  /// Media arrive in an unusual order. All signatures are valid, so tampering must not be reported.
  @Test
  void aHarmlessOrderOfBundlesIsNotCalledTampering() {
    JsonObject full = export();
    take(full);
    locked.add(gate.publish("eta", "1.0.0", 100));
    JsonObject delta = export();
    revoke("alpha@1.0.0");
    JsonObject revocation = ok(outside, REVOCATION);
    take(revocation);

    for (String verb : List.of("import", "diff")) {
      CliFixture.Ran ran = taking(verb, delta);
      assertThat(ran.exit()).as(ran.err()).isEqualTo(6);
      assertThat(ran.err())
          .contains("metadata-rollback: ")
          .contains("in the order in which they were made: this one first, then revocation e1/3");
    }
    assertThat(taking("import", revocation).exit()).isZero();
    assertThat(taking("import", full).exit()).isZero();
    JsonObject newest = export("--allow-missing");
    take(newest);
    take(newest);
    for (JsonObject old : List.of(full, delta)) {
      CliFixture.Ran ran = taking("import", old);
      assertThat(ran.exit()).as(ran.err()).isEqualTo(6);
      assertThat(ran.err()).contains("which is newer; nothing is left to do");
    }
    assertThat(taking("import", revocation).exit()).isZero();
  }
}
