package lazaret.vetting.archive;

import static lazaret.vetting.inspect.InspectionFixture.assertOnly;
import static lazaret.vetting.inspect.InspectionFixture.begun;
import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.zip.CRC32;
import lazaret.testkit.Gzip;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;

final class GzipAttackTest {
  private static final int FHCRC = 2;
  private static final int FEXTRA = 4;
  private static final int FNAME = 8;
  private static final int FCOMMENT = 16;

  @Test
  void refusesConcatenatedGzipMembers() {
    Bytes second = demo().file("src/evil.rs", "").build();

    assertOnly(
        inspect(demo().behind(second)),
        ArchiveProblemCode.SEVERAL_GZIP_MEMBERS,
        second.length() + " bytes follow the first gzip member");
  }

  @Test
  void refusesAnEmptySecondMember() {
    assertOnly(
        inspect(demo().behind(Gzip.member(new byte[0]))),
        ArchiveProblemCode.SEVERAL_GZIP_MEMBERS,
        "bytes follow");
  }

  @Test
  void refusesOneByteOfTrailingGarbage() {
    assertOnly(
        inspect(demo().behind(Bytes.of(new byte[1]))),
        ArchiveProblemCode.SEVERAL_GZIP_MEMBERS,
        "1 bytes follow the first gzip member");
  }

  @Test
  void refusesATarSplitOverTwoMembers() {
    byte[] tar = demo().tar();
    Bytes first = Gzip.member(Arrays.copyOf(tar, 1024));
    Bytes second = Gzip.member(Arrays.copyOfRange(tar, 1024, tar.length));

    assertOnly(
        inspect(Gzip.concat(first, second)),
        ArchiveProblemCode.TAR_TRUNCATED,
        "there is no end-of-archive mark");
  }

  @Test
  void refusesHtmlInPlaceOfACrate() {
    assertOnly(
        inspect(Bytes.utf8("<html>502 Bad Gateway</html>")), ArchiveProblemCode.NOT_GZIP, "1f 8b");
  }

  @Test
  void refusesNoBytesAtAll() {
    assertOnly(inspect(Bytes.EMPTY), ArchiveProblemCode.NOT_GZIP, "expected the bytes 1f 8b");
  }

  @Test
  void refusesAnUncompressedTar() {
    assertOnly(inspect(Bytes.of(demo().tar())), ArchiveProblemCode.NOT_GZIP, "1f 8b");
  }

  @Test
  void refusesAnotherCompressionMethod() {
    assertOnly(inspect(edited(2, 7)), ArchiveProblemCode.NOT_GZIP, "method is not deflate");
  }

  @Test
  void refusesReservedHeaderFlags() {
    assertOnly(inspect(edited(3, 0x20)), ArchiveProblemCode.NOT_GZIP, "reserved flags");
  }

  @Test
  void findsEveryTruncation() {
    byte[] whole = demo().build().array();

    for (int length = 2; length < whole.length; length++) {
      var findings = inspect(Bytes.of(Arrays.copyOf(whole, length)));
      assertThat(findings.problems().getLast().code())
          .as("cut to %d of %d bytes", length, whole.length)
          .isEqualTo(ArchiveProblemCode.GZIP_TRUNCATED);
    }
  }

  @Test
  void findsACrcThatIsNotThatOfTheData() {
    int length = demo().build().length();

    assertOnly(inspect(edited(length - 8, 0x55)), ArchiveProblemCode.GZIP_CORRUPT, "the CRC-32");
  }

  @Test
  void findsALengthThatIsNotThatOfTheData() {
    int length = demo().build().length();

    assertOnly(inspect(edited(length - 1, 0x55)), ArchiveProblemCode.GZIP_CORRUPT, "the length");
  }

  @Test
  void findsDamagedCompressedData() {
    assertOnly(inspect(edited(10, 0xff)), ArchiveProblemCode.GZIP_CORRUPT, "cannot inflate");
  }

  @Test
  void takesEveryOptionalPartOfTheHeader() {
    byte[] parts = {3, 0, 'x', 'y', 'z', 'n', 0, 'c', 0};

    assertThat(inspect(withHeader(FEXTRA | FNAME | FCOMMENT, parts)).problems()).isEmpty();
  }

  @Test
  void checksTheChecksumOfTheHeader() {
    assertOnly(
        inspect(withHeader(FHCRC, new byte[] {1, 2})),
        ArchiveProblemCode.NOT_GZIP,
        "the header's own checksum is wrong");
    assertThat(inspect(withHeaderCrc()).problems()).isEmpty();
  }

  @Test
  void refusesAHeaderTextWithoutEnd() {
    byte[] endless = new byte[70_000];
    Arrays.fill(endless, (byte) 'a');

    assertOnly(
        inspect(withHeader(FNAME, endless)), ArchiveProblemCode.NOT_GZIP, "text in the header");
  }

  @Test
  void stopsADecompressionBombAtTheLimit() {
    byte[] head = begun().build();
    Bytes bomb = Gzip.bomb(head, 64L << 20, new byte[0]);

    var findings = inspect(bomb, InspectLimits.DEFAULT.withUnpackedBytes(1 << 20));

    assertThat(bomb.length()).isLessThan(100_000);
    assertOnly(
        findings,
        ArchiveProblemCode.TOO_LARGE_UNPACKED,
        "expected at most 1048576 bytes, found more");
    assertThat(findings.facts().unpackedBytes()).isLessThan(2 << 20);
  }

  @Test
  void takesAnArchiveExactlyAsLargeAsTheLimit() {
    byte[] tar = demo().tar();
    Bytes crate = Gzip.member(tar);

    assertThat(inspect(crate, InspectLimits.DEFAULT.withUnpackedBytes(tar.length)).conformant())
        .isTrue();
    assertThat(inspect(crate, InspectLimits.DEFAULT.withUnpackedBytes(tar.length - 1)).conformant())
        .isFalse();
  }

  private static Bytes edited(int offset, int value) {
    byte[] crate = demo().build().array().clone();
    crate[offset] = (byte) value;
    return Bytes.of(crate);
  }

  private static Bytes withHeader(int flags, byte[] parts) {
    byte[] crate = demo().build().array();
    byte[] header = Arrays.copyOf(crate, 10);
    header[3] = (byte) flags;
    return Gzip.concat(
        Bytes.of(header), Bytes.of(parts), Bytes.copyOf(crate, 10, crate.length - 10));
  }

  private static Bytes withHeaderCrc() {
    byte[] header = Arrays.copyOf(demo().build().array(), 10);
    header[3] = FHCRC;
    var crc = new CRC32();
    crc.update(header);
    int value = (int) crc.getValue();
    return withHeader(FHCRC, new byte[] {(byte) value, (byte) (value >> 8)});
  }
}
