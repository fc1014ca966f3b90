package lazaret.vetting.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.review.FileDiff.Change;
import lazaret.vetting.review.FileDiff.Form;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CrateDiffTest {
  private static CrateBuilder old() {
    return CrateBuilder.crate("alpha", "1.0.0");
  }

  private static CrateBuilder young() {
    return CrateBuilder.crate("alpha", "1.1.0");
  }

  static CrateArchive archive(CrateBuilder crate) {
    return new CrateArchive(crate.id().name(), crate.id().version(), crate.build());
  }

  private static CrateDiff diff(@Nullable CrateBuilder base, CrateBuilder crate) {
    return diff(base, crate, DiffLimits.DEFAULT);
  }

  private static CrateDiff diff(
      @Nullable CrateBuilder base, CrateBuilder crate, DiffLimits limits) {
    return CrateDiff.between(
        base == null ? null : archive(base), archive(crate), InspectLimits.DEFAULT, limits);
  }

  private static FileDiff file(CrateDiff diff, String path) {
    return diff.files().stream().filter(f -> f.path().equals(path)).findFirst().orElseThrow();
  }

  private static List<String> paths(CrateDiff diff) {
    return diff.files().stream().map(FileDiff::path).toList();
  }

  @Test
  void equalFilesAreNotThere() {
    CrateDiff diff = diff(old().file("src/a.rs", "same"), young().file("src/a.rs", "same"));

    assertThat(paths(diff)).containsExactly("Cargo.toml");
    assertThat(diff.stat()).isEqualTo(new DiffStat(1, 1, 1, 0));
  }

  @Test
  void tellsWhatIsAddedRemovedAndChanged() {
    CrateDiff diff =
        diff(
            old().file("src/gone.rs", "a\nb\n").file("src/lib.rs", "a\nb\n"),
            young().file("src/new.rs", "x\n").file("src/lib.rs", "a\nc\n"));

    assertThat(file(diff, "src/gone.rs").change()).isEqualTo(Change.REMOVED);
    assertThat(file(diff, "src/gone.rs").deletions()).isEqualTo(2);
    assertThat(file(diff, "src/new.rs").text()).isEqualTo("@@ -0,0 +1 @@\n+x\n");
    assertThat(file(diff, "src/lib.rs").text()).isEqualTo("@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
    assertThat(diff.stat()).isEqualTo(new DiffStat(4, 3, 4, 0));
  }

  @Test
  void aMovedFileIsNothingToReadButItsPlace() {
    CrateDiff diff =
        diff(old().file("docs/a.rs", "fn a() {}\n"), young().file("src/a.rs", "fn a() {}\n"));

    FileDiff moved = file(diff, "src/a.rs");
    assertThat(moved.change()).isEqualTo(Change.MOVED);
    assertThat(moved.formerPath()).isEqualTo("docs/a.rs");
    assertThat(moved.form()).isEqualTo(Form.SAME_BYTES);
    assertThat(moved.stat().lines()).isZero();
    assertThat(paths(diff)).doesNotContain("docs/a.rs");
  }

  @Test
  void whatRunsFirstIsReadFirst() {
    CrateDiff diff =
        diff(
            null,
            young()
                .buildScript("mod probe;\nfn main() { cc().file(\"native/z.c\"); }\n")
                .file("probe.rs", "fn p() {}\n")
                .file("native/z.c", "#include \"z.h\"\n")
                .file("native/z.h", "int z;\n")
                .file("native/other.c", "int o;\n")
                .file("src/lib.rs", "pub fn a() {}\n")
                .file("Cargo.toml.orig", "[package]\n")
                .file("README.md", "alpha\n")
                .file("tests/t.rs", "fn t() {}\n"));

    assertThat(paths(diff))
        .containsExactly(
            "build.rs",
            "native/z.c",
            "native/z.h",
            "probe.rs",
            "Cargo.toml",
            "Cargo.toml.orig",
            "src/lib.rs",
            "native/other.c",
            "README.md",
            "tests/t.rs");
  }

  @Test
  void aBuildScriptIsWhatTheManifestSays() {
    CrateDiff diff =
        diff(
            null,
            young()
                .manifest(
                    "[package]\nname = \"alpha\"\nversion = \"1.1.0\"\nbuild = \"./tests/go.rs\"\n")
                .file(
                    "tests/go.rs",
                    "include!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/docs/x.txt\"));")
                .file("docs/x.txt", "fn main() {}\n"));

    assertThat(file(diff, "tests/go.rs").part()).isEqualTo(FileRole.BUILD_SCRIPT);
    assertThat(file(diff, "docs/x.txt").part()).isEqualTo(FileRole.BUILD_SCRIPT);
  }

  @Test
  void anUnchangedBuildScriptStillPutsFirstWhatItIncludes() {
    CrateDiff diff =
        diff(
            old().buildScript("include!(\"tests/x.rs\");").file("tests/x.rs", "a\n"),
            young().buildScript("include!(\"tests/x.rs\");").file("tests/x.rs", "b\n"));

    assertThat(paths(diff)).containsExactly("tests/x.rs", "Cargo.toml");
  }

  @Test
  void sourceMayLieWhereTestsDo() {
    CrateDiff diff =
        diff(
            null,
            young()
                .manifest(
                    "[package]\nname = \"alpha\"\nversion = \"1.1.0\"\n[lib]\npath = \"docs/lib.rs\"\n")
                .file("docs/lib.rs", "#[path = \"../tests/hidden.rs\"] mod hidden;")
                .file("tests/hidden.rs", "fn h() {}\n"));

    assertThat(file(diff, "docs/lib.rs").part()).isEqualTo(FileRole.SOURCE);
    assertThat(file(diff, "tests/hidden.rs").part()).isEqualTo(FileRole.SOURCE);
  }

  @Test
  void binariesAreNamedWithTheirSizeAndCountAsLines() {
    CrateDiff diff =
        diff(
            old().file("data/a.bin", new byte[400]),
            young().file("data/a.bin", new byte[800]).file("data/b.bin", new byte[] {(byte) 0xff}));

    FileDiff changed = file(diff, "data/a.bin");
    assertThat(changed.form()).isEqualTo(Form.BINARY);
    assertThat(changed.after()).isNotNull();
    assertThat(changed.after().sha256()).isEqualTo(Sha256.of(new byte[800], 0, 800));
    assertThat(changed.stat().lines()).isEqualTo(30);
    assertThat(file(diff, "data/b.bin").form()).isEqualTo(Form.BINARY);
    assertThat(diff.cut()).isTrue();
  }

  @Test
  void aZeroByteDoesNotHideABuildScript() {
    CrateDiff diff = diff(null, young().buildScript("// \0\nfn main() { evil() }\n"));

    assertThat(file(diff, "build.rs").text()).contains("+// \\u{0}\n+fn main() { evil() }\n");
  }

  @Test
  void generatedTextIsNamedUnlessItIsRust() {
    String line = "x".repeat(30_000);
    CrateDiff diff = diff(null, young().file("static/min.js", line).file("src/x.rs", line));

    assertThat(file(diff, "static/min.js").form()).isEqualTo(Form.LONG_LINES);
    assertThat(file(diff, "src/x.rs").form()).isEqualTo(Form.LINES);
    assertThat(file(diff, "src/x.rs").text()).contains("28000 more characters in this line");
  }

  @Test
  void aFileBeyondTheLimitIsNamedAndCounted() {
    var limits = new DiffLimits(1_000, 10_000, 100, 10_000, 100, 1_000, 10_000);
    CrateDiff diff = diff(null, young().file("src/big.rs", "a\n".repeat(600)), limits);

    assertThat(file(diff, "src/big.rs").form()).isEqualTo(Form.TOO_LONG);
    assertThat(file(diff, "src/big.rs").stat().lines()).isEqualTo(30);
  }

  @Test
  void aLargeFileTakesNoRoomFromABuildScript() {
    var limits = new DiffLimits(1_000, 1_500, 100, 10_000, 100, 1_000, 10_000);
    CrateDiff diff =
        diff(
            null,
            young()
                .buildScript("fn main() {}\n")
                .file("src/a.rs", "a\n".repeat(490))
                .file("src/b.rs", "b\n".repeat(490)),
            limits);

    assertThat(file(diff, "build.rs").form()).isEqualTo(Form.LINES);
    assertThat(file(diff, "src/a.rs").form()).isEqualTo(Form.LINES);
    assertThat(file(diff, "src/b.rs").form()).isEqualTo(Form.TOO_LONG);
  }

  @Test
  void whatIsBeyondTheWholeIsStillCounted() {
    CrateDiff whole = diff(null, young().file("src/a.rs", "a\n".repeat(50)));
    CrateDiff counted = diff(null, young().file("src/a.rs", "a\n".repeat(50)), DiffLimits.COUNT);

    assertThat(counted.stat()).isEqualTo(whole.stat());
    assertThat(counted.files()).allMatch(f -> f.form() == Form.OVER_LIMIT && f.text().isEmpty());
  }

  @Test
  void windowsLinesAreReadAsOthers() {
    CrateDiff diff =
        diff(
            old().file("src/a.rs", "a\r\nb\r\n").file("src/b.rs", "a\n"),
            young().file("src/a.rs", "a\r\nc\r\n").file("src/b.rs", "a\r\n"));

    assertThat(file(diff, "src/a.rs").text()).isEqualTo("@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
    assertThat(file(diff, "src/b.rs").text()).isEqualTo("@@ -1 +1 @@\n-a\n+a\\u{d}\n");
  }

  @Test
  void ahostileArchiveIsNotCompared() {
    assertThatThrownBy(() -> diff(old(), young().traversal()))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(
            "cannot compare alpha 1.1.0: expected a conformant archive, found path-traversal");
    assertThatThrownBy(() -> diff(old().symlink("src/x", "/etc/passwd"), young()))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot compare alpha 1.0.0");
  }

  @Test
  void anyContentsCanBeCompared() {
    for (long seed = 1; seed <= 60; seed++) {
      var random = new SplittableRandom(seed);
      CrateDiff diff = diff(random(random, old()), random(random, young()), DiffLimits.DEFAULT);

      for (FileDiff file : diff.files()) {
        String text = file.text();
        assertThat(text.chars().filter(c -> c < 0x20 && c != '\n' && c != '\t'))
            .as("seed %d, %s", seed, file.path())
            .isEmpty();
        assertThat(text.lines().filter(l -> l.startsWith("+")).count())
            .isEqualTo(file.form() == Form.LINES ? file.insertions() : 0);
        assertThat(text.lines().filter(l -> l.startsWith("-")).count())
            .isEqualTo(file.form() == Form.LINES ? file.deletions() : 0);
      }
    }
  }

  private static CrateBuilder random(SplittableRandom random, CrateBuilder crate) {
    for (String path :
        List.of("build.rs", "src/lib.rs", "src/a.rs", "data/x", "tests/t.rs", "a.c")) {
      if (random.nextInt(4) > 0) {
        byte[] content = new byte[random.nextInt(200)];
        for (int i = 0; i < content.length; i++) {
          content[i] =
              (byte)
                  (random.nextInt(3) > 0
                      ? "ab\n\" .m".charAt(random.nextInt(7))
                      : random.nextInt(256));
        }
        crate.file(path, content);
      }
    }
    return crate;
  }
}
