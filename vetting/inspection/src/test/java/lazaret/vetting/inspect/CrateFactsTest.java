package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.MANIFEST;
import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CrateFactsTest {
  @Test
  void seesNothingSpecialInAPlainCrate() {
    CrateFacts facts = inspect(demo()).facts();

    assertThat(facts)
        .isEqualTo(new CrateFacts(false, false, "MIT OR Apache-2.0", null, demo().tar().length, 2));
    assertThat(facts.runsCodeAtBuild()).isFalse();
  }

  @Test
  void seesABuildScriptThatTheManifestNames() {
    assertThat(factsOf(demo().buildScript("fn main() {}").links("z")))
        .returns(true, CrateFacts::buildScript)
        .returns("z", CrateFacts::links)
        .returns(true, CrateFacts::runsCodeAtBuild);
  }

  @ParameterizedTest
  @ValueSource(strings = {"build.rs", "BUILD.RS"})
  void seesABuildScriptThatCargoFindsByItself(String path) {
    assertThat(factsOf(demo().manifest(MANIFEST).file(path, "")).buildScript()).isTrue();
  }

  @Test
  void knowsThatBuildFalseSwitchesTheFileOff() {
    CrateBuilder crate = demo().manifest(MANIFEST + "build = false\n").file("build.rs", "");

    assertThat(factsOf(crate).buildScript()).isFalse();
  }

  @Test
  void doesNotTakeABuildScriptInASubfolderForOne() {
    assertThat(factsOf(demo().manifest(MANIFEST).file("x/build.rs", "")).buildScript()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "build = \"src/make.rs\"",
        "build = true",
        "build = [\"a.rs\", \"b.rs\"]",
        "metabuild = [\"x\"]",
        "build = 1"
      })
  void countsEveryOtherValueAsABuildScript(String line) {
    CrateBuilder crate =
        demo().manifest(MANIFEST + line).file("src/make.rs", "").file("a.rs", "").file("b.rs", "");

    assertThat(factsOf(crate).buildScript()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[lib]\nproc-macro = true",
        "[lib]\nproc_macro = true",
        "[lib]\n\"proc-macro\" = true",
        "[lib]\ncrate-type = [\"proc-macro\"]",
        "[lib]\ncrate_type = [ # list\n 'proc-macro', ]",
        "[lib]\n'proc\\u002dmacro' = false\nproc-macro = true"
      })
  void seesAProcMacroInEverySpelling(String lines) {
    assertThat(factsOf(demo().manifest(MANIFEST + lines)).procMacro()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[lib]\nproc-macro = false",
        "[lib]\nproc-macro = \"true\"",
        "[lib]\ncrate-type = [\"cdylib\"]",
        "[lib.x]\nproc-macro = true",
        "[dependencies]\nproc-macro2 = \"1\"",
        "description = '''\n[lib]\nproc-macro = true\n'''"
      })
  void isNotFooledIntoSeeingAProcMacro(String lines) {
    assertThat(factsOf(demo().manifest(MANIFEST + lines)).procMacro()).isFalse();
  }

  @Test
  void readsDottedKeysAndInlineTables() {
    String manifest =
        """
        package = { name = "demo", version = "1.0.0", license = 'MIT', links = "a" }
        lib.proc-macro = true
        """;

    assertThat(factsOf(demo().manifest(manifest)))
        .returns("MIT", CrateFacts::license)
        .returns("a", CrateFacts::links)
        .returns(true, CrateFacts::procMacro);
  }

  @Test
  void readsTheOldNameOfThePackageTable() {
    assertThat(inspect(demo().manifest(MANIFEST.replace("package", "project"))).conformant())
        .isTrue();
  }

  @Test
  void assumesTheWorstWhereTheManifestCannotBeRead() {
    assertThat(inspect(Bytes.utf8("no crate")).facts())
        .isEqualTo(new CrateFacts(true, true, null, null, 0, 0));
    assertThat(inspect(demo().manifest("[")).facts().runsCodeAtBuild()).isTrue();
    assertThat(inspect(demo().withoutManifest()).facts().runsCodeAtBuild()).isTrue();
  }

  private static CrateFacts factsOf(CrateBuilder crate) {
    var findings = inspect(crate);
    assertThat(findings.problems()).isEmpty();
    return findings.facts();
  }
}
