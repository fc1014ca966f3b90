package lazaret.cli.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import lazaret.cli.fixture.CheapKeys;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.JsonObject;
import lazaret.vetting.crates.CrateId;
import org.junit.jupiter.api.Test;

/// What a network inside imports, refuses and says of it, by the verbs that people type.
class BundleImportVerbTest extends BundleScene {
  @Test
  void aReceiptSaysOutsideWhatTheDeltaShallFitOn() throws IOException {
    JsonObject first = exported("--json");
    CliFixture.Ran taken = run(inside, taking("import", first), "--receipt", "receipt.txt");
    assertThat(taken.exit()).as(taken.err()).isZero();
    String receipt = Files.readString(folder.resolve("receipt.txt"));
    assertThat(receipt)
        .matches(
            "lazaret-receipt/1 stream \\S+ sequence 1 state-root %s bundle %s at \\S+\n"
                .formatted(
                    first.object("bundle").words("state_root"),
                    first.object("bundle").words("bundle")));
    for (int i = 0; i < 4; i++) {
      next();
    }

    assertThat(exported("--json").object("bundle").objects("bases").getFirst().number("sequence"))
        .isEqualTo(3);
    JsonObject delta = exported("--for", "receipt.txt", "--json");
    assertThat(delta.object("bundle").objects("bases").getFirst().number("sequence")).isEqualTo(1);
    assertThat(ok(inside, taking("import", delta)).words("outcome")).isEqualTo("imported");
    String[] status = {"status", "--data-dir", "inside"};
    assertThat(run(inside, status).out())
        .contains("the next snapshot after 7 is promised by 2026-12-29");
    gate.clock.advance(Duration.ofDays(36));
    assertThat(run(inside, status).out())
        .contains("no snapshot newer than 7 arrived", "ask outside");
    assertThat(ok(inside, taking("import", delta)).words("receipt"))
        .contains("sequence " + delta.object("bundle").number("sequence"));
  }

  @Test
  void aCheckedBundleHasTheFieldsOfItsExport() {
    JsonObject exported = exported("--json");
    JsonObject bundle = exported.object("bundle");

    JsonObject verified = ok(inside, taking("verify", exported));
    JsonObject inspected = ok(inside, "bundle", "inspect", exported.words("path"));

    for (JsonObject document : List.of(verified, inspected)) {
      assertThat(document.words("name")).isEqualTo(bundle.words("name"));
      assertThat(document.words("bundle")).isEqualTo(bundle.words("bundle"));
      assertThat(document.object("root").words("fingerprint")).isNotBlank();
    }
    assertThat(verified.object("checked").number("artifacts")).isEqualTo(1);
    assertThat(inspected.has("trusted")).isTrue();
    assertThat(inspected.flag("trusted")).isFalse();
  }

  @Test
  void aReceiptThatDoesNotFitIsNoBase() throws IOException {
    JsonObject first = exported("--json");
    run(inside, taking("import", first), "--receipt", "receipt.txt");
    String receipt = Files.readString(folder.resolve("receipt.txt"));
    outside.write(
        "other", receipt.replace(first.object("bundle").words("state_root"), "0".repeat(64)));
    outside.write("foreign", receipt.replaceFirst("stream ........", "stream 00000000"));
    outside.write("later", receipt.replace("sequence 1", "sequence 9"));
    outside.write("none", "mark");

    assertThat(export("--for", "other"))
        .satisfies(r -> assertThat(r.exit()).isEqualTo(4))
        .satisfies(r -> assertThat(r.err()).contains("bundle-fork", "find out where"));
    assertThat(export("--for", "foreign").err()).contains("bundle-wrong-stream");
    assertThat(export("--for", "later").err()).contains("since snapshot 9: kept are [1]");
    assertThat(export("--for", "none").err()).contains("expected what 'bundle import --receipt");
    assertThat(export("--for", "receipt.txt", "--since", "1").err()).contains("name one of them");
    assertThat(outside.run("bundle", "list", "--json").json().objects("snapshots")).hasSize(1);
  }

