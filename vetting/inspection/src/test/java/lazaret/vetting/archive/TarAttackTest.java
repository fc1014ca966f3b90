package lazaret.vetting.archive;

import static lazaret.vetting.inspect.InspectionFixture.PREFIX;
import static lazaret.vetting.inspect.InspectionFixture.assertOnly;
import static lazaret.vetting.inspect.InspectionFixture.begun;
import static lazaret.vetting.inspect.InspectionFixture.bytes;
import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static lazaret.vetting.inspect.InspectionFixture.inspectWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import lazaret.testkit.TarBytes;
import lazaret.testkit.TarBytes.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TarAttackTest {
  private static final String FILE = PREFIX + "/a.rs";
  private static final byte[] NONE = {};

  @Test
  void refusesASymlinkIntoAnotherCratesSources() {
    assertOnly(
        inspect(demo().symlink("src/link", "../../other-1.0.0/src")),
        ArchiveProblemCode.FORBIDDEN_ENTRY_TYPE,
        "in 'demo-1.0.0/src/link': expected a file or directory, found a symbolic link");
  }

  @ParameterizedTest
  @CsvSource({
    "1, a hard link",
    "3, a character device",
    "4, a block device",
    "6, a fifo",
    "7, a contiguous file",
    "g, a global pax header",
    "K, a long link name",
    "S, a sparse file",
    "V, type 'V'"
  })
  void refusesEveryTypeThatIsNoFileOrDirectory(char type, String name) {
    assertOnly(
        inspect(demo().rawEntry(type, PREFIX + "/x", "")),
        ArchiveProblemCode.FORBIDDEN_ENTRY_TYPE,
        "found " + name);
  }

  @Test
  void refusesASparseFileThatPaxDescribes() {
    assertOnly(
        inspectWith(tar -> tar.pax("GNU.sparse.major", "1").file(FILE, NONE)),
        ArchiveProblemCode.FORBIDDEN_ENTRY_TYPE,
        "a sparse file");
  }

  @Test
  void refusesAPaxSizeThatIsNotTheHeadersSize() {
    // The attack of CVE-2025-62518: a reader that trusts the header reads hidden entries as
    // headers.
    byte[] hidden = new TarBytes().file("evil", NONE).build();

    assertOnly(
        inspectWith(tar -> tar.pax("size", "512").entry(Header.of('0', FILE, 0), NONE).raw(hidden)),
        ArchiveProblemCode.PAX_CONFLICT,
        "size 512 in pax, 0 in the header");
  }

  @Test
  void takesAPaxHeaderThatRepeatsTheSize() {
    assertThat(inspectWith(tar -> tar.pax("size", "3", "mtime", "1").file(FILE, bytes("abc"))))
        .matches(findings -> findings.conformant());
  }

  @ParameterizedTest
  @ValueSource(strings = {"path", "size"})
  void refusesAPaxRecordThatIsThereTwice(String key) {
    assertOnly(
        inspectWith(tar -> tar.pax(key, "0", key, "1").file(FILE, NONE)),
        ArchiveProblemCode.PAX_CONFLICT,
        "two records '" + key + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"linkpath", "hdrcharset"})
  void refusesAPaxRecordThatChangesTheEntry(String key) {
    assertOnly(
        inspectWith(tar -> tar.pax(key, "x").file(FILE, NONE)),
        ArchiveProblemCode.PAX_CONFLICT,
        key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8 path=x\n",
        "7 path=x\n",
        "x path=a\n",
        "10 path=xyz",
        "7 path\n",
        "0 a=b\n",
        "\n"
      })
  void refusesMalformedPaxRecords(String records) {
    byte[] data = bytes(records);

    assertOnly(
        inspectWith(tar -> tar.entry(Header.of('x', "pax", data.length), data).file(FILE, NONE)),
        ArchiveProblemCode.HEADER_MALFORMED,
        "a pax record is malformed");
  }

  @Test
  void refusesAPaxPathAndALongNameForOneEntry() {
    assertOnly(
        inspectWith(tar -> tar.longName(FILE).pax("path", PREFIX + "/b.rs").file("x", NONE)),
        ArchiveProblemCode.PAX_CONFLICT,
        "two extended headers for one entry");
  }

  @Test
  void refusesTwoLongNamesForOneEntry() {
    assertOnly(
        inspectWith(tar -> tar.longName(FILE).longName(FILE).file("x", NONE)),
        ArchiveProblemCode.PAX_CONFLICT,
        "two extended headers for one entry");
  }

  @Test
  void refusesAnExtendedHeaderThatDescribesNothing() {
    assertOnly(
        inspectWith(tar -> tar.longName(FILE)),
        ArchiveProblemCode.HEADER_MALFORMED,
        "an extended header describes no entry");
  }

  @Test
  void refusesAnExtendedHeaderWithoutMagic() {
    byte[] name = bytes(FILE + "\0");

    assertOnly(
        inspectWith(tar -> tar.entry(Header.of('L', "l", name.length).old(), name)),
        ArchiveProblemCode.FORBIDDEN_ENTRY_TYPE,
        "an extended header in a form that has none");
  }

  @Test
  void refusesAnEndlessPaxHeader() {
    assertOnly(
        inspectWith(tar -> tar.pax("comment", "x".repeat(70_000)).file(FILE, NONE)),
        ArchiveProblemCode.HEADER_MALFORMED,
        "at most 65536 bytes");
  }

  @Test
  void refusesAWrongHeaderChecksum() {
    assertOnly(
        inspectWith(tar -> tar.entry(Header.of('0', FILE, 0).checksum("001234\0 "), NONE)),
        ArchiveProblemCode.HEADER_CHECKSUM,
        "found 668");
  }

  @Test
  void refusesAChecksumThatIsNoNumber() {
    assertOnly(
        inspectWith(tar -> tar.entry(Header.of('0', FILE, 0).checksum("lazaret!"), NONE)),
        ArchiveProblemCode.HEADER_CHECKSUM,
        "found no number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-0000000001", "0000000000x", "           ", "00000\0000001", "0x000000001"})
  void refusesASizeThatReadersUnderstandDifferently(String size) {
    assertOnly(
        inspectWith(tar -> tar.entry(Header.of('0', FILE, 0).put(124, size), NONE)),
        ArchiveProblemCode.HEADER_MALFORMED,
        "the size is no octal number");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 108, 116, 136, 329, 337})
  void refusesAMalformedNumberThatSomeReadersTakeForTheEnd(int offset) {
    assertOnly(
        inspectWith(tar -> tar.entry(Header.of('0', FILE, 0).put(offset, "00x"), NONE)),
        ArchiveProblemCode.HEADER_MALFORMED,
        "a number in the header is not octal");
  }

  @Test
  void takesTheOwnerNumbersOfDirectoryServicesAndMissingOnes() {
    byte[] large = {(byte) 0x80, 0, 0, 0, 0x7f, 1, 2, 3};

    assertThat(
            inspectWith(
                    tar ->
                        tar.entry(Header.of('0', FILE, 0).put(108, large).put(116, large), NONE)
                            .entry(
                                Header.of('0', FILE + "s", 0)
                                    .put(108, new byte[16])
                                    .put(136, new byte[12]),
                                NONE))
                .problems())
        .isEmpty();
  }

  @Test
  void refusesASizeInBase256() {
    byte[] base256 = {(byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    assertOnly(
        inspectWith(tar -> tar.entry(Header.of('0', FILE, 0).put(124, base256), NONE)),
        ArchiveProblemCode.HEADER_MALFORMED,
        "the size is no octal number");
  }

  @Test
  void refusesASizeFarBeyondTheArchive() {
    assertOnly(
        inspectWith(tar -> tar.raw(Header.of('0', FILE, 0).put(124, "777777777777").build())),
        ArchiveProblemCode.TAR_TRUNCATED,
        "the archive ends within an entry");
  }

  @Test
  void refusesADirectoryWithContentWhereHeadersCouldHide() {
    assertOnly(
        inspectWith(tar -> tar.entry(Header.of('5', PREFIX + "/d/", 512), new byte[512])),
        ArchiveProblemCode.HEADER_MALFORMED,
        "a directory has content");
  }

  @Test
  void refusesAPathPrefixHiddenInAGnuHeader() {
    assertOnly(
        inspectWith(tar -> tar.entry(Header.of('0', FILE, 0).put(345, "../evil"), NONE)),
        ArchiveProblemCode.HEADER_MALFORMED,
        "a path prefix is hidden");
  }

  @Test
  void refusesAnUnknownMagic() {
    assertOnly(
        inspectWith(tar -> tar.entry(Header.of('0', FILE, 0).put(257, "ustar  x"), NONE)),
        ArchiveProblemCode.HEADER_MALFORMED,
        "expected the magic");
  }

  @Test
  void refusesBytesBehindTheLastField() {
    assertOnly(
        inspectWith(tar -> tar.entry(Header.of('0', FILE, 0).put(508, "tar"), NONE)),
        ArchiveProblemCode.HEADER_MALFORMED,
        "bytes stand behind the last field");
  }

  @Test
  void takesUstarWithAPrefixAndTheOldestForm() {
    var findings =
        inspectWith(
            tar ->
                tar.entry(Header.of('0', "a.rs", 0).ustar(PREFIX + "/src"), NONE)
                    .entry(Header.of('0', PREFIX + "/b.rs", 0).old(), NONE)
                    .entry(Header.of('\0', PREFIX + "/c.rs", 0).old(), NONE)
                    .directory(PREFIX + "/examples/"));

    assertThat(findings.problems()).isEmpty();
  }

  @Test
  void judgesAUstarPathWithItsPrefix() {
    assertOnly(
        inspectWith(tar -> tar.entry(Header.of('0', FILE, 0).ustar("evil"), NONE)),
        ArchiveProblemCode.ENTRY_OUTSIDE_PREFIX,
        "'evil/demo-1.0.0/a.rs'");
  }

  @Test
  void refusesEntriesBehindTheEndOfTheArchive() {
    assertOnly(
        inspectWith(tar -> tar.end().file(FILE, NONE)),
        ArchiveProblemCode.BYTES_AFTER_END,
        "something stands behind the end-of-archive mark");
  }

  @Test
  void refusesAnEntryBehindASingleZeroBlock() {
    assertOnly(
        inspectWith(tar -> tar.raw(new byte[512]).file(FILE, NONE)),
        ArchiveProblemCode.BYTES_AFTER_END,
        "something stands behind");
  }

  @Test
  void takesMoreZerosBehindTheEnd() {
    assertThat(inspectWith(tar -> tar.end().raw(new byte[8_704])).problems()).isEmpty();
  }

  @Test
  void findsATarWithoutItsEnd() {
    assertOnly(inspect(begun().gzip()), ArchiveProblemCode.TAR_TRUNCATED, "no end-of-archive mark");
    assertOnly(
        inspect(begun().raw(new byte[512]).gzip()),
        ArchiveProblemCode.TAR_TRUNCATED,
        "one block, not two");
  }

  @Test
  void findsATarThatEndsAnywhere() {
    byte[] tar = Arrays.copyOf(begun().build(), 512 + 512 + 511);

    assertOnly(
        inspect(new TarBytes().raw(Arrays.copyOf(tar, 511)).gzip()),
        ArchiveProblemCode.TAR_TRUNCATED,
        "within a block");
    assertThat(inspect(new TarBytes().raw(Arrays.copyOf(tar, 520)).gzip()).problems().getFirst())
        .hasToString("tar-truncated: the archive ends within an entry");
    assertOnly(
        inspect(new TarBytes().raw(Arrays.copyOf(tar, 1_000)).gzip()),
        ArchiveProblemCode.TAR_TRUNCATED,
        "within the padding");
  }

  @Test
  void stopsAtTooManyEntries() {
    var findings =
        inspect(demo().file("a", "").file("b", "").build(), InspectLimits.DEFAULT.withEntries(3));

    assertOnly(findings, ArchiveProblemCode.TOO_MANY_ENTRIES, "expected at most 3, found more");
  }

  @Test
  void stopsAfterManyProblems() {
    var findings =
        inspectWith(
            tar -> {
              for (int i = 0; i < 1_000; i++) {
                tar.symlink(PREFIX + "/" + i, "/");
              }
            });

    assertThat(findings.problems()).hasSize(32);
  }
}
