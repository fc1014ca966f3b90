package lazaret.vetting.archive;

import static lazaret.vetting.inspect.InspectionFixture.PREFIX;
import static lazaret.vetting.inspect.InspectionFixture.assertOnly;
import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static lazaret.vetting.inspect.InspectionFixture.inspectWith;
import static org.assertj.core.api.Assertions.assertThat;

import lazaret.testkit.TarBytes;
import lazaret.testkit.TarBytes.Header;
import lazaret.vetting.inspect.Findings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathAttackTest {
  private static final byte[] NONE = {};

  @Test
  void refusesTraversalIntoAnotherCrate() {
    assertOnly(
        inspect(demo().traversal()),
        ArchiveProblemCode.PATH_TRAVERSAL,
        "in 'demo-1.0.0/../evil-1.0.0/src/lib.rs': a part is '..'");
  }

  @Test
  void refusesTraversalThatStaysInside() {
    // Cargo skips such an entry silently, others write it: two trees.
    assertOnly(
        inspectFile(PREFIX + "/src/../Cargo.lock"), ArchiveProblemCode.PATH_TRAVERSAL, "'..'");
  }

  @Test
  void refusesTraversalInAPaxPath() {
    assertOnly(
        inspectWith(tar -> tar.pax("path", PREFIX + "/../../x").file(PREFIX + "/ok", NONE)),
        ArchiveProblemCode.PATH_TRAVERSAL,
        "'..'");
  }

  @Test
  void refusesTraversalInAGnuLongName() {
    assertOnly(
        inspectWith(tar -> tar.longName(PREFIX + "/../x").file(PREFIX + "/ok", NONE)),
        ArchiveProblemCode.PATH_TRAVERSAL,
        "'..'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "\\\\host\\share", "C:/x", "c:\\x", "//demo-1.0.0/x"})
  void refusesAbsolutePathsOfEveryPlatform(String path) {
    assertOnly(inspectFile(path), ArchiveProblemCode.ABSOLUTE_PATH, "the path begins at a root");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "other-1.0.0/src/lib.rs",
        "demo-1.0.01/src/lib.rs",
        "demo-1.0.0x",
        "Demo-1.0.0/src/lib.rs",
        "demo-1.0.0"
      })
  void refusesPathsOutsideTheCratesFolder(String path) {
    assertOnly(
        inspectFile(path),
        ArchiveProblemCode.ENTRY_OUTSIDE_PREFIX,
        "expected a path under 'demo-1.0.0/'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/src/..\\..\\x",
        "/a:stream",
        "/a\u0007",
        "/a\nb",
        "/a\u007f",
        "/a\u0085",
        "/a\u2028",
        "/evil\u202ecod.rs",
        "/a\u2066b"
      })
  void refusesCharactersThatPlatformsAndTerminalsTakeForOthers(String path) {
    assertOnly(inspectFile(PREFIX + path), ArchiveProblemCode.PATH_NOT_PLAIN, "control character");
  }

  @Test
  void refusesAZeroByteInALongName() {
    assertOnly(
        inspectWith(tar -> tar.longName(PREFIX + "/a.rs\0.txt").file("x", NONE)),
        ArchiveProblemCode.PATH_NOT_PLAIN,
        "control character");
  }

  @ParameterizedTest
  @CsvSource({
    "/./a, dot",
    "//a, empty",
    "/a/, empty",
    "/a/., dot",
  })
  void refusesSpellingsThatNeedCleaning(String path, String part) {
    assertOnly(
        inspectFile(PREFIX + path),
        ArchiveProblemCode.PATH_NOT_PLAIN,
        "a part is " + (part.equals("dot") ? "'.'" : part));
  }

  @Test
  void refusesAnEmptyPath() {
    assertOnly(inspectFile(""), ArchiveProblemCode.PATH_NOT_PLAIN, "a part is empty");
  }

  @Test
  void refusesAPathThatIsNoUtf8() {
    byte[] invalid = {(byte) 0xc3, (byte) 0x28};

    assertOnly(
        inspectWith(
            tar ->
                tar.entry(Header.of('0', PREFIX + "/", 0).put(PREFIX.length() + 1, invalid), NONE)),
        ArchiveProblemCode.PATH_NOT_UTF8,
        "the path is no UTF-8");
  }

  @Test
  void refusesAnOverlongUtf8Slash() {
    byte[] overlong = {'.', '.', (byte) 0xc0, (byte) 0xaf};

    assertOnly(
        inspectWith(
            tar ->
                tar.entry(
                    Header.of('0', PREFIX + "/", 0).put(PREFIX.length() + 1, overlong), NONE)),
        ArchiveProblemCode.PATH_NOT_UTF8,
        "the path is no UTF-8");
  }

  @Test
  void refusesAPathThatIsTooLong() {
    String path = PREFIX + "/" + "a".repeat(1_024);

    assertOnly(
        inspectWith(tar -> tar.pax("path", path).file("x", NONE)),
        ArchiveProblemCode.PATH_TOO_LONG,
        "expected at most 1024 bytes, found 1035");
    assertOnly(
        inspectFile(path),
        ArchiveProblemCode.PATH_TOO_LONG,
        "an extended header of at most 1025 bytes");
  }

  @Test
  void refusesAPathThatIsTooDeep() {
    assertOnly(
        inspectFile(PREFIX + "/a".repeat(64)),
        ArchiveProblemCode.PATH_TOO_DEEP,
        "expected at most 64 parts, found 65");
    assertThat(inspectFile(PREFIX + "/a".repeat(63)).conformant()).isTrue();
  }

  @Test
  void refusesASecondFileUnderOnePath() {
    assertOnly(
        inspect(demo().rawEntry('0', PREFIX + "/src/lib.rs", "evil")),
        ArchiveProblemCode.DUPLICATE_PATH,
        "the path appears twice");
  }

  @Test
  void refusesAFileWhereAFolderIs() {
    assertOnly(
        inspectFile(PREFIX + "/src"), ArchiveProblemCode.DUPLICATE_PATH, "it is a folder as well");
  }

  @Test
  void refusesAFolderWhereAFileIs() {
    assertOnly(
        inspectFile(PREFIX + "/src/lib.rs/evil"),
        ArchiveProblemCode.DUPLICATE_PATH,
        "a folder above it is a file as well");
    assertOnly(
        inspectWith(tar -> tar.directory(PREFIX + "/src/lib.rs")),
        ArchiveProblemCode.DUPLICATE_PATH,
        "is a file as well");
  }

  @ParameterizedTest
  @CsvSource({
    "src/LIB.rs, src/lib.rs",
    "SRC/lib.rs, src/lib.rs",
    "src/lib.rs., src/lib.rs",
    "src /lib.rs, src/lib.rs",
    "src/l\u200dib.rs, src/lib.rs",
    "e\u0301.rs, \u00e9.rs",
    "STRASSE.rs, stra\u00dfe.rs",
    "\u212a.rs, k.rs"
  })
  void refusesPathsThatAreOneFileForSomeFileSystem(String path, String other) {
    assertOnly(
        inspectWith(tar -> addPair(tar, path, other)),
        ArchiveProblemCode.CASE_COLLISION,
        "it is one file with");
  }

  @Test
  void takesFoldersThatAreNamedTwice() {
    var findings =
        inspectWith(
            tar ->
                tar.directory(PREFIX)
                    .directory(PREFIX + "/src/")
                    .directory(PREFIX + "/src")
                    .directory(PREFIX + "/tests")
                    .file(PREFIX + "/tests/a.rs", NONE));

    assertThat(findings.problems()).isEmpty();
  }

  @Test
  void takesWhatIsOddButHarmless() {
    var findings =
        inspect(
            demo()
                .file(".cargo-ok", "{\"v\":1}")
                .file(".cargo-checksum.json", "{}")
                .file("src/aux.rs", "")
                .file("tests/\u00fcml\u00e4ut \uD83E\uDD80.txt", "")
                .file("a".repeat(300), "")
                .file("..hidden/...", ""));

    assertThat(findings.problems()).isEmpty();
  }

  @Test
  void boundsTheMemoryThatPathsTake() {
    // Each entry claims 62 folders of its own: half a million stored strings per megabyte.
    var findings =
        inspectWith(
            tar -> {
              for (int i = 0; i < 1_000; i++) {
                tar.file(PREFIX + "/" + i + "/aaaaaaaaaaaaaa".repeat(61), NONE);
              }
            });

    assertOnly(findings, ArchiveProblemCode.TOO_MANY_ENTRIES, "the paths have more than");
  }

  @Test
  void cutsAndCleansPathsInMessages() {
    var problem = inspectFile("\u001b[2J" + "x".repeat(500)).problems().getFirst();

    assertThat(problem.path()).startsWith("?[2J").hasSizeLessThan(130);
  }

  /// Adds a path, and the other one unless the crate contains it anyway.
  private static void addPair(TarBytes tar, String path, String other) {
    tar.file(PREFIX + "/" + path, NONE);
    if (!other.equals("src/lib.rs")) {
      tar.file(PREFIX + "/" + other, NONE);
    }
  }

  private static Findings inspectFile(String path) {
    return inspectWith(tar -> tar.file(path, NONE));
  }
}
