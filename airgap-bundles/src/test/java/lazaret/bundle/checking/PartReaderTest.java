package lazaret.bundle.checking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.Blob;
import lazaret.bundle.format.Formats;
import lazaret.bundle.format.Ustar;
import lazaret.bundle.format.UstarWriter;
import lazaret.bundle.trust.BundleTrust;
import lazaret.bundle.tuf.InMemoryTrustStore;
import lazaret.bundle.tuf.Metadata;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parts with short artifacts, which are read together, and long ones, which are read separately.
class PartReaderTest {
  private static final String PART = "part-0001.tar";
  private static final int PIECE = 256 << 10;
  private static final List<Integer> LENGTHS =
      List.of(0, 1, 511, 512, 513, 100_000, 200_000, PIECE - 512, PIECE - 511, PIECE, 700_001, 3);

  @TempDir private Path folder;

  private final List<Blob> blobs = new ArrayList<>();
  private byte[] part = new byte[0];
  private BundleInspection any;

  @BeforeEach
  void pack() throws IOException {
    var random = new SplittableRandom(1);
    List<Bytes> contents = new ArrayList<>();
    for (int length : LENGTHS) {
      byte[] content = new byte[length];
      random.nextBytes(content);
      contents.add(Bytes.of(content));
    }
    contents.sort((a, b) -> Sha256.of(a).compareTo(Sha256.of(b)));
    var out = new ByteArrayOutputStream();
    var writer = new UstarWriter(out);
    for (Bytes content : contents) {
      Sha256 digest = Sha256.of(content);
      long offset = writer.position() + Ustar.BLOCK;
      CrateName name = CrateName.parse("crate-" + blobs.size());
      blobs.add(new Blob(digest, content.length(), 1, offset, name, CrateVersion.parse("1.0.0")));
      writer.add(digest.hex(), content);
    }
    writer.finish();
    part = out.toByteArray();
    var source = new TestExports.Memory();
    source.add(1);
    Path bundle =
        BundleExporter.export(
                TestExports.order(source, SnapshotKind.FULL, 1),
                source,
                TestExports.signers(),
                folder)
            .folder();
    any =
        BundleInspection.of(
            BundleFiles.in(bundle),
            new InMemoryTrustStore(TestExports.root(Duration.ofDays(900))),
            Clock.fixed(Formats.NOW.plusSeconds(9), ZoneOffset.UTC));
  }

  /// Returns a bundle with one part.
  ///
  /// @param signed the part that officers signed
  /// @param found the part on the medium
  private BundleInspection bundle(byte[] signed, byte[] found) {
    String digest = Sha256.of(signed, 0, signed.length).hex();
    Map<String, Metadata.TargetFile> targets =
        Map.of(PART, new Metadata.TargetFile(signed.length, Map.of("sha256", digest)));
    BundleTrust.Verified trust = any.trust();
    var listed =
        new Metadata.Targets(1, trust.targets().expires(), targets, trust.targets().delegations());
    var files =
        new BundleFiles(
            Map.of("targets/" + digest + "." + PART, (long) found.length),
            _ -> new ByteArrayInputStream(found));
    return new BundleInspection(
        files,
        new BundleTrust.Verified(
            trust.root(), trust.policy(), listed, trust.delegated(), trust.candidates()),
        any.statement(),
        any.digest());
  }

  /// Processes a copy of the artifact, as an import does.
  private static Bytes whole(Blob blob, CrateId id, byte[] bytes, int from) {
    Bytes content = Bytes.copyOf(bytes, from, (int) blob.length());
    requireDigest(blob, Sha256.of(content));
    return content;
  }

  /// A work that processes long artifacts as streams, as a verification does.
  private record Streamed(AtomicInteger longOnes) implements PartReader.Work<Bytes> {
    @Override
    public Bytes of(Blob blob, CrateId id, byte[] bytes, int from) {
      return whole(blob, id, bytes, from);
    }

    @Override
    public Bytes ofLong(Blob blob, CrateId id, InputStream content) throws IOException {
      longOnes.incrementAndGet();
      Bytes read = Bytes.of(content.readAllBytes());
      requireDigest(blob, Sha256.of(read));
      return read;
    }
  }

  private static void requireDigest(Blob blob, Sha256 found) {
    if (!found.equals(blob.digest())) {
      throw new BundleException(BundleCode.BLOB_DIGEST_MISMATCH, "found " + found);
    }
  }

  private List<Sha256> read(BundleInspection bundle, PartReader.Work<Bytes> work)
      throws IOException {
    List<Sha256> taken = new ArrayList<>();
    try (var input = PartReader.open(bundle, 1, work, content -> taken.add(Sha256.of(content)))) {
      for (Blob blob : blobs) {
        input.add(blob, blob.id());
      }
      input.end();
    }
    return taken;
  }

