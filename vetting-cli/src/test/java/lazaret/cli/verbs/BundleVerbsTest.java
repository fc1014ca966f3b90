package lazaret.cli.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.bundle.keys.CheapKeys;
import lazaret.cli.report.JsonObject;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.policy.Policy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The transfer from a gate outside to a store inside, with the verbs of the command line.
class BundleVerbsTest {
  private static final String SECRET = "correct horse battery staple";
  private static final Sha256 SHA = Sha256.parse("ab".repeat(32));

  @TempDir Path folder;

  private final Gatehouse gate = new Gatehouse();
  private final List<CrateId> locked = new ArrayList<>();
  private Cli outside = Cli.at(Path.of(""), gate);
  private Cli inside = Cli.at(Path.of(""), gate);

  @BeforeEach
  void meet() throws IOException {
    outside = Cli.beside(folder, gate);
    outside.environment.put("LAZARET_PASSPHRASE", SECRET);
    inside = new Cli(folder, gate.clock);
    Files.createDirectory(folder.resolve("medium"));
    CheapKeys.write(folder.resolve("keys"), SECRET, "me", "decisions");
    String words =
        ok(outside, "keys", "ceremony", "--single", "me", "--stream", "prod", "--out", "keys")
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

  private static JsonObject ok(Cli cli, String... words) {
    Cli.Ran ran = run(cli, words, "--json");
    assertThat(ran.exit()).as(ran.err() + ran.out()).isZero();
    return ran.json();
  }

  private static Cli.Ran run(Cli cli, String[] words, String... more) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return cli.run(all.toArray(String[]::new));
  }

  private Cli.Ran export(String... more) {
    outside.write("Cargo.lock", Locks.of(locked.toArray(CrateId[]::new)));
    String[] words = {
      "bundle", "export", "medium", "--keys", "keys", "--from-lockfile", "Cargo.lock"
    };
    return run(outside, words, more);
  }

  /// Exports one more crate.
  private void next() {
    locked.add(gate.publish("beta" + locked.size(), "1.0.0", 100));
    assertThat(exported("--json").flag("exported")).isTrue();
  }

  private JsonObject exported(String... more) {
    Cli.Ran ran = export(more);
    assertThat(ran.exit()).as(ran.err() + ran.out()).isZero();
    return ran.json();
  }

  private String[] taking(String verb, JsonObject exported) {
    return new String[] {"bundle", verb, exported.words("path"), "--data-dir", "inside"};
  }

