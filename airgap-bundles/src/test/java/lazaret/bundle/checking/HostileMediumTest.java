package lazaret.bundle.checking;

import static lazaret.bundle.format.Formats.assertRefused;
import static lazaret.bundle.format.Formats.crate;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.bundle.BundleCode;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.Formats;
import lazaret.bundle.tuf.InMemoryTrustStore;
import lazaret.bundle.tuf.TrustStore;
import lazaret.testkit.Attack;
import lazaret.vetting.Bytes;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A medium with too many files, with unexpected files, or with read errors.
class HostileMediumTest {
  private static final Clock CLOCK = Clock.fixed(Formats.NOW, ZoneOffset.UTC);

  @TempDir Path folder;
  private Path bundle = Path.of("");

  @BeforeEach
  void export() throws IOException {
    var source = new TestExports.Memory();
    source.add(1, crate("a", "1.0.0"), crate("b", "1.0.0"));
    bundle =
        BundleExporter.export(
                TestExports.order(source, SnapshotKind.FULL, 1),
                source,
                TestExports.signers(),
                folder)
            .folder();
  }

  private static BundleVerifier.Checked check(BundleFiles files) throws IOException {
    TrustStore trust = new InMemoryTrustStore(TestExports.root(Duration.ofDays(900)));
    return BundleVerifier.check(BundleInspection.of(files, trust, CLOCK), _ -> {});
  }

  @Test
  @Attack(65)
  @Timeout(60)
  void aMediumThatFailsIsSaidToFailWhereverItDoes() throws IOException {
    BundleFiles good = BundleFiles.in(bundle);
    assertThat(check(good).artifacts()).isEqualTo(2);
    for (String name : good.lengths().keySet()) {
      if (name.endsWith("1.root.json")) {
        continue;
      }
      for (long at : List.of(0L, good.lengths().getOrDefault(name, 0L) / 2)) {
        var failing =
            new BundleFiles(
                good.lengths(),
                opened ->
                    opened.equals(name) ? new Failing(good.open(opened), at) : good.open(opened));
        assertRefused(BundleCode.MEDIUM_READ_FAILED, "'" + name + "'", () -> check(failing));
      }
      var gone =
          new BundleFiles(
              good.lengths(),
              opened -> {
                if (opened.equals(name)) {
                  throw new IOException("no medium");
                }
                return good.open(opened);
              });
      assertRefused(BundleCode.MEDIUM_READ_FAILED, "no medium", () -> check(gone));
    }
  }

  private static final class Failing extends FilterInputStream {
    private long left;

    Failing(InputStream in, long after) {
      super(in);
      left = after;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] data, int offset, int length) throws IOException {
      if (left == 0) {
        throw new IOException("the drive does not answer");
      }
      int read = super.read(data, offset, (int) Math.min(left, length));
      left -= Math.max(0, read);
      return read;
    }
  }

  @Test
  @Attack(23)
  void noneOfTooManyFilesIsRead() {
    List<String> opened = new ArrayList<>();
    assertRefused(
        BundleCode.LIMIT_EXCEEDED,
        "1024 versions of the root",
        () -> check(roots(10_000, 1, opened)));
    assertThat(opened).isEmpty();
  }

  @Test
  @Attack(23)
  void metadataIsReadUpToALimitOfAllTogether() {
    List<String> opened = new ArrayList<>();
    assertRefused(
        BundleCode.LIMIT_EXCEEDED,
        "67108864 bytes together",
        () -> check(roots(1_000, 512 << 10, opened)));
    assertThat(opened).hasSize(129);
  }

  /// Returns a number of roots of a given length, and records which files are opened.
  private static BundleFiles roots(int many, int length, List<String> opened) {
    Map<String, Long> lengths = new HashMap<>();
    for (int version = 1; version <= many; version++) {
      lengths.put("metadata/" + version + ".root.json", 1L);
    }
    return new BundleFiles(
        lengths,
        name -> {
          opened.add(name);
          return Bytes.of(new byte[length]).inputStream();
        });
  }

  @Test
  @Attack(23)
  void filesAreCountedWhileTheyAreListed() throws IOException {
    Path targets = bundle.resolve("targets");
    for (int i = 0; i < BundleFiles.MOST_FILES; i++) {
      Files.createFile(targets.resolve("x" + i));
    }
    assertRefused(BundleCode.LIMIT_EXCEEDED, "12000 files", () -> BundleFiles.in(bundle));
  }

  @Test
  @Attack(64)
  void nothingStandsBesideTheFoldersOfABundle() throws IOException {
    Files.createDirectory(bundle.resolve("recovery"));
    assertThat(check(BundleFiles.in(bundle)).artifacts()).isEqualTo(2);
    Path script = Files.writeString(bundle.resolve("verify.sh"), "true");
    assertRefused(BundleCode.UNEXPECTED_FILE, "'verify.sh'", () -> BundleFiles.in(bundle));
    Files.delete(script);
    Files.move(bundle.resolve("targets"), folder.resolve("elsewhere"));
    Files.createSymbolicLink(bundle.resolve("targets"), folder.resolve("elsewhere"));
    assertRefused(BundleCode.UNEXPECTED_FILE, "'targets'", () -> BundleFiles.in(bundle));
  }

  @Test
  @Attack(70)
  void aNameOnTheMediumDoesNotRewriteTheTerminal() throws IOException {
    Files.createDirectory(bundle.resolve("targets/\u001b[2Jx\u202e"));
    assertRefused(BundleCode.UNEXPECTED_FILE, "'targets/?[2Jx?'", () -> BundleFiles.in(bundle));
  }

  @Test
  @Attack(30)
  void aFolderWithoutMetadataIsNoBundle() throws IOException {
    assertRefused(
        BundleCode.METADATA_MISSING,
        "is not a folder",
        () -> BundleFiles.in(folder.resolve("nothing")));
    assertRefused(
        BundleCode.METADATA_MISSING,
        "no metadata",
        () -> BundleFiles.in(Files.createDirectory(folder.resolve("empty"))));
  }

  /// A version beyond the range of numbers must not cause a stack trace.
  @Test
  @Attack(29)
  void aVersionBeyondAllNumbersIsNoName() {
    Map<String, Long> lengths = Map.of("metadata/9999999999999999999.root.json", 1L);
    var files = new BundleFiles(lengths, _ -> InputStream.nullInputStream());
    assertRefused(BundleCode.UNEXPECTED_FILE, "9999999999999999999", () -> check(files));
  }
}