  @Test
  void givesEachArtifactInItsOrder() throws IOException {
    List<Sha256> digests = blobs.stream().map(Blob::digest).toList();
    var streamed = new Streamed(new AtomicInteger());
    for (int round = 0; round < 20; round++) {
      assertThat(read(bundle(part, part), PartReaderTest::whole)).isEqualTo(digests);
      assertThat(read(bundle(part, part), streamed)).isEqualTo(digests);
    }
    assertThat(streamed.longOnes().get()).isEqualTo(20 * 3);
  }

  private BundleCode refusal(byte[] signed, byte[] found) {
    BundleException byArrays = refusal(bundle(signed, found), PartReaderTest::whole);
    BundleException byStreams = refusal(bundle(signed, found), new Streamed(new AtomicInteger()));
    assertThat(byStreams.reason()).as(byStreams.getMessage()).isEqualTo(byArrays.reason());
    return byArrays.reason();
  }

  private BundleException refusal(BundleInspection bundle, PartReader.Work<Bytes> work) {
    BundleException found = catchThrowableOfType(BundleException.class, () -> read(bundle, work));
    assertThat(found).as("a refusal").isNotNull();
    return found;
  }

  /// Every byte of a part follows from the table and the artifacts.
  @Test
  void noByteOfAPartMayBeAnother() {
    List<Integer> places = new ArrayList<>(List.of(part.length - 1, part.length - 1024));
    for (Blob blob : blobs) {
      int header = (int) blob.offset() - Ustar.BLOCK;
      for (int at : List.of(0, 63, 64, 100, 124, 135, 148, 156, 157, 257, 345, 511)) {
        places.add(header + at);
      }
      int end = (int) (blob.offset() + blob.length());
      if (blob.length() > 0) {
        places.add((int) blob.offset());
        places.add(end - 1);
      }
      if (Ustar.padding(blob.length()) > 0) {
        places.add(end);
        places.add(end + Ustar.padding(blob.length()) - 1);
      }
    }
    for (int place : places) {
      byte[] changed = part.clone();
      changed[place] ^= 1;
      assertThat(refusal(changed, changed)).as("byte " + place).isNotNull();
      assertThat(refusal(part, changed)).as("byte " + place).isEqualTo(BundleCode.PART_DAMAGED);
    }
  }

  private Blob longest() {
    return blobs.stream().max((a, b) -> Long.compare(a.length(), b.length())).orElseThrow();
  }

  private BundleCode signed(UnaryOperator<byte[]> change) {
    byte[] changed = change.apply(part.clone());
    return refusal(changed, changed);
  }

  @Test
  void saysWhatIsWrongWithALongArtifact() {
    int content = (int) longest().offset();
    int end = content + (int) longest().length();
    assertThat(
            signed(
                bytes -> {
                  bytes[content + PIECE] ^= 1;
                  return bytes;
                }))
        .isEqualTo(BundleCode.BLOB_DIGEST_MISMATCH);
    assertThat(
            signed(
                bytes -> {
                  bytes[end] = 1;
                  return bytes;
                }))
        .isEqualTo(BundleCode.ARCHIVE_HEADER_INVALID);
    assertThat(
            signed(
                bytes -> {
                  Arrays.fill(bytes, content - Ustar.BLOCK, content, (byte) 0);
                  return bytes;
                }))
        .isEqualTo(BundleCode.BLOB_MISSING);
  }

  @Test
  void saysWhatIsWrongWithTheEnd() throws IOException {
    var more = new ByteArrayOutputStream();
    more.write(part, 0, part.length - 2 * Ustar.BLOCK);
    var writer = new UstarWriter(more);
    writer.add("f".repeat(64), Bytes.utf8("more"));
    writer.finish();
    byte[] another = more.toByteArray();
    assertThat(refusal(another, another)).isEqualTo(BundleCode.BLOB_UNDECLARED);
    assertThat(signed(bytes -> Arrays.copyOf(bytes, bytes.length + 1)))
        .isEqualTo(BundleCode.ARCHIVE_TRAILING_DATA);
    assertThat(signed(bytes -> Arrays.copyOf(bytes, bytes.length - 1)))
        .isEqualTo(BundleCode.ARCHIVE_TRAILING_DATA);
    assertThat(refusal(part, another)).isEqualTo(BundleCode.PART_DAMAGED);
  }

  @Test
  void takesNothingThatIsLongerThanItHolds() {
    Blob huge = longest();
    blobs.set(
        blobs.indexOf(huge),
        new Blob(
            huge.digest(),
            PartReader.MOST_BLOB + 1L,
            1,
            huge.offset(),
            huge.name(),
            huge.version()));
    assertThat(refusal(part, part)).isEqualTo(BundleCode.LIMIT_EXCEEDED);
  }
}
