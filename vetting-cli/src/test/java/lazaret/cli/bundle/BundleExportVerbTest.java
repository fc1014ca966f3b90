package lazaret.cli.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.bundle.exporting.SingleFileBundle;
import lazaret.cli.fixture.CliFixture;
import lazaret.testkit.JsonObject;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.policy.Policy;
import org.junit.jupiter.api.Test;

/// What an export writes, removes and asks for, by the verbs that people type.
class BundleExportVerbTest extends BundleScene {
  @Test
  void anExportWhosePackingFailsSaysThatTheFolderIsWhole() throws IOException {
    Path obstacle =
        Files.createDirectories(folder.resolve("medium/prod-e1-00000001-full.tar.part/x"));

    CliFixture.Ran ran = export("--single-file");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err())
        .contains(
            "is complete in '" + folder.resolve("medium/prod-e1-00000001-full"),
            "'vetting-cli bundle pack'");
    Files.delete(obstacle);
    Files.delete(obstacle.getParent());
    Path packed = SingleFileBundle.pack(folder.resolve("medium/prod-e1-00000001-full"));
    assertThat(
            ok(inside, "bundle", "import", packed.toString(), "--data-dir", "inside")
                .words("outcome"))
        .isEqualTo("imported");
  }

  private void longerCooldown() {
    var waiting =
        new Policy.Cooldowns(
            true, Duration.ofDays(30), Duration.ofDays(30), Policy.DEFAULT.cooldowns().fastLane());
    gate.rules.change(book -> book.with(book.policy().withCooldowns(waiting)));
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

    CliFixture.Ran ran = run(outside, words);

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
        .isEqualTo(delta.object("bundle").object("changes").object("removed").number("count"))
        .isEqualTo(7);
    assertThat(delta.object("removed").objects("items").getLast().words("code"))
        .isEqualTo("cooldown");
    ok(inside, taking("import", delta));
    assertThat(inside.run("log", "--data-dir", "inside").out()).doesNotContain("deny");
  }

  /// The oldest base snapshot of the delta never had the version, so that its list of changes has
  /// no removal.
  @Test
  void whatOnlyTheLastSnapshotServedIsReportedWhenItGoes() {
    exported("--json");
    locked.add(gate.publish("beta", "1.0.0", 20));
    exported("--json");
    longerCooldown();

    JsonObject delta = ok(outside, "bundle", "export", "medium", "--keys", "keys");

    assertThat(delta.object("bundle").object("changes").object("removed").number("count")).isZero();
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

    CliFixture.Ran again = export();

    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.out()).contains("young 1.0.0", "(as before)");
    locked.add(gate.publish("younger", "1.0.0", 1));
    assertThat(export().exit()).isEqualTo(1);
  }

  /// The message names the option that was typed.
  @Test
  void aWrongValueIsReportedWithItsOption() throws IOException {
    String[][] wrong = {
      {"--part-mib", "0", "cannot export: expected 1 to 1048576 as --part-mib, found 0"},
      {"--expires-days", "0", "expected 1 to 366 as --expires-days, found 0"},
      {"--next-days", "400", "expected 1 to 366 as --next-days, found 400"},
      {"--next-days", "91", "expected --next-days of at most 90 (--expires-days), found 91"},
      {"--offline-days", "-1", "expected 1 to 366 as --offline-days, found -1"},
      {"--since", "-1", "cannot export: expected 0 or more as --since, found -1"},
      {
        "--kind",
        "some",
        "cannot export: expected --kind full, delta, revocation or advisories, found 'some'"
      },
    };
    for (String[] option : wrong) {
      CliFixture.Ran ran = export(option[0], option[1]);
      assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
      assertThat(ran.err()).contains(option[2]);
    }
    assertThat(export("--since", "1", "--kind", "full").err())
        .contains("expected --kind delta with --since and --for, found --kind full");
    assertThat(export("--names", "none").err())
        .contains("cannot read the list of names: there is no");
    try (var files = Files.list(folder.resolve("medium"))) {
      assertThat(files).isEmpty();
    }
    JsonObject made = exported("--json");
    assertThat(run(inside, taking("import", made), "--approve", "12ab").err())
        .contains("expected --approve with 64 hex digits, found '12ab'");
    assertThat(inside.run("bundle", "rollback", "0", "--reason", "x", "--data-dir", "inside").err())
        .contains("cannot roll back: expected 1 or more as SNAPSHOT, found 0");
  }

  /// The next bundle is promised for a time at which this one can still be imported.
  @Test
  void aShortLifeShortensThePromise() {
    JsonObject made = exported("--expires-days", "10", "--json").object("bundle");

    assertThat(made.words("next_expected_by")).isEqualTo(made.words("expires"));
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

    CliFixture.Ran again = export();

    assertThat(again.exit()).as(again.out()).isZero();
    assertThat(again.out()).contains("gone 1.0.0", "(as before)");
  }

  @Test
  void whatIsCarriedOffIsReadByAllAndKeysByTheirOwner() throws IOException {
    JsonObject made = exported("--single-file", "--json");
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

    CliFixture.Ran ran = export("--crate", "nosuch");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("nosuch", "no version of it is vetted and stored");
    assertThat(outside.run("bundle", "list", "--json").json().objects("snapshots")).hasSize(1);
  }
}
