package lazaret.mirror.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-9, 0, 10",
    "bytes=0-, 0, 10",
    "bytes=9-, 9, 1",
    "bytes=2-4, 2, 3",
    "bytes=2-100, 2, 8",
    "bytes=2-999999999999999999, 2, 8",
    "bytes=-1, 9, 1",
    "bytes=-9, 1, 9",
    "'bytes= 2-4 ', 2, 3"
  })
  void oneRangeIsAPart(String header, long first, long length) {
    assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Part(first, length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=-10",
        "bytes=-11",
        "bytes=4-2",
        "bytes=0-1,3-4",
        "bytes=-",
        "bytes=",
        "bytes=a-b",
        "lines=0-1",
        "BYTES=0-1",
        "bytes=0-1;",
        "bytes=+1-2",
        "bytes=0x1-2",
        "",
        "bytes=0-9999999999999999999",
        "bytes=-9223372036854775808"
      })
  void otherTextsAreTheWholeFile(String header) {
    assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Whole());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=999999999999999999-", "bytes=-0"})
  void rangesBehindTheEndCannotBeSatisfied(String header) {
    assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Unsatisfiable());
  }

  @Test
  void emptyFileHasNoPart() {
    assertThat(ByteRange.of("bytes=0-", 0)).isEqualTo(new ByteRange.Unsatisfiable());
    assertThat(ByteRange.of("bytes=-5", 0)).isEqualTo(new ByteRange.Whole());
  }

  /// Each part lies in its file, whatever a client sends.
  @Test
  void partsLieInTheFile() {
    Random random = new Random(22);
    String characters = "0123456789-,= bytes";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder header = new StringBuilder("bytes=");
      int count = random.nextInt(12);
      for (int c = 0; c < count; c++) {
        header.append(characters.charAt(random.nextInt(characters.length())));
      }
      long length = random.nextInt(100);
      if (ByteRange.of(header.toString(), length) instanceof ByteRange.Part(long at, long size)) {
        assertThat(at).as(header.toString()).isBetween(0L, length - 1);
        assertThat(size).as(header.toString()).isBetween(1L, length - at);
      }
    }
  }
}
