package lazaret.bundle.format;

import static lazaret.bundle.format.Formats.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import lazaret.bundle.BundleCode;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;

class TableTest {
  private static List<String> lines(byte[] table, long length) throws IOException {
    List<String> lines = new ArrayList<>();
    try (var in = new TableLineReader(new ByteArrayInputStream(table), "a table", length)) {
      for (Optional<Bytes> l = in.line(100); l.isPresent(); l = in.line(100)) {
        lines.add(l.get().text());
      }
    }
    return lines;
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      Bytes.utf8(text).writeTo(out);
    }
    return bytes.toByteArray();
  }

  private static void malformed(String message, byte[] table, long length) {
    assertRefused(BundleCode.TABLE_MALFORMED, message, () -> lines(table, length));
  }

  @Test
  void readsWhatItWrote() throws IOException {
    assertThat(lines(gzip("a\n\nbc\n"), 6)).containsExactly("a", "", "bc");
    assertThat(lines(gzip(""), 0)).isEmpty();
    Formats.Table table = Formats.text("x\ny\n");
    assertThat(table.length()).isEqualTo(4);
    assertThat(table.bytes().array()).isEqualTo(gzip("x\ny\n"));
  }

  @Test
  void refusesMoreOrLessThanIsSigned() throws IOException {
    byte[] bomb = gzip("0\n".repeat(10_000_000));
    assertThat(bomb.length).isLessThan(100_000);
    assertRefused(BundleCode.LIMIT_EXCEEDED, "to more than the 100 bytes", () -> lines(bomb, 100));
    byte[] long1 = gzip("a".repeat(200) + "\n");
    assertRefused(BundleCode.LIMIT_EXCEEDED, "more than 100", () -> lines(long1, 201));
    malformed("unpacks to 2 bytes, 3", gzip("a\n"), 3);
    malformed("last line is cut off", gzip("a"), 1);
  }

  @Test
  void refusesWhateverStandsAroundTheOneMember() throws IOException {
    byte[] good = gzip("abc\n");
    byte[] twice = Arrays.copyOf(good, 2 * good.length);
    System.arraycopy(good, 0, twice, good.length, good.length);
    malformed("something follows", twice, 4);
    malformed("something follows", Arrays.copyOf(good, good.length + 1), 4);
    malformed("checksum or length", Arrays.copyOf(good, good.length - 1), 4);
    malformed("cut off", Arrays.copyOf(good, 12), 4);
    byte[] named = good.clone();
    named[3] = 8;
    malformed("begin as gzip", named, 4);
    byte[] wrong = good.clone();
    wrong[good.length - 6] ^= 1;
    malformed("checksum or length", wrong, 4);
  }

  private static List<Blob> blobs(String text) throws IOException {
    var table = new BlobTable(Bytes.utf8(text).inputStream());
    List<Blob> blobs = new ArrayList<>();
    for (Optional<Blob> b = table.next(); b.isPresent(); b = table.next()) {
      blobs.add(b.get());
    }
    return blobs;
  }

  private static Blob blob(String digit, long length, int part, long offset) {
    return new Blob(
        Sha256.parse(digit.repeat(64)),
        length,
        part,
        offset,
        CrateName.parse("serde"),
        CrateVersion.parse("1.0.0"));
  }

  private static String text(Blob... blobs) {
    var text = new StringBuilder();
    for (Blob blob : blobs) {
      text.append(BlobTable.line(blob).text());
    }
    return text.toString();
  }

  @Test
  void artifactsAreListedInTheOrderOfDigestsAndParts() throws IOException {
    Blob[] good = {
      blob("1", 3, 1, 512), blob("2", 512, 1, 1536), blob("3", 0, 2, 512), blob("4", 1, 2, 1024)
    };
    assertThat(blobs(text(good))).containsExactly(good);
    assertThat(blobs("")).isEmpty();
  }

  @Test
  void refusesTablesOfArtifactsThatLieOrRepeat() {
    BundleCode code = BundleCode.TABLE_MALFORMED;
    Blob first = blob("1", 3, 1, 512);
    assertRefused(code, "line 2", () -> blobs(text(first, blob("1", 3, 1, 1536))));
    assertRefused(code, "part 1 at 1536", () -> blobs(text(first, blob("2", 3, 1, 1024))));
    assertRefused(code, "part 0", () -> blobs(text(blob("2", 3, 2, 512))));
    String line = text(first);
    for (String bad :
        List.of(
            line.replace("\t3\t", "\t03\t"),
            line.replace("\t3\t", "\t-3\t"),
            line.replace("\t3\t", "\t+3\t"),
            line.replace("\t1\t", "\t01\t"),
            line.replace("\t1\t", "\t4294967297\t"),
            line.replace("\t512\t", "\t0512\t"),
            line.replace("\t3\t", "\t99999999999999999999\t"),
            line.replace("\t", " "),
            line.replace("\n", "\tx\n"),
            line.strip(),
            line.replace("serde", "s\u00e9rde"),
            line.replace("1.0.0", "x".repeat(600)),
            line.replace("\n", "\r\n"))) {
      assertRefused(code, "blobs.tsv: expected", () -> blobs(bad));
    }
  }
}