  /// A version that requires the denied one cannot be resolved afterwards.
  @Test
  void aRevocationWaitsForNothing() {
    locked.add(gate.publish(CrateBuilder.crate("user", "1.0.0").dependency("alpha", "^1"), 100));
    JsonObject first = exported("--json");
    ok(inside, taking("import", first));
    ok(outside, "revoke", "alpha@1.0.0", "--reason", "it calls home", "--yes");
    String[] words = {"bundle", "export", "medium", "--keys", "keys"};
    assertThat(run(outside, words).exit()).isEqualTo(1);

    CliFixture.Ran ran = run(outside, words, "--kind", "revocation", "--json");

    assertThat(ran.exit()).as(ran.err()).isZero();
    CliFixture.Ran taken = run(inside, taking("import", ran.json()));
    assertThat(taken.exit()).as(taken.err()).isZero();
    assertThat(taken.out())
        .contains("revocation 2 is in force: its denials apply to all snapshots")
        .doesNotContain("snapshot 2 is served");
    assertThat(inside.run("why", "alpha@1.0.0", "--data-dir", "inside").out())
        .contains("it calls home");
    CliFixture.Ran blank =
        inside.run("bundle", "rollback", "1", "--reason", " ", "--data-dir", "inside");
    assertThat(blank.exit()).isEqualTo(2);
    assertThat(blank.err()).contains("cannot roll back: expected a reason, found a blank one");
  }

  /// The delta was made before the revocation and arrives after it.
  @Test
  void aDeltaFromBeforeARevocationSaysWhatItIsTooOldFor() {
    ok(inside, taking("import", exported("--json")));
    locked.add(gate.publish("beta", "1.0.0", 100));
    JsonObject delta = exported("--json");
    ok(outside, "revoke", "alpha@1.0.0", "--reason", "it calls home", "--yes");
    gate.clock.advance(Duration.ofMinutes(5));
    ok(inside, taking("import", exported("--kind", "revocation", "--json")));

    for (String verb : List.of("import", "diff")) {
      CliFixture.Ran ran = run(inside, taking(verb, delta));
      assertThat(ran.exit()).isEqualTo(6);
      assertThat(ran.err())
          .contains("metadata-rollback: cannot import delta prod e1/2: it was made before")
          .contains("before revocation e1/3, which was imported at 2026-11-24T12:05:00Z; ")
          .contains("ask outside for one made after that: a delta since 1, or any full bundle");
    }
    ok(inside, taking("import", exported("--allow-missing", "--json")));
  }

  /// The status shows that a restored backup is too old before an import is tried.
  @Test
  void statusTellsOfAStoreThatWasBroughtBack() {
    String[] status = {"status", "--data-dir", "inside"};
    ok(inside, taking("import", exported("--json")));
    ok(inside, "backup", folder.resolve("backup").toString(), "--data-dir", "inside");
    next();
    JsonObject second = exported("--json");
    ok(inside, taking("import", second));
    assertThat(run(inside, status).out()).doesNotContain("high-water mark");
    assertThat(folder.resolve("inside").toFile().renameTo(folder.resolve("lost").toFile()))
        .isTrue();
    ok(inside, "restore", "backup", "--data-dir", "inside");

    assertThat(run(inside, status).out())
        .contains("the store is at snapshot 1, its high-water mark at 3")
        .contains("run 'vetting-cli trust acknowledge-restore --data-dir " + folder)
        .contains("and import the bundles since then, at least the newest");
    JsonObject behind = ok(inside, status).object("snapshot").object("behind");
    assertThat(behind.number("stored")).isEqualTo(1);
    assertThat(behind.number("high_water_mark")).isEqualTo(3);
    ok(inside, "trust", "acknowledge-restore", "--data-dir", "inside", "--reason", "x", "--yes");
    ok(inside, taking("import", second));
    assertThat(run(inside, status).out()).doesNotContain("the mark");
  }

  /// An approval inside cannot make an artifact available.
  @Test
  void whyTellsInsideThatBytesComeWithABundle() {
    locked.add(gate.publish("young", "1.0.0", 1));
    ok(inside, taking("import", exported("--allow-missing", "--json")));

    CliFixture.Ran carried = inside.run("why", "young@1.0.0", "--data-dir", "inside");
    assertThat(carried.exit()).isEqualTo(1);
    assertThat(carried.out())
        .contains("denied: snapshot on 2026-", ": withheld outside, takeover: young-crate: ")
        .contains("a bundle with its bytes: snapshot 1 has none")
        .contains("vetting-cli bundle export FOLDER --keys KEYS --crate young@1.0.0")
        .doesNotContain("or      vetting-cli approve");
    CliFixture.Ran unknown = inside.run("why", "nosuch@1.0.0", "--data-dir", "inside");
    assertThat(unknown.exit()).isEqualTo(5);
    assertThat(unknown.err()).contains("in snapshot 1: it comes with a bundle", "--crate nosuch@1");
    inside.write("Cargo.lock", LockfileTexts.of(gate.publish("later", "1.0.0", 100)));
    assertThat(inside.run("verify", "--data-dir", "inside").out())
        .contains("snapshot 1 has no crate 'later'; it comes with a bundle");
    assertThat(outside.run("why", "young@1.0.0").out()).contains("or      vetting-cli approve");
    inside.write("Cargo.lock", LockfileTexts.required(locked.getLast()));
    assertThat(inside.run("verify", "--data-dir", "inside").out())
        .contains("its bytes come with a bundle; outside: vetting-cli bundle export")
        .doesNotContain("exempt:");
  }

