package lazaret.bundle.format;

import static lazaret.bundle.format.Formats.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lazaret.bundle.BundleCode;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UstarTest {
  private static final Bytes ONE = Bytes.utf8("one");
  private static final Bytes BLOCK = Bytes.utf8("b".repeat(Ustar.BLOCK));

  private static byte[] archive() throws IOException {
    var out = new ByteArrayOutputStream();
    var writer = new UstarWriter(out);
    for (Bytes content : new Bytes[] {ONE, BLOCK, Bytes.EMPTY}) {
      assertThat(writer.add(Sha256.of(content).hex(), content))
          .isEqualTo(writer.position() - content.length() - Ustar.padding(content.length()));
    }
    writer.finish();
    assertThat(writer.position()).isEqualTo(out.size());
    return out.toByteArray();
  }

  private static Map<String, Sha256> read(byte[] archive, Ustar.Names names) throws IOException {
    var reader = new UstarReader(new ByteArrayInputStream(archive), names, "part 1");
    Map<String, Sha256> entries = new HashMap<>();
    for (Optional<Ustar.Entry> e = reader.next(); e.isPresent(); e = reader.next()) {
      entries.put(e.get().name(), Sha256.of(reader.content(1 << 20)));
    }
    return entries;
  }

  private static Map<String, Sha256> read(byte[] archive) throws IOException {
    return read(archive, Ustar.Names.DIGESTS);
  }

  /// Changes the first header, and corrects its checksum.
  private static byte[] header(Consumer<byte[]> change) throws IOException {
    byte[] archive = archive();
    change.accept(archive);
    int sum = 0;
    for (int i = 0; i < Ustar.BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : archive[i] & 0xff;
    }
    put(archive, 148, "%06o\0 ".formatted(sum));
    return archive;
  }

  private static void put(byte[] archive, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, archive, at, bytes.length);
  }

  @Test
  void readsWhatItWrote() throws IOException {
    Map<String, Sha256> entries = read(archive());
    assertThat(entries).hasSize(3);
    entries.forEach((name, digest) -> assertThat(digest.hex()).isEqualTo(name));
  }

  @Test
  void readsAnEntryWholeAndSkipsTheRest() throws IOException {
    var reader =
        new UstarReader(new ByteArrayInputStream(archive()), Ustar.Names.DIGESTS, "part 1");
    assertThat(reader.next()).isPresent();
    assertThat(reader.content(3)).isEqualTo(ONE);
    assertThat(reader.next()).isPresent();
    assertRefused(BundleCode.LIMIT_EXCEEDED, "512 bytes, at most 511", () -> reader.content(511));
    assertThat(reader.next()).isPresent();
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void isReadByTar(@TempDir Path folder) throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("part.tar"), archive());
    Process tar =
        new ProcessBuilder("tar", "-xvf", file.toString(), "-C", folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tar.waitFor()).as(said).isZero();
    assertThat(Files.readString(folder.resolve(Sha256.of(ONE).hex()))).isEqualTo("one");
    assertThat(said.lines()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "g", "L", "K"})
  void refusesExtensionHeaders(String type) throws IOException {
    byte[] archive = header(a -> put(a, 156, type));
    assertRefused(
        BundleCode.ARCHIVE_HEADER_INVALID, "extension header, type '" + type, () -> read(archive));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "S", "D", "\0"})
  void refusesAllButPlainFiles(String type) throws IOException {
    byte[] archive = header(a -> put(a, 156, type));
    assertRefused(BundleCode.ARCHIVE_ENTRY_FORBIDDEN, "plain files", () -> read(archive));
  }

  @Test
  void refusesNamesThatAreNoDigests() throws IOException {
    String a = "a".repeat(64);
    for (String name :
        new String[] {"../x", "/etc/x", "a\\b", "A".repeat(64), a + "a", a + "\0x", "", "./" + a}) {
      byte[] archive =
          header(
              bytes -> {
                Arrays.fill(bytes, 0, 100, (byte) 0);
                put(bytes, 0, name);
              });
      assertRefused(BundleCode.ARCHIVE_PATH_FORBIDDEN, "forbidden name", () -> read(archive));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "metadata/1.root.json, true",
    "targets/x.part-0001.tar, true",
    "metadata/../x, false",
    "targets/A, false",
    "targets/a/b, false",
    "recovery/x, false",
    "metadata/, false",
    "/metadata/x, false"
  })
  void aSingleFileHoldsTheFilesOfABundleOnly(String name, boolean allowed) throws IOException {
    var out = new ByteArrayOutputStream();
    var writer = new UstarWriter(out);
    writer.add(name, ONE);
    writer.finish();
    if (allowed) {
      assertThat(read(out.toByteArray(), Ustar.Names.FILES)).containsOnlyKeys(name);
    } else {
      assertRefused(
          BundleCode.ARCHIVE_PATH_FORBIDDEN,
          name,
          () -> read(out.toByteArray(), Ustar.Names.FILES));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-0000000003",
        "\u0080\0\0\0\0\0\0\0\0\0\3",
        "00000000009",
        "3\0\0\0\0\0\0\0\0\0\0"
      })
  void refusesSizesThatAreNoElevenDigits(String size) throws IOException {
    byte[] archive = header(a -> put(a, 124, size));
    assertRefused(BundleCode.ARCHIVE_HEADER_INVALID, "does not have the form", () -> read(archive));
  }

  @ParameterizedTest
  @CsvSource({
    "100, 1", "108, 1", "116, 1", "136, 7", "257, x", "265, r", "329, 1", "345, p", "511, !"
  })
  void refusesAnyOtherField(int at, String value) throws IOException {
    byte[] archive = header(a -> put(a, at, value));
    assertRefused(BundleCode.ARCHIVE_HEADER_INVALID, "does not have the form", () -> read(archive));
  }

  @Test
  void refusesAWrongChecksumASizeBeyondTheEndAndBytesInThePadding() throws IOException {
    byte[] sum = archive();
    sum[124] = '1';
    assertRefused(BundleCode.ARCHIVE_HEADER_INVALID, "checksum", () -> read(sum));
    byte[] size = header(a -> put(a, 124, "00000077777"));
    assertRefused(
        BundleCode.ARCHIVE_HEADER_INVALID, "whose header states more bytes", () -> read(size));
    byte[] padding = archive();
    padding[Ustar.BLOCK + 5] = 1;
    assertRefused(BundleCode.ARCHIVE_HEADER_INVALID, "hidden after", () -> read(padding));
  }

  @Test
  void refusesEveryOtherEnd() throws IOException {
    byte[] archive = archive();
    int end = archive.length;
    BundleCode code = BundleCode.ARCHIVE_TRAILING_DATA;
    assertRefused(code, "nothing after them", () -> read(Arrays.copyOf(archive, end + 1)));
    assertRefused(code, "it ends at", () -> read(Arrays.copyOf(archive, end - 1)));
    assertRefused(code, "it ends at", () -> read(Arrays.copyOf(archive, end - 1024)));
    byte[] twice = Arrays.copyOf(archive, 2 * end);
    System.arraycopy(archive, 0, twice, end, end);
    assertRefused(code, "nothing after them", () -> read(twice));
    archive[end - 512] = 1;
    assertRefused(code, "nothing after them", () -> read(archive));
  }

  @Test
  void hashesWhatIsReadMeanwhile() throws IOException {
    byte[] archive = archive();
    try (var in = new HashingInputStream(new ByteArrayInputStream(archive))) {
      var reader = new UstarReader(in, Ustar.Names.DIGESTS, "part 1");
      while (reader.next().isPresent()) {
        assertThat(reader.content(1 << 20)).isNotNull();
      }
      assertThat(in.digest()).isEqualTo(Sha256.of(Bytes.of(archive)));
      assertThat(in.length()).isEqualTo(archive.length);
    }
  }

  @Test
  void anEntryLiesRightInOneWayOnly() throws IOException {
    byte[] archive = archive();
    Ustar.Entry first =
        Ustar.entry(archive, 0, archive.length, Ustar.Names.DIGESTS, "part 1").orElseThrow();
    assertThat(Ustar.lies(first, archive, 0)).isTrue();
    int content = (int) first.size();
    for (int i = 0; i < Ustar.length(content); i++) {
      if (i == Ustar.BLOCK) {
        i += content;
      }
      archive[i] ^= 1;
      assertThat(Ustar.lies(first, archive, 0)).as("byte " + i).isFalse();
      archive[i] ^= 1;
    }
    int last = Ustar.BLOCK + content;
    archive[last] = 1;
    assertRefused(
        BundleCode.ARCHIVE_HEADER_INVALID,
        "hidden after",
        () -> Ustar.entry(archive, 0, archive.length, Ustar.Names.DIGESTS, "part 1"));
    assertThat(Ustar.entry(archive, archive.length - 512, archive.length, Ustar.Names.DIGESTS, ""))
        .isEmpty();
  }
}
