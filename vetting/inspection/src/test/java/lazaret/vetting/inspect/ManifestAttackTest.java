package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.MANIFEST;
import static lazaret.vetting.inspect.InspectionFixture.PREFIX;
import static lazaret.vetting.inspect.InspectionFixture.assertOnly;
import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import lazaret.vetting.archive.ArchiveProblemCode;
import lazaret.vetting.archive.InspectLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestAttackTest {
  @Test
  void refusesACrateWithoutManifest() {
    assertOnly(
        inspect(demo().withoutManifest()), ArchiveProblemCode.MANIFEST_MISSING, "none in the root");
  }

  @Test
  void doesNotTakeAManifestInASubfolderForIt() {
    assertOnly(
        inspect(demo().withoutManifest().file("sub/Cargo.toml", MANIFEST)),
        ArchiveProblemCode.MANIFEST_MISSING,
        "none in the root");
  }

  @Test
  void refusesASecondManifestUnderThePathOfTheFirst() {
    assertOnly(
        inspect(demo().rawEntry('0', PREFIX + "/Cargo.toml", "[package]\nname = \"evil\"\n")),
        ArchiveProblemCode.DUPLICATE_PATH,
        "'demo-1.0.0/Cargo.toml': the path appears twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cargo.toml", "CARGO.TOML", "Cargo.toml.", "Cargo.toml ", "Cargo\u200b.toml"})
  void refusesAManifestForSomeFileSystemsOnly(String path) {
    assertThat(inspect(demo().withoutManifest().file(path, MANIFEST)).problems())
        .extracting(problem -> problem.code())
        .containsExactly(
            ArchiveProblemCode.MANIFEST_WRONG_CASE, ArchiveProblemCode.MANIFEST_MISSING);
    assertThat(inspect(demo().file(path, MANIFEST)).problems())
        .extracting(problem -> problem.code())
        .contains(ArchiveProblemCode.CASE_COLLISION);
  }

  @Test
  void refusesTheNameOfAnotherCrate() {
    assertOnly(
        withManifest("[package]\nname = \"Demo\"\nversion = \"1.0.0\"\n"),
        ArchiveProblemCode.MANIFEST_MISMATCH,
        "expected the name 'demo' of the index, found 'Demo'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.1", "1.0.0+x", "1.0", ""})
  void refusesAnotherVersion(String version) {
    assertOnly(
        withManifest("[package]\nname = \"demo\"\nversion = \"" + version + "\"\n"),
        ArchiveProblemCode.MANIFEST_MISMATCH,
        "expected the version '1.0.0' of the index, found '" + version + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[other]\nname = \"demo\"\nversion = \"1.0.0\"",
        "[package.x]\nname = \"demo\"\nversion = \"1.0.0\"",
        "name = \"demo\"\nversion = \"1.0.0\"",
        "\"package.name\" = \"demo\"\n\"package.version\" = \"1.0.0\"",
        "[package]\nname.workspace = true\nversion = \"1.0.0\"",
        "[package]\nname = [\"demo\"]\nversion = \"1.0.0\"",
        "[package]\n[project]\nname = \"demo\"\nversion = \"1.0.0\""
      })
  void refusesAManifestThatNamesNoCrate(String manifest) {
    assertThat(withManifest(manifest).problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.code()).isEqualTo(ArchiveProblemCode.MANIFEST_MISMATCH);
              assertThat(problem.detail()).contains("expected the name 'demo'", "found none");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[package]\nname = \"demo\"\nname = \"evil\"\nversion = \"1.0.0\"",
        "package.name = \"evil\"\n[package]\nname = \"demo\"\nversion = \"1.0.0\"",
        "package = { name = \"demo\", version = \"1.0.0\", build = false, \"build\" = \"x.rs\" }"
      })
  void refusesAManifestThatSaysAThingTwice(String manifest) {
    assertOnly(withManifest(manifest), ArchiveProblemCode.MANIFEST_UNREADABLE, "is there twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x = [", "[package", "\u0000", "a = \"\\q\"", "<html>"})
  void refusesAManifestThatIsNoToml(String rest) {
    assertOnly(
        withManifest(MANIFEST + rest), ArchiveProblemCode.MANIFEST_UNREADABLE, "line 4, column ");
  }

  @Test
  void refusesAManifestNestedWithoutEnd() {
    assertOnly(
        withManifest(MANIFEST + "x = " + "[".repeat(500_000)),
        ArchiveProblemCode.MANIFEST_UNREADABLE,
        "nested deeper than 64");
  }

  @Test
  void refusesAManifestOverTheLimit() {
    int limit = InspectLimits.DEFAULT.manifestBytes();

    assertOnly(
        withManifest(MANIFEST + "#".repeat(limit)),
        ArchiveProblemCode.MANIFEST_UNREADABLE,
        "expected at most " + limit + " bytes");
  }

  private static Findings withManifest(String text) {
    return inspect(demo().manifest(text));
  }
}
