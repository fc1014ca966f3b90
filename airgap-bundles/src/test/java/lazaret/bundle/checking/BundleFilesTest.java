package lazaret.bundle.checking;

import static lazaret.bundle.format.Formats.assertRefused;
import static lazaret.bundle.format.Formats.crate;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import lazaret.bundle.BundleCode;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.exporting.SingleFileBundle;
import lazaret.bundle.exporting.TestExports;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFilesTest {
  @TempDir Path folder;
  private Path bundle = Path.of("");

  @BeforeEach
  void export() throws IOException {
    var source = new TestExports.Memory();
    source.add(1, crate("a", "1.0.0"), crate("b", "1.0.0", "1.0.1"));
    bundle =
        BundleExporter.export(
                TestExports.order(source, SnapshotKind.FULL, 1),
                source,
                TestExports.signers(),
                folder)
            .folder();
  }

  @Test
  void aFolderAndTheOneFileOfItHoldTheSame() throws IOException {
    BundleFiles files = BundleFiles.of(bundle);
    BundleFiles single = BundleFiles.of(SingleFileBundle.pack(bundle));
    assertThat(single.lengths()).isEqualTo(files.lengths()).hasSize(11);
    for (String name : files.lengths().keySet()) {
      try (InputStream one = files.open(name);
          InputStream other = single.open(name)) {
        assertThat(other.readAllBytes()).as(name).isEqualTo(one.readAllBytes());
      }
    }
  }

  @Test
  void entriesAreReadWithinTheirBounds() throws IOException {
    BundleFiles single = BundleFiles.of(SingleFileBundle.pack(bundle));
    String part =
        single.lengths().keySet().stream()
            .filter(n -> n.contains("part"))
            .findFirst()
            .orElseThrow();
    byte[] whole = Files.readAllBytes(bundle.resolve(part));
    try (InputStream in = single.open(part)) {
      in.skipNBytes(1000);
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(whole, 1000, whole.length));
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.skip(1)).isZero();
    }
  }

  @Test
  void refusesArchivesThatTwoReadersCouldReadDifferently() throws IOException {
    Path single = SingleFileBundle.pack(bundle);
    byte[] good = Files.readAllBytes(single);
    Files.write(single, Arrays.copyOf(good, good.length + 512));
    assertRefused(
        BundleCode.ARCHIVE_TRAILING_DATA, "nothing after them", () -> BundleFiles.of(single));
    Files.write(single, Arrays.copyOf(good, good.length - 512));
    assertRefused(BundleCode.ARCHIVE_TRAILING_DATA, "it ends at", () -> BundleFiles.of(single));
    Files.write(single, Arrays.copyOf(good, 700));
    assertRefused(BundleCode.ARCHIVE_HEADER_INVALID, "it ends at", () -> BundleFiles.of(single));
    byte[] twice = new byte[2 * good.length - 1024];
    System.arraycopy(good, 0, twice, 0, good.length - 1024);
    System.arraycopy(good, 0, twice, good.length - 1024, good.length);
    Files.write(single, twice);
    assertRefused(BundleCode.ARCHIVE_PATH_FORBIDDEN, "twice", () -> BundleFiles.of(single));
    // The padding of the first entry is not covered by a digest.
    byte[] hidden = good.clone();
    long first = BundleFiles.of(bundle).lengths().getOrDefault("metadata/1.root.json", 0L);
    hidden[512 + (int) first] = 'x';
    Files.write(single, hidden);
    assertRefused(BundleCode.ARCHIVE_HEADER_INVALID, "hidden", () -> BundleFiles.of(single));
    Files.write(single, good);
    assertThat(BundleFiles.of(single).lengths()).hasSize(11);
  }

  @Test
  void refusesWhatDoesNotBelongIntoABundle() throws IOException {
    Path extra = Files.writeString(bundle.resolve("readme.txt"), "run me");
    assertRefused(BundleCode.UNEXPECTED_FILE, "readme.txt", () -> BundleFiles.of(bundle));
    Files.delete(extra);
    Files.createDirectory(bundle.resolve("recovery"));
    Files.createFile(bundle.resolve("recovery/x.par2"));
    assertThat(BundleFiles.of(bundle).lengths()).hasSize(11);
    Files.createDirectory(bundle.resolve("targets/more"));
    assertRefused(BundleCode.UNEXPECTED_FILE, "not a plain file", () -> BundleFiles.of(bundle));
    assertRefused(
        BundleCode.METADATA_MISSING,
        "is not a folder",
        () -> BundleFiles.of(folder.resolve("none")));
  }
}
