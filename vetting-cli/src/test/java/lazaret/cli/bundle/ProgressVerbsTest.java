package lazaret.cli.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import org.junit.jupiter.api.Test;

/// The JSON lines about the progress of each long verb. `DetonateE2E` has those of a detonation.
/// The operations are so short that only the last line is certain; `HttpTransportTest` has lines
/// before the end.
class ProgressVerbsTest extends BundleScene {
  private static List<JsonObject> lines(CliFixture cli, String... words) {
    CliFixture.Ran ran = run(cli, words, "--progress", "json");
    assertThat(ran.exit()).as(ran.err() + ran.out()).isZero();
    List<JsonObject> lines =
        ran.err()
            .lines()
            .filter(line -> line.startsWith("{"))
            .map(line -> JsonObject.parse(Bytes.utf8(line)))
            .toList();
    assertThat(lines).as(ran.err()).isNotEmpty();
    assertThat(lines.subList(0, lines.size() - 1))
        .allSatisfy(line -> assertThat(line.words("state")).isEqualTo("running"));
    assertThat(lines.getLast().words("state")).isEqualTo("complete");
    assertThat(lines.getLast().number("percent")).isEqualTo(100);
    return lines;
  }

  private static void assertLast(List<JsonObject> lines, long number, String unit) {
    JsonObject last = lines.getLast();
    assertThat(last.number("done")).isEqualTo(number);
    assertThat(last.number("total")).isEqualTo(number);
    assertThat(last.words("unit")).isEqualTo(unit);
  }

  @Test
  void verbsThatWaitForTheServerEndWithTheWhole() {
    outside.write("Cargo.lock", LockfileTexts.of(locked.toArray(CrateId[]::new)));

    lines(outside, "bundle", "export", "medium", "--keys", "keys", "--from-lockfile", "Cargo.lock");

    String bundle = "medium/prod-e1-00000001-full";
    lines(inside, "bundle", "diff", bundle, "--data-dir", "inside");
    lines(inside, "bundle", "import", bundle, "--data-dir", "inside");
    lines(outside, "fsck");
    lines(inside, "fsck", "--data-dir", "inside");
    lines(inside, "backup", "copy", "--data-dir", "inside");
    lines(inside, "restore", "copy", "--data-dir", "again");
    lines(inside, "fsck", "--repair", "--data-dir", "again");
  }

  @Test
  void aCheckOfABundleCountsTheBytesOfItsParts() throws IOException {
    JsonObject exported = exported("--json");

    List<JsonObject> lines = lines(inside, taking("verify", exported));

    assertLast(lines, partSize(exported), "bytes");
  }

  private long partSize(JsonObject exported) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(exported.words("path")))) {
      return Files.size(
          files
              .filter(file -> file.getFileName().toString().contains("part-0001"))
              .findFirst()
              .orElseThrow());
    }
  }

  @Test
  void aPrefetchCountsTheVersionsOfTheLockfile() {
    outside.write(
        "Cargo.lock", LockfileTexts.of(locked.getFirst(), gate.publish("beta", "1.0.0", 100)));

    assertLast(lines(outside, "prefetch", "Cargo.lock"), 2, "versions");
  }

  @Test
  void anImportOfAMirrorCountsItsCrates() {
    FixtureRegistry.of(CrateBuilder.crate("gamma", "1.0.0"), CrateBuilder.crate("delta", "1.0.0"))
        .writeTo(folder.resolve("mirror"));

    assertLast(lines(outside, "import", "mirror"), 2, "crates");
  }

  @Test
  void aFailureDoesNotEndWithTheWhole() {
    CliFixture.Ran ran =
        inside.run("backup", "inside", "--data-dir", "inside", "--progress", "json");

    assertThat(ran.exit()).isNotZero();
    assertThat(ran.err()).contains("{\"state\":\"failed\"").doesNotContain("complete");
  }

  @Test
  void theOptionIsRefusedWithItsWords() {
    assertThat(outside.run("fsck", "--progress", "xml").err())
        .startsWith("error: cannot use 'xml' for --progress: expected one of line, json, none\n");
    assertThat(run(outside, new String[] {"fsck"}, "--progress", "none").err()).isEmpty();
    assertThat(outside.run("status", "--help").out()).doesNotContain("--progress");
    assertThat(outside.run("--progress", "json", "status").exit()).isZero();
  }
}
