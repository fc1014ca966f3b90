package lazaret.mirror.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lazaret.testkit.Gzip;
import lazaret.testkit.Mutator;
import lazaret.testkit.TarBytes;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpReaderTest {
  private static final Instant MADE = Instant.parse("2026-11-24T02:00:12.123456Z");

  private final Rows rows = new Rows();

  /// The rows that a reader reports.
  private static final class Rows implements DumpReader.Sink {
    private final List<String> crates = new ArrayList<>();
    private final List<String> downloads = new ArrayList<>();
    private final List<String> versions = new ArrayList<>();

    @Override
    public void crate(long id, String name) {
      crates.add(id + " " + name);
    }

    @Override
    public void downloads(long id, long count) {
      downloads.add(id + " " + count);
    }

    @Override
    public void version(long id, long digest, long bytes) {
      versions.add(id + " " + digest + " " + bytes);
    }
  }

  private static DumpText sample() {
    return new DumpText()
        .crate("alpha", 1_000)
        .crate("beta", 5)
        .version("beta", "0.1.0", false)
        .version("alpha", "1.0.0", true);
  }

  private Instant read(Bytes dump) throws IOException {
    return DumpReader.read(dump.inputStream(), rows);
  }

  private void assertRefused(Bytes dump) {
    assertThatThrownBy(() -> read(dump)).isInstanceOf(IOException.class);
  }

  @Test
  void readsCratesDownloadsAndVersions() throws IOException {
    assertThat(read(sample().build(MADE))).isEqualTo(MADE);
    assertThat(rows.crates).containsExactly("1 alpha", "2 beta");
    assertThat(rows.downloads).containsExactly("1 1000", "2 5");
    assertThat(rows.versions)
        .containsExactly(
            "2 " + CrateUseEntry.digest("0.1.0", false) + " 1000",
            "1 " + CrateUseEntry.digest("1.0.0", true) + " 1000");
  }

  @Test
  void endsWithTheLastWantedTable() throws IOException {
    byte[] whole = sample().tar(MADE).build();
    // Without the header of the last table, and without an end.
    byte[] begun = Arrays.copyOf(whole, whole.length - 2 * 512);

    assertThat(read(Gzip.member(begun))).isEqualTo(MADE);
  }

  @Test
  void readsVersionsWithoutALength() throws IOException {
    Bytes dump = sample().raw("1,,2024-01-01 00:00:00+00,7,MIT,2.0.0,f\n").build(MADE);

    assertThat(read(dump)).isEqualTo(MADE);
    assertThat(rows.versions).endsWith("1 " + CrateUseEntry.digest("2.0.0", false) + " 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>Bad gateway</html>", "PK\u0003\u0004"})
  void refusesOtherFiles(String text) {
    assertRefused(Bytes.utf8(text));
    assertRefused(Gzip.member(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,1000,2024-01-01 00:00:00+00,7\n",
        "one,1000,2024-01-01 00:00:00+00,7,MIT,1.0.0,f\n",
        "1,-5,2024-01-01 00:00:00+00,7,MIT,1.0.0,f\n",
        "1,1000,\"2024"
      })
  void refusesDamagedRows(String row) {
    assertRefused(sample().raw(row).build(MADE));
  }

  @Test
  void refusesATruncatedDump() {
    byte[] whole = sample().build(MADE).array();
    for (int length = 0; length < whole.length / 2; length += 20) {
      assertRefused(Bytes.copyOf(whole, 0, length));
    }
  }

  @Test
  void refusesADumpWithoutATable() {
    TarBytes tar = new TarBytes();
    for (String path : List.of("x/metadata.json", "x/data/crates.csv")) {
      byte[] text =
          (path.endsWith("json") ? "{\"timestamp\":\"" + MADE + "\"}" : "id,name\n")
              .getBytes(StandardCharsets.UTF_8);
      var _ = tar.file(path, text);
    }
    assertRefused(tar.end().gzip());
  }

  @Test
  void refusesADumpWithoutATime() {
    for (String text : List.of("{}", "{\"timestamp\": \"2026-13-45T99:99:99Z\"}")) {
      TarBytes tar = new TarBytes();
      var _ = tar.file("x/metadata.json", text.getBytes(StandardCharsets.UTF_8));
      assertRefused(tar.end().gzip());
    }
  }

  @Test
  void refusesManyFiles() {
    TarBytes tar = new TarBytes();
    for (int i = 0; i < 1_001; i++) {
      var _ = tar.file("x/data/other-" + i + ".csv", new byte[0]);
    }
    assertRefused(tar.end().gzip());
  }

  @Test
  void refusesADamagedHeader() {
    byte[] tar = sample().tar(MADE).end().build();
    tar[148] ^= 1;

    assertRefused(Gzip.member(tar));
  }

  @Test
  void refusesAFileThatIsLongerThanTheDump() {
    byte[] header = TarBytes.Header.of('0', "x/data/crates.csv", 1L << 32).build();

    assertRefused(Gzip.bomb(header, 1 << 20, new byte[0]));
  }

  @Test
  void skipsLinksWithTheNamesOfTables() {
    TarBytes tar = new TarBytes().symlink("x/data/crates.csv", "/etc/passwd");

    assertRefused(tar.end().gzip());
    assertThat(rows.crates).isEmpty();
  }

  @Test
  void anyBytesGiveRowsOrAnError() {
    byte[] tar = sample().tar(MADE).end().build();
    int read = 0;
    for (long seed = 1; seed <= 3; seed++) {
      Mutator mutator = new Mutator(seed);
      for (int i = 0; i < Mutator.rounds(300); i++) {
        try {
          var _ = read(Gzip.member(mutator.mutate(tar)));
          read++;
        } catch (IOException _) {
          // The only error that a reader may throw.
        }
      }
    }
    assertThat(read).isPositive();
  }
}
