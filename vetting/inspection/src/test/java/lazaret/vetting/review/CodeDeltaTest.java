package lazaret.vetting.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Deadline;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.literal.FileKind;
import lazaret.vetting.review.FileSummary.Amount;
import lazaret.vetting.review.FileSummary.Change;
import lazaret.vetting.review.FileSummary.Form;
import lazaret.vetting.review.hunk.DiffLine;
import lazaret.vetting.review.hunk.LinePart;
import lazaret.vetting.review.hunk.LineWindow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CodeDeltaTest {
  private static final String PACKAGE = "[package]\nname = \"alpha\"\nversion = \"%s\"\n%s";

  private static CrateBuilder old() {
    return CrateBuilder.crate("alpha", "1.0.0");
  }

  private static CrateBuilder young() {
    return CrateBuilder.crate("alpha", "1.1.0");
  }

  private static CodeDelta delta(@Nullable CrateBuilder base, CrateBuilder crate) {
    return delta(base, crate, DiffLimits.WINDOWS);
  }

  private static CodeDelta delta(
      @Nullable CrateBuilder base, CrateBuilder crate, DiffLimits limits) {
    Supplier<CrateArchive> opened = base == null ? null : () -> CrateDiffTest.archive(base);
    CodeDelta delta =
        CodeDelta.of(opened, () -> CrateDiffTest.archive(crate), InspectLimits.DEFAULT, limits);
    assertThat(delta.compare(Deadline.none())).isTrue();
    return delta;
  }

  private static List<String> paths(CodeDelta delta) {
    return delta.files().stream().map(FileSummary::path).toList();
  }

  private static Amount amount(FileSummary file) {
    return Objects.requireNonNull(file.amount());
  }

  private static void has(
      CodeDelta delta, String path, ContentRole role, @Nullable UnreadReason unread) {
    FileSummary file = delta.file(path);
    assertThat(file.role()).as(path).isEqualTo(role);
    assertThat(file.unread()).as(path).isEqualTo(unread);
  }

  @Test
  void givesEachFileARoleAndAReasonNotToReadIt() {
    CodeDelta delta =
        delta(
            null,
            young()
                .buildScript("mod probe;\nfn main() { cc().file(\"native/z.c\"); }\n")
                .file("probe.rs", "fn p() {}\n")
                .file("native/z.c", "int z;\n")
                .file("native/other.c", "int o;\n")
                .file(
                    "src/lib.rs",
                    "#[cfg(test)]\nmod tests;\nconst A: &str = include_str!(\"a.txt\");\n")
                .file("src/tests.rs", "fn t() {}\n")
                .file("src/a.txt", "a\n")
                .file("Cargo.toml.orig", "[package]\n")
                .file("Cargo.lock", "version = 3\n")
                .file("README.md", "alpha\n")
                .file("LICENSE-MIT", "license\n")
                .file("tests/t.rs", "fn t() {}\n")
                .file("tests/input.json", "{}\n"));

    has(delta, "build.rs", ContentRole.BUILD_SCRIPT, null);
    has(delta, "probe.rs", ContentRole.BUILD_SCRIPT, null);
    has(delta, "native/z.c", ContentRole.BUILD_SCRIPT, null);
    has(delta, "native/other.c", ContentRole.DATA, null);
    has(delta, "Cargo.toml", ContentRole.MANIFEST, null);
    has(delta, "src/lib.rs", ContentRole.RUNTIME, null);
    has(delta, "src/a.txt", ContentRole.DATA, null);
    has(delta, "src/tests.rs", ContentRole.TEST, UnreadReason.ONLY_TESTS);
    has(delta, "tests/t.rs", ContentRole.TEST, UnreadReason.ONLY_TESTS);
    has(delta, "tests/input.json", ContentRole.TEST, UnreadReason.ONLY_TESTS);
    has(delta, "Cargo.toml.orig", ContentRole.DATA, UnreadReason.NOT_USED);
    has(delta, "Cargo.lock", ContentRole.DATA, UnreadReason.NOT_USED);
    has(delta, "README.md", ContentRole.DATA, UnreadReason.NOT_INCLUDED);
    has(delta, "LICENSE-MIT", ContentRole.DATA, UnreadReason.NOT_INCLUDED);
  }

  @Test
  void readsWhatRunsFirstAndGainedCapabilitiesFirst() {
    CodeDelta delta =
        delta(
            old()
                .file("src/a.rs", "fn a() {}\n".repeat(90))
                .file("src/lib.rs", "mod a; mod net;\n"),
            young()
                .buildScript("fn main() {}\n")
                .file("src/a.rs", "fn b() {}\n".repeat(90))
                .file("src/lib.rs", "mod a; mod net;\n")
                .file("src/net.rs", "fn n() { std::net::TcpStream::connect(\"a:1\"); }\n")
                .file("README.md", "alpha\n"));

    assertThat(paths(delta))
        .containsExactly(
            "build.rs", "Cargo.toml", "src/net.rs", "src/a.rs", "README.md", "src/lib.rs");
    assertThat(delta.file("src/net.rs").gained()).isTrue();
    assertThat(delta.file("src/a.rs").gained()).isFalse();
    has(delta, "src/lib.rs", ContentRole.RUNTIME, UnreadReason.EQUAL);
  }

  @Test
  void sourcesOfAProcMacroHaveItsRole() {
    has(delta(null, young().procMacro()), "src/lib.rs", ContentRole.MACRO, null);
  }

  @Test
  void anEqualFileMustBeReadIfItBecomesTheBuildScript() {
    String script = "fn main() {\n    go();\n}\n";
    CodeDelta delta =
        delta(
            old().manifest(PACKAGE.formatted("1.0.0", "")).file("tests/go.rs", script),
            young()
                .manifest(PACKAGE.formatted("1.1.0", "build = \"tests/go.rs\"\n"))
                .file("tests/go.rs", script));

    FileSummary file = delta.file("tests/go.rs");
    assertThat(paths(delta)).startsWith("tests/go.rs");
    assertThat(file.change()).isEqualTo(Change.ROLE);
    assertThat(file.role()).isEqualTo(ContentRole.BUILD_SCRIPT);
    assertThat(file.mustRead()).isTrue();
    assertThat(file.lines()).isEqualTo(3);
    assertThat(delta.rows("tests/go.rs", 0, 600, 400).lines())
        .hasSize(3)
        .allMatch(DiffLine.Equal.class::isInstance);
  }

  @Test
  void aChangedFileIsReadAsAWholeIfItBecomesTheBuildScript() {
    String script = "fn main() {\n    go();\n}\n";
    CodeDelta delta =
        delta(
            old().manifest(PACKAGE.formatted("1.0.0", "")).file("tests/go.rs", script),
            young()
                .manifest(PACKAGE.formatted("1.1.0", "build = \"tests/go.rs\"\n"))
                .file("tests/go.rs", script + "// go\n"));

    FileSummary file = delta.file("tests/go.rs");
    assertThat(file.change()).isEqualTo(Change.ROLE);
    assertThat(file.mustRead()).isTrue();
    assertThat(file.lines()).isEqualTo(4);
    assertThat(amount(file).insertions()).isEqualTo(4);
    assertThat(delta.rows("tests/go.rs", 0, 600, 400).lines())
        .hasSize(4)
        .allMatch(DiffLine.Added.class::isInstance);
    assertThat(delta.context("tests/go.rs", 1, 4)).isEmpty();
  }

  @Test
  void aMovedFileNeedsNoReadingUnlessItsRoleIsMoreDangerous() {
    CodeDelta delta =
        delta(
            old().file("src/a.rs", "fn a() {}\n").file("tests/b.rs", "fn b() {}\n"),
            young()
                .file("src/lib.rs", "mod c; mod b;\n")
                .file("src/c.rs", "fn a() {}\n")
                .file("src/b.rs", "fn b() {}\n"));

    has(delta, "src/c.rs", ContentRole.RUNTIME, UnreadReason.MOVED);
    assertThat(delta.file("src/c.rs").formerPath()).isEqualTo("src/a.rs");
    assertThat(delta.file("src/c.rs").lines()).isZero();
    has(delta, "src/b.rs", ContentRole.RUNTIME, null);
    assertThat(delta.file("src/b.rs").change()).isEqualTo(Change.MOVED);
    assertThat(delta.file("src/b.rs").lines()).isEqualTo(1);
    assertThat(paths(delta)).doesNotContain("src/a.rs", "tests/b.rs");
  }

  @Test
  void binariesHaveKindSizeAndDigestAndMustBeReadAnywhere() {
    byte[] elf = new byte[100];
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F'}, 0, elf, 0, 4);
    CodeDelta delta = delta(null, young().file("tests/t.bin", elf).file("a.bin", new byte[9]));

    FileSummary file = delta.file("tests/t.bin");
    assertThat(file.mustRead()).isTrue();
    assertThat(amount(file).form()).isEqualTo(Form.BINARY);
    assertThat(file.content().kind()).isEqualTo(FileKind.EXECUTABLE);
    assertThat(file.content().after()).isEqualTo(new FileDigest(100, Sha256.of(elf, 0, 100)));
    assertThat(delta.rows("tests/t.bin", 0, 600, 400).lines()).isEmpty();
    assertThat(delta.file("a.bin").content().kind()).isEqualTo(FileKind.OTHER);
  }

  @Test
  void aZeroByteDoesNotHideASource() {
    CodeDelta delta = delta(null, young().buildScript("// \0\nfn main() {}\n"));

    assertThat(amount(delta.file("build.rs")).insertions()).isEqualTo(2);
  }

  @Test
  void namesAFileBeyondTheLimit() {
    var limits = new DiffLimits(1_000, 1_000, 100, 10_000, 100, 10, 10_000);
    CodeDelta delta = delta(null, young().file("src/big.rs", "a\n".repeat(600)), limits);

    assertThat(amount(delta.file("src/big.rs")).form()).isEqualTo(Form.TOO_LONG);
    assertThat(delta.file("src/big.rs").mustRead()).isTrue();
  }

  @Test
  void showsTheBeginningOfALineOfFiveMegabytes() {
    CodeDelta delta = delta(null, young().file("src/x.rs", "x".repeat(5 << 20)));

    assertThat(delta.file("src/x.rs").lines()).isEqualTo(1);
    assertThat(delta.rows("src/x.rs", 0, 600, 400).lines())
        .containsExactly(
            new DiffLine.Added(
                1,
                0,
                List.of(
                    new LinePart.Plain("x".repeat(400), null, false),
                    new LinePart.Cut((5 << 20) - 400, false),
                    new LinePart.NoEnd())));
    assertThat(delta.rows("src/x.rs", 0, 600, 1_000_000).lines())
        .containsExactly(
            new DiffLine.Added(
                1,
                0,
                List.of(
                    new LinePart.Plain("x".repeat(65_536), null, false),
                    new LinePart.Cut((5 << 20) - 65_536, false),
                    new LinePart.NoEnd())));
  }

  @Test
  void countsTheLinesToReadOfEachRole() {
    CodeDelta delta =
        delta(
            old().file("src/a.rs", "a\nb\n").file("README.md", "a\n"),
            young().file("src/a.rs", "a\nc\n").file("README.md", "b\nc\n"));

    assertThat(delta.roles())
        .contains(
            new RoleSummary(ContentRole.BUILD_SCRIPT, 0, 0, 0, 0),
            new RoleSummary(ContentRole.MANIFEST, 1, 2, 1, 2),
            new RoleSummary(ContentRole.RUNTIME, 1, 2, 1, 2),
            new RoleSummary(ContentRole.DATA, 1, 3, 0, 0));
  }

  @Test
  void comparesOnDemandAndInOrder() {
    CrateBuilder crate = young().buildScript("fn main() {}\n");
    for (int i = 0; i < 50; i++) {
      crate.file("src/m%d.rs".formatted(i), "fn f() {}\n");
    }
    CodeDelta delta =
        CodeDelta.of(
            null, () -> CrateDiffTest.archive(crate), InspectLimits.DEFAULT, DiffLimits.WINDOWS);
    InstantSource stopped = InstantSource.fixed(Instant.EPOCH);

    assertThat(delta.rows("src/m49.rs", 0, 600, 400).lines()).hasSize(1);
    assertThat(delta.compare(Deadline.after(Duration.ZERO, stopped))).isFalse();
    assertThat(delta.files().stream().filter(file -> file.amount() != null).map(FileSummary::path))
        .containsExactly("build.rs", "src/m49.rs");
    assertThat(delta.compare(Deadline.none())).isTrue();
    assertThat(delta.files()).allMatch(file -> file.amount() != null);
  }

  @Test
  void opensAnArchiveOnceForManyFiles() {
    CrateBuilder crate = young();
    for (int i = 0; i < 200; i++) {
      crate.file("src/m%d.rs".formatted(i), "fn f() {}\n".repeat(100));
    }
    CrateArchive archive = CrateDiffTest.archive(crate);
    var opened = new AtomicInteger();
    var limits = new DiffLimits(1 << 20, 60_000, 16_000, 1L << 28, 400, 600, 1 << 18);
    CodeDelta delta =
        CodeDelta.of(
            null,
            () -> {
              opened.incrementAndGet();
              return archive;
            },
            InspectLimits.DEFAULT,
            limits);

    assertThat(delta.compare(Deadline.none())).isTrue();
    // 200,000 bytes in parts of 60,000, and the list of files.
    assertThat(opened).hasValueLessThanOrEqualTo(6);
  }

  @Test
  void twoReadersAtDifferentPlacesOpenNoArchive() {
    CrateBuilder crate = young();
    for (int i = 0; i < 100; i++) {
      crate.file("src/m%02d.rs".formatted(i), "fn f() {}\n".repeat(100));
    }
    CrateArchive archive = CrateDiffTest.archive(crate);
    var opened = new AtomicInteger();
    var limits = new DiffLimits(1 << 20, 30_000, 16_000, 1L << 28, 400, 600, 1 << 18);
    CodeDelta delta =
        CodeDelta.of(
            null,
            () -> {
              opened.incrementAndGet();
              return archive;
            },
            InspectLimits.DEFAULT,
            limits);
    assertThat(delta.compare(Deadline.none())).isTrue();
    assertThat(delta.rows("src/m10.rs", 0, 10, 0).lines()).hasSize(10);
    assertThat(delta.rows("src/m90.rs", 0, 10, 0).lines()).hasSize(10);
    int before = opened.get();

    for (int row = 10; row < 50; row += 10) {
      assertThat(delta.rows("src/m10.rs", row, 10, 0).lines()).hasSize(10);
      assertThat(delta.rows("src/m90.rs", row, 10, 0).lines()).hasSize(10);
    }

    assertThat(opened).hasValue(before);
  }

  @Test
  void showsTheBuildScriptBeforeFiveThousandFilesAreCompared() {
    CrateArchive before = large(old(), "// a\n");
    CrateArchive after = large(young().buildScript("fn main() {}\n"), "// b\n");
    CodeDelta delta =
        CodeDelta.of(() -> before, () -> after, InspectLimits.DEFAULT, DiffLimits.WINDOWS);

    assertThat(delta.files().getFirst().path()).isEqualTo("build.rs");
    assertThat(delta.rows("build.rs", 0, 600, 400).lines()).hasSize(1);
    assertThat(delta.files().get(1).amount()).isNull();
    assertThat(delta.compare(Deadline.none())).isTrue();
    assertThat(delta.roles())
        .contains(new RoleSummary(ContentRole.RUNTIME, 5_000, 200_000, 5_000, 200_000));
  }

  private static CrateArchive large(CrateBuilder crate, String line) {
    for (int i = 0; i < 5_000; i++) {
      crate.file("src/m%d.rs".formatted(i), line.repeat(20));
    }
    return CrateDiffTest.archive(crate);
  }

  @Test
  void readsWindowsHunksAndContext() {
    String before = "fn a() {}\n".repeat(30) + "old\n" + "fn b() {}\n".repeat(30);
    CodeDelta delta =
        delta(
            old().file("src/a.rs", before),
            young().file("src/a.rs", "new\n" + before.replace("old\n", "young\n")));

    assertThat(amount(delta.file("src/a.rs")).hunks()).isEqualTo(2);
    int row = delta.firstRow("src/a.rs", 2);
    LineWindow window = delta.rows("src/a.rs", row, 2, 400);
    assertThat(window.hunks()).hasSize(1);
    assertThat(window.hunks().getFirst().number()).isEqualTo(2);
    assertThat(window.lines()).hasSize(2);
    assertThat(delta.context("src/a.rs", 10, 12))
        .extracting(DiffLine.Equal::oldLine)
        .containsExactly(9, 10, 11);
  }

  @Test
  void refusesUnknownPathsAndHunks() {
    CodeDelta delta = delta(null, young().file("src/a.rs", "a\n"));

    assertThatThrownBy(() -> delta.rows("src/b.rs", 0, 1, 400))
        .isInstanceOf(MalformedException.class)
        .hasMessage(
            "cannot show the difference of a file: expected the path of a file of one of both"
                + " versions, found none of this path; use one of the list of files");
    assertThatThrownBy(() -> delta.firstRow("src/a.rs", 2))
        .isInstanceOf(MalformedException.class)
        .hasMessage(
            "cannot show hunk 2: expected a number from 1 to 1; use one of the list of files");
  }

  @Test
  void ahostileArchiveIsNotCompared() {
    assertThatThrownBy(() -> delta(old(), young().traversal()))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot compare alpha 1.1.0: expected a conformant archive");
  }
}