  @Test
  void anExportWhosePackingFailsSaysThatTheFolderIsWhole() throws IOException {
    Path obstacle =
        Files.createDirectories(folder.resolve("medium/prod-e1-00000001-full.tar.part/x"));

    Cli.Ran ran = export("--single");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err())
        .contains(
            "snapshot 1",
            "is complete in '" + folder.resolve("medium/prod-e1-00000001-full"),
            "'vetting-cli bundle pack'");
    Files.delete(obstacle);
    Files.delete(obstacle.getParent());
    JsonObject packed = ok(outside, "bundle", "pack", "medium/prod-e1-00000001-full");
    assertThat(ok(inside, taking("import", packed)).words("outcome")).isEqualTo("imported");
  }

  @Test
  void aReceiptSaysOutsideWhatTheDeltaShallFitOn() throws IOException {
    JsonObject first = exported("--json");
    Cli.Ran taken = run(inside, taking("import", first), "--receipt", "receipt.txt");
    assertThat(taken.exit()).as(taken.err()).isZero();
    String receipt = Files.readString(folder.resolve("receipt.txt"));
    assertThat(receipt)
        .matches(
            "lazaret-receipt/1 stream \\S+ sequence 1 state-root %s bundle %s at \\S+\n"
                .formatted(first.words("state_root"), first.words("bundle")));
    for (int i = 0; i < 4; i++) {
      next();
    }

    assertThat(exported("--json").objects("bases").getFirst().number("sequence")).isEqualTo(3);
    JsonObject delta = exported("--for", "receipt.txt", "--json");
    assertThat(delta.objects("bases").getFirst().number("sequence")).isEqualTo(1);
    assertThat(ok(inside, taking("import", delta)).words("outcome")).isEqualTo("imported");
    String[] status = {"status", "--data-dir", "inside"};
    assertThat(run(inside, status).out())
        .contains("the next snapshot after 7 is promised by 2026-12-29");
    gate.clock.advance(Duration.ofDays(36));
    assertThat(run(inside, status).out())
        .contains("no snapshot newer than 7 arrived", "ask outside");
    assertThat(ok(inside, taking("import", delta)).words("receipt"))
        .contains("sequence " + delta.number("sequence"));
  }

  @Test
  void aReceiptThatDoesNotFitIsNoBase() throws IOException {
    JsonObject first = exported("--json");
    run(inside, taking("import", first), "--receipt", "receipt.txt");
    String receipt = Files.readString(folder.resolve("receipt.txt"));
    outside.write("other", receipt.replace(first.words("state_root"), "0".repeat(64)));
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

    Cli.Ran ran = run(outside, words, "--kind", "revocation", "--json");

    assertThat(ran.exit()).as(ran.err()).isZero();
    Cli.Ran taken = run(inside, taking("import", ran.json()));
    assertThat(taken.exit()).as(taken.err()).isZero();
    assertThat(taken.out())
        .contains("revocation 2 is in force: its denials apply to all snapshots")
        .doesNotContain("snapshot 2 is served");
    assertThat(inside.run("why", "alpha@1.0.0", "--data-dir", "inside").out())
        .contains("it calls home");
    Cli.Ran blank = inside.run("bundle", "rollback", "1", "--reason", " ", "--data-dir", "inside");
    assertThat(blank.exit()).isEqualTo(2);
    assertThat(blank.err()).contains("cannot roll back: --reason is missing or blank");
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
      Cli.Ran ran = run(inside, taking(verb, delta));
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
    assertThat(behind.number("held")).isEqualTo(1);
    assertThat(behind.number("mark")).isEqualTo(3);
    ok(inside, "trust", "acknowledge-restore", "--data-dir", "inside", "--reason", "x", "--yes");
    ok(inside, taking("import", second));
    assertThat(run(inside, status).out()).doesNotContain("high-water mark");
  }

  private void longerCooldown() {
    var waiting =
        new Policy.Waiting(
            true, Duration.ofDays(30), Duration.ofDays(30), Policy.DEFAULT.waiting().fastLane());
    gate.rules.change(book -> book.with(book.policy().withWaiting(waiting)));
  }

  /// The version is not denied, so the reason for its removal must be visible inside.
  @Test
  void whatPolicyHoldsNowIsRemovedWithItsReason() {
    for (int i = 0; i < 7; i++) {
      locked.add(gate.publish("crate-" + i, "1.0.0", 20));
    }
    ok(inside, taking("import", exported("--json")));
    longerCooldown();
    String[] words = {"bundle", "export", "medium", "--keys", "keys"};

    Cli.Ran ran = run(outside, words);

    assertThat(ran.exit()).as(ran.err() + ran.out()).isZero();
    assertThat(ran.out())
        .contains("7 removed: crate-0 1.0.0, ")
        .contains("removed since snapshot 1, without a denial:")
        .contains(
            "  crate-4 1.0.0: cooldown: younger than 30 days, held until 2026-12-04T12:00:00Z")
        .doesNotContain("crate-5 1.0.0: ")
        .contains("  ... and 2 more; --json names them")
        .contains("'vetting-cli approve' them, or wait until the rule no longer applies");
    JsonObject full = ok(outside, and(words, "--kind", "full"));
    assertThat(full.object("removed").number("count")).isZero();
    JsonObject delta = ok(outside, words);
    assertThat(delta.object("removed").number("since")).isEqualTo(1);
    assertThat(delta.object("removed").number("count"))
        .isEqualTo(delta.object("changes").object("removed").number("count"))
        .isEqualTo(7);
    assertThat(delta.object("removed").objects("items").getLast().words("code"))
        .isEqualTo("cooldown");
    ok(inside, taking("import", delta));
    assertThat(inside.run("events", "--data-dir", "inside").out()).doesNotContain("deny");
  }

  /// The oldest base snapshot of the delta never had the version, so that its list of changes has
  /// no removal.
  @Test
  void whatOnlyTheLastSnapshotServedIsToldWhenItGoes() {
    exported("--json");
    locked.add(gate.publish("beta", "1.0.0", 20));
    exported("--json");
    longerCooldown();

    JsonObject delta = ok(outside, "bundle", "export", "medium", "--keys", "keys");

    assertThat(delta.object("changes").object("removed").number("count")).isZero();
    assertThat(delta.object("removed").number("count")).isEqualTo(1);
    assertThat(delta.object("removed").objects("items").getFirst().words("name")).isEqualTo("beta");
  }

  private static String[] and(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void whatNobodyNamesAnyLongerIsRemovedWhereThatWasAskedFor() {
    locked.add(gate.publish("beta", "1.0.0", 100));
    assertThat(exported("--json").object("removed").number("count")).isZero();
    locked.removeLast();

    JsonObject full = exported("--exact", "--kind", "full", "--json");

    assertThat(full.object("removed").number("since")).isEqualTo(1);
    JsonObject gone = full.object("removed").objects("items").getFirst();
    assertThat(gone.words("name")).isEqualTo("beta");
    assertThat(gone.words("code")).isEqualTo("not-named");
    ok(outside, "revoke", "alpha@1.0.0", "--reason", "it calls home", "--yes");
    assertThat(exported("--kind", "revocation", "--json").object("removed").number("count"))
        .isZero();
  }

  @Test
  void whatTheSnapshotBeforeLackedAsksForNoFlag() {
    locked.add(gate.publish("young", "1.0.0", 1));
    assertThat(export().out()).contains("young 1.0.0", "or export without them: --allow-missing");
    exported("--allow-missing", "--json");
    locked.add(gate.publish("beta", "1.0.0", 100));

    Cli.Ran again = export();

    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.out()).contains("young 1.0.0", "(as before)");
    locked.add(gate.publish("younger", "1.0.0", 1));
    assertThat(export().exit()).isEqualTo(1);
  }

  /// An approval inside cannot make an artifact available.
  @Test
  void whyTellsInsideThatBytesComeWithABundle() {
    locked.add(gate.publish("young", "1.0.0", 1));
    ok(inside, taking("import", exported("--allow-missing", "--json")));

    Cli.Ran carried = inside.run("why", "young@1.0.0", "--data-dir", "inside");
    assertThat(carried.exit()).isEqualTo(1);
    assertThat(carried.out())
        .contains("denied: snapshot on 2026-", ": withheld outside, takeover: young-crate: ")
        .contains("a bundle with its bytes: snapshot 1 has none")
        .contains("vetting-cli bundle export FOLDER --keys KEYS --crate young@1.0.0")
        .doesNotContain("or      vetting-cli approve");
    Cli.Ran unknown = inside.run("why", "nosuch@1.0.0", "--data-dir", "inside");
    assertThat(unknown.exit()).isEqualTo(5);
    assertThat(unknown.err()).contains("in snapshot 1: it comes with a bundle", "--crate nosuch@1");
    inside.write("Cargo.lock", Locks.of(gate.publish("later", "1.0.0", 100)));
    assertThat(inside.run("verify", "--data-dir", "inside").out())
        .contains("snapshot 1 has no crate 'later'; it comes with a bundle");
    assertThat(outside.run("why", "young@1.0.0").out()).contains("or      vetting-cli approve");
    inside.write("Cargo.lock", Locks.required(locked.getLast()));
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

    Cli.Ran ran = run(inside, approving, "young@1.0.0");

    assertThat(ran.exit()).isEqualTo(5);
    assertThat(ran.err())
        .contains("snapshot 1 does not have its bytes, and a decision here cannot add them")
        .contains("vetting-cli bundle export FOLDER --keys KEYS --crate young@1.0.0")
        .contains("'vetting-cli why NAME@VERSION'")
        .doesNotContain("spelling");
    assertThat(run(inside, approving, "young@1.0.0", "--json").out())
        .contains("\"code\": \"bytes-missing\"", "\"exit_code\": 5");
    inside.write("Cargo.lock", Locks.of(locked.toArray(CrateId[]::new)));
    Cli.Ran lock = run(inside, approving, "--lockfile", "Cargo.lock", "--only-withheld");
    assertThat(lock.exit()).as(lock.err()).isZero();
    assertThat(lock.out()).contains("nothing to exempt");
    assertThat(lock.err()).contains("1 packages of Cargo.lock are left out: their bytes can only come");
    assertThat(inside.run("review", "young@1.0.0", "--data-dir", "inside").out())
        .contains("snapshot 1 does not have its bytes", "outside:  vetting-cli approve young@1.0.0")
        .doesNotContain("approve:", "upstream");
    assertThat(inside.run("deny", "young@1.0.0", "--reason", "no", "--data-dir", "inside").exit())
        .isZero();
  }

  /// The message names the option that was typed.
  @Test
  void aWrongValueIsToldByItsOption() throws IOException {
    String[][] wrong = {
      {"--part-mib", "0", "cannot export: --part-mib ('part_mib') is 0, expected 1 to 1048576"},
      {"--expires-days", "0", "--expires-days ('expires_days') is 0, expected 1 to 366"},
      {"--next-days", "400", "--next-days ('next_days') is 400, expected 1 to 366"},
      {
        "--next-days",
        "91",
        "promised in 91 days (--next-days), and this one can be imported for 90"
      },
      {"--dark-days", "-1", "--dark-days ('dark_days') is -1, expected 1 to 366"},
      {"--since", "-1", "cannot export: --since is -1, expected 0 or more"},
      {"--kind", "some", "cannot export: --kind is 'some', expected full, delta or revocation"},
    };
    for (String[] option : wrong) {
      Cli.Ran ran = export(option[0], option[1]);
      assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
      assertThat(ran.err()).contains(option[2]);
    }
    assertThat(export("--since", "1", "--kind", "full").err())
        .contains("--since and --for are for a delta, and --kind is full");
    assertThat(export("--names", "none").err())
        .contains("cannot read the list of names: there is no");
    try (var files = Files.list(folder.resolve("medium"))) {
      assertThat(files).isEmpty();
    }
    JsonObject made = exported("--json");
    assertThat(run(inside, taking("import", made), "--approve", "12ab").err())
        .contains("cannot import: --approve ('approval'): ", "64");
    assertThat(inside.run("bundle", "rollback", "0", "--reason", "x", "--data-dir", "inside").err())
        .contains("cannot roll back: SNAPSHOT ('snapshot') is 0, expected 1 or more");
  }

  /// The next bundle is promised for a time at which this one can still be imported.
  @Test
  void aShortLifeShortensThePromise() {
    JsonObject made = exported("--expires-days", "10", "--json");

    assertThat(made.words("next_expected_by")).isEqualTo(made.words("expires"));
  }

  /// A site inside cannot have a snapshot of the previous stream.
  @Test
  void theFirstBundleOfAnotherStreamIsFull() throws IOException {
    exported("--json");
    CheapKeys.write(folder.resolve("other"), SECRET, "me", "decisions");
    ok(outside, "keys", "ceremony", "--single", "me", "--stream", "test", "--out", "other");
    String[] words = {"bundle", "export", "medium", "--keys", "other"};
    assertThat(run(outside, words, "--kind", "delta").err())
        .contains("there is no earlier snapshot of the stream test");

    JsonObject first = ok(outside, words);
    JsonObject second = ok(outside, words);

    assertThat(first.words("name")).isEqualTo("test-e1-00000002-full");
    assertThat(run(inside, taking("import", first)).err())
        .contains("bundle-wrong-stream: cannot use a bundle of the stream 'test'")
        .contains("next: the bundle for this network");
    assertThat(second.objects("bases"))
        .singleElement()
        .matches(base -> base.number("sequence") == 2);
  }

  /// A network that got a snapshot without the crate needs no flag for the next one.
  @Test
  void aCrateThatTheIndexDoesNotKnowAsksOnce() {
    locked.add(new CrateId(CrateName.parse("gone"), CrateVersion.parse("1.0.0"), SHA));
    assertThat(export().out())
        .contains("gone 1.0.0", "'vetting-cli why NAME@VERSION'", "--allow-missing")
        .doesNotContain("unmet:");
    exported("--allow-missing", "--json");
    // Existing stores have these values under these names.
    Map<String, String> forms =
        Map.of(
            "bundle.stream",
            "[0-9a-f-]{36} 0",
            "bundle.version",
            "1",
            "snapshot.gaps",
            "gone 1.0.0");
    forms.forEach(
        (name, form) ->
            assertThat(gate.store.meta(name).orElseThrow().text()).as(name).matches(form));

    Cli.Ran again = export();

    assertThat(again.exit()).as(again.out()).isZero();
    assertThat(again.out()).contains("gone 1.0.0", "(as before)");
  }

  @Test
  void whatIsCarriedOffIsReadByAllAndKeysByTheirOwner() throws IOException {
    JsonObject made = exported("--single", "--json");
    run(inside, taking("import", made), "--receipt", "receipt.txt");

    for (String file : List.of(made.words("path"), "receipt.txt", "keys/roots/1.root.json")) {
      assertThat(Files.getPosixFilePermissions(folder.resolve(file)))
          .contains(PosixFilePermission.OTHERS_READ);
    }
    assertThat(Files.getPosixFilePermissions(folder.resolve("keys/me.key.json")))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }

  @Test
  void aCrateOfWhichNothingIsVettedIsMissing() {
    exported("--json");

    Cli.Ran ran = export("--crate", "nosuch");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("nosuch", "no version of it is vetted and stored");
    assertThat(outside.run("bundle", "list", "--json").json().objects("snapshots")).hasSize(1);
  }

  @Test
  void whoNamesTheMediumIsShownTheBundleOnIt() {
    exported("--json");
    outside.write("medium/1.root.json", "the root, next to it");

    Cli.Ran ran = inside.run("bundle", "inspect", "medium");

    assertThat(ran.exit()).isEqualTo(5);
    assertThat(ran.err()).contains("but 'prod-e1-00000001-full' in it has; name that folder");
  }

  @Test
  void anExpiredBundleNeedsTwoPersons() {
    JsonObject first = exported("--expires-days", "30", "--json");
    gate.clock.advance(Duration.ofDays(31));
    assertThat(run(inside, taking("import", first)).err())
        .contains("metadata-expired", "--despite-expiry");
    String digest =
        run(inside, taking("diff", first), "--despite-expiry", "a look", "--json")
            .json()
            .object("plan")
            .object("bundle")
            .words("bundle");
    String[] taking = taking("import", first);

    Cli.Ran one = run(inside, taking, "--approve", digest, "--despite-expiry", "the boat");
    assertThat(one.exit()).isEqualTo(6);
    assertThat(one.err()).contains("a second person must give the same command");
    inside.user = "bob";
    Cli.Ran two = run(inside, taking, "--approve", digest, "--despite-expiry", "the boat");

    assertThat(two.exit()).as(two.err()).isZero();
    assertThat(run(inside, new String[] {"events", "--data-dir", "inside"}).out())
        .contains("local:alice", "local:bob", "the boat");
  }
}