  /// An approval would make the index offer a version that cannot be downloaded.
  @Test
  void nobodyApprovesInsideWhatNoBundleBrought() {
    locked.add(gate.publish("young", "1.0.0", 1));
    ok(inside, taking("import", exported("--allow-missing", "--json")));
    String[] approving = {"approve", "--reason", "read", "--yes", "--data-dir", "inside"};

    CliFixture.Ran ran = run(inside, approving, "young@1.0.0");

    assertThat(ran.exit()).isEqualTo(5);
    assertThat(ran.err())
        .contains("snapshot 1 does not have its bytes, and a decision here cannot add them")
        .contains("vetting-cli bundle export FOLDER --keys KEYS --crate young@1.0.0")
        .contains("'vetting-cli why NAME@VERSION'")
        .doesNotContain("spelling");
    assertThat(run(inside, approving, "young@1.0.0", "--json").out())
        .contains("\"code\": \"bytes-missing\"", "\"exit_code\": 5");
    inside.write("Cargo.lock", LockfileTexts.of(locked.toArray(CrateId[]::new)));
    CliFixture.Ran lock = run(inside, approving, "--lockfile", "Cargo.lock", "--only-withheld");
    assertThat(lock.exit()).as(lock.err()).isZero();
    assertThat(lock.out()).contains("nothing to exempt");
    assertThat(lock.err())
        .contains("1 packages of Cargo.lock are left out: their bytes can only come");
    assertThat(inside.run("review", "young@1.0.0", "--data-dir", "inside").out())
        .contains("snapshot 1 does not have its bytes", "outside:  vetting-cli approve young@1.0.0")
        .doesNotContain("approve:", "upstream");
    assertThat(inside.run("deny", "young@1.0.0", "--reason", "no", "--data-dir", "inside").exit())
        .isZero();
  }

  /// A site inside cannot have a snapshot of the previous stream.
  @Test
  void theFirstBundleOfAnotherStreamIsFull() throws IOException {
    exported("--json");
    CheapKeys.write(folder.resolve("other"), SECRET, "me", "decisions");
    ok(outside, "keys", "ceremony", "--operator", "me", "--stream", "test", "--out", "other");
    String[] words = {"bundle", "export", "medium", "--keys", "other"};
    assertThat(run(outside, words, "--kind", "delta").err())
        .contains("there is no earlier snapshot of the stream test");

    JsonObject first = ok(outside, words);
    JsonObject second = ok(outside, words);

    assertThat(first.object("bundle").words("name")).isEqualTo("test-e1-00000002-full");
    assertThat(run(inside, taking("import", first)).err())
        .contains("bundle-wrong-stream: cannot use a bundle of the stream 'test'")
        .contains("next: use the bundle for this network");
    assertThat(second.object("bundle").objects("bases"))
        .singleElement()
        .matches(base -> base.number("sequence") == 2);
  }

  @Test
  void whoNamesTheMediumIsShownTheBundleOnIt() {
    exported("--json");
    outside.write("medium/1.root.json", "the root, next to it");

    CliFixture.Ran ran = inside.run("bundle", "inspect", "medium");

    assertThat(ran.exit()).isEqualTo(5);
    assertThat(ran.err()).contains("but 'prod-e1-00000001-full' in it has; name that folder");
  }

  @Test
  void anExpiredBundleNeedsTwoPersons() {
    JsonObject first = exported("--expires-days", "30", "--json");
    gate.clock.advance(Duration.ofDays(31));
    assertThat(run(inside, taking("import", first)).err())
        .contains("metadata-expired", "--accept-expired");
    String digest =
        run(inside, taking("diff", first), "--accept-expired", "a look", "--json")
            .json()
            .object("plan")
            .object("bundle")
            .words("bundle");
    String[] taking = taking("import", first);

    CliFixture.Ran one = run(inside, taking, "--approve", digest, "--accept-expired", "the boat");
    assertThat(one.exit()).isEqualTo(6);
    assertThat(one.err()).contains("a second person must give the same command");
    inside.user = "bob";
    CliFixture.Ran two = run(inside, taking, "--approve", digest, "--accept-expired", "the boat");

    assertThat(two.exit()).as(two.err()).isZero();
    assertThat(run(inside, new String[] {"log", "--data-dir", "inside"}).out())
        .contains("local:alice", "local:bob", "the boat");
  }
}
