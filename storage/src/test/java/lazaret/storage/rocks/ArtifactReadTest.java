package lazaret.storage.rocks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lazaret.storage.record.StoredArtifact;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/// Reads of artifacts without the checksum of their blob, over files that decay. A read of a
/// damaged table block without its checksum would end this process.
class ArtifactReadTest {
  private static final VerifiedCrate FIRST = StoreSamples.artifact(1, 60_000);
  private static final VerifiedCrate SECOND = StoreSamples.artifact(2, 60_000);

  /// Lies in the table itself, and has no CRC-32C.
  private static final VerifiedCrate SMALL = StoreSamples.artifact(3, 300);

  private static final List<VerifiedCrate> LARGE = List.of(FIRST, SECOND);
  private static final List<VerifiedCrate> ALL = List.of(FIRST, SECOND, SMALL);

  /// The lengths of the header of a blob file, of that of a blob, and of the footer.
  private static final int FILE_HEADER = 30;

  private static final int BLOB_HEADER = 32;
  private static final int FOOTER = 32;

  /// The last four bytes of the header of a blob, which are the checksum of the blob.
  private static final int BLOB_CHECKSUM = BLOB_HEADER - 4;

  @TempDir private Path temp;

  private RocksStore open() {
    return RocksStore.open(
        temp.resolve("data"), RocksOptions.DEFAULT, Clock.fixed(StoreSamples.NOON, ZoneOffset.UTC));
  }

  private void fill() {
    try (RocksStore store = open()) {
      store.commit(Batch.synced(ALL.stream().<Write>map(Write.PutArtifact::new).toList()));
    }
  }

  private static Optional<Bytes> unchanged(Store store, VerifiedCrate crate) {
    return store.unchangedArtifact(crate.id().cksum());
  }

  private static void assertCorrupt(Store store, VerifiedCrate crate) {
    assertThatThrownBy(() -> store.artifact(crate.id().cksum()))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT));
  }

  private Path file(String suffix, byte[] content) throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("data/store"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(suffix)).toList()) {
        if (find(Files.readAllBytes(file), content) >= 0) {
          return file;
        }
      }
    }
    throw new AssertionError("no " + suffix + " has the bytes");
  }

  private Path blobs() throws IOException {
    return file(".blob", SECOND.id().cksum().bytes());
  }

  /// Returns the table that refers to the blobs.
  private Path table() throws IOException {
    return file(".sst", ColumnFamily.ARTIFACTS.label().getBytes(US_ASCII));
  }

  private static int find(byte[] content, byte[] needle) {
    for (int at = 0; at + needle.length <= content.length; at++) {
      if (Arrays.equals(content, at, at + needle.length, needle, 0, needle.length)) {
        return at;
      }
    }
    return -1;
  }

  /// Returns where the key of an artifact begins in a file of blobs; its value follows.
  private static int key(Path blobs, VerifiedCrate crate) throws IOException {
    return find(Files.readAllBytes(blobs), crate.id().cksum().bytes());
  }

  /// Inverts bytes of a file in place, under the store that has it open.
  private static void flip(Path file, long from, long to) throws IOException {
    try (var data = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] bytes = new byte[(int) (to - from)];
      data.seek(from);
      data.readFully(bytes);
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] ^= (byte) 0xFF;
      }
      data.seek(from);
      data.write(bytes);
    }
  }

  private static void flip(Path file, long at) throws IOException {
    flip(file, at, at + 1);
  }

  /// Reads every artifact in both ways; bytes are right or absent, or the store reports damage.
  ///
  /// @return the number of reads without bytes
  private int readAll() {
    int missed = 0;
    try (RocksStore store = open()) {
      // The second round finds the blocks of tables in memory.
      for (int round = 0; round < 2; round++) {
        for (VerifiedCrate crate : LARGE) {
          missed += has(unchanged(store, crate), crate) ? 0 : 1;
        }
        for (VerifiedCrate crate : ALL) {
          missed += checked(store, crate) ? 0 : 1;
        }
      }
    } catch (StoreException e) {
      assertThat(e.code()).isIn(ErrorCode.STORE_CORRUPT, ErrorCode.STORE_FAILED);
      missed++;
    }
    return missed;
  }

  private static boolean checked(Store store, VerifiedCrate crate) {
    try {
      return has(store.artifact(crate.id().cksum()), crate);
    } catch (StoreException e) {
      assertThat(e.code()).isIn(ErrorCode.STORE_CORRUPT, ErrorCode.STORE_FAILED);
      return false;
    }
  }

  private static boolean has(Optional<Bytes> found, VerifiedCrate crate) {
    found.ifPresent(bytes -> assertThat(Sha256.of(bytes)).isEqualTo(crate.id().cksum()));
    return found.isPresent();
  }

  @Test
  void returnsWhatWasAdmitted() {
    try (RocksStore store = open();
        Store.BulkWriter bulk = store.bulk()) {
      bulk.put(SECOND);
      bulk.settle();
      store.commit(Batch.synced(List.of(new Write.PutArtifact(FIRST))));

      assertThat(unchanged(store, FIRST)).contains(FIRST.bytes());
      assertThat(unchanged(store, SECOND)).contains(SECOND.bytes());
    }
    try (RocksStore store = open()) {
      assertThat(unchanged(store, FIRST)).contains(FIRST.bytes());
      assertThat(unchanged(store, SECOND)).contains(SECOND.bytes());
      store.commit(
          Batch.synced(
              LARGE.stream().<Write>map(a -> new Write.DropArtifact(a.id().cksum())).toList()));
      assertThat(unchanged(store, FIRST)).isEmpty();
      assertThat(unchanged(store, SECOND)).isEmpty();
    }
  }

  @Test
  void leavesAnArtifactWithoutABlobToTheCallerWhoHashes() {
    fill();
    try (RocksStore store = open()) {
      assertThat(unchanged(store, SMALL)).isEmpty();
      assertThat(store.artifact(SMALL.id().cksum())).contains(SMALL.bytes());
    }
  }

  /// The damage is in the checksum of RocksDB, so that the read without it has the right bytes.
  @Test
  void readsABlobWithoutItsChecksumIfItsKeyIsInMemory() throws IOException {
    fill();
    Path blobs = blobs();
    flip(blobs, key(blobs, SECOND) - BLOB_HEADER + BLOB_CHECKSUM);

    try (RocksStore store = open()) {
      assertThat(unchanged(store, FIRST)).contains(FIRST.bytes());

      assertThat(unchanged(store, SECOND)).contains(SECOND.bytes());
      assertCorrupt(store, SECOND);
    }
  }

  @Test
  void aRottenBlobIsAbsentAndTheCheckedReadSaysWhy() throws IOException {
    fill();
    Path blobs = blobs();
    try (RocksStore store = open()) {
      assertThat(unchanged(store, FIRST)).contains(FIRST.bytes());
      flip(blobs, key(blobs, SECOND) + Sha256.LENGTH + 30_000);

      assertThat(unchanged(store, SECOND)).isEmpty();
      assertCorrupt(store, SECOND);
      assertThat(unchanged(store, FIRST)).contains(FIRST.bytes());
    }
  }

  /// Reading a blob for its length would cost as much as reading it for its bytes.
  @Test
  void knowsTheLengthWithoutReadingTheBlob() throws IOException {
    fill();
    Path blobs = blobs();
    flip(blobs, key(blobs, FIRST) + Sha256.LENGTH);
    try (RocksStore store = open()) {
      assertThat(store.artifactBytes(FIRST.id().cksum())).hasValue(60_000);
      assertThat(store.artifactBytes(SMALL.id().cksum())).hasValue(300);
      assertThat(store.artifactBytes(Sha256.of(Bytes.EMPTY))).isEmpty();
      assertCorrupt(store, FIRST);
      assertThat(store.damagedReads()).isZero();
    }
  }

  /// The bytes of the table on disk are all wrong: a read of any block of it would fail.
  @Test
  void readsNoTableBlockFromTheDiskWithoutItsChecksum() throws IOException {
    fill();
    Path table = table();
    byte[] whole = Files.readAllBytes(table);
    try (RocksStore store = open()) {
      assertThat(unchanged(store, FIRST)).contains(FIRST.bytes());
      flip(table, 0, whole.length);

      assertThat(unchanged(store, SECOND)).contains(SECOND.bytes());
      flip(table, 0, whole.length);
    }
  }

  /// Without the block of the key in memory, the table is read with its checksums: the damage is
  /// reported, and the bytes are not returned.
  @Test
  void readsATableBlockThatIsNotInMemoryWithItsChecksum() throws IOException {
    fill();
    Path table = table();
    byte[] whole = Files.readAllBytes(table);
    try (RocksStore store = open()) {
      flip(table, 0, whole.length);

      assertThat(unchanged(store, SECOND)).isEmpty();
      assertCorrupt(store, SECOND);
      flip(table, 0, whole.length);
      assertThat(unchanged(store, SECOND)).contains(SECOND.bytes());
    }
  }

  @Test
  @Tag("ci")
  void servesNoWrongByteWhateverRotsInABlobFile() throws IOException {
    fill();
    Path blobs = blobs();
    int key = key(blobs, SECOND);
    int value = key + Sha256.LENGTH;
    int footer = (int) Files.size(blobs) - FOOTER;
    IntStream places =
        Stream.of(
                IntStream.of(0, 5, 9, 12, 13, 20, FILE_HEADER - 1),
                IntStream.of(0, 8, 16, 24, BLOB_CHECKSUM).map(at -> key - BLOB_HEADER + at),
                IntStream.of(key, value - 1),
                IntStream.of(value, value + 30_000, value + SECOND.bytes().length() - 1),
                IntStream.of(0, 8, 12, 20, FOOTER - 1).map(at -> footer + at))
            .flatMapToInt(region -> region);
    int missed = 0;
    for (int place : places.toArray()) {
      flip(blobs, place);
      missed += readAll();
      flip(blobs, place);
    }
    assertThat(missed).isPositive();
    assertThat(readAll()).isZero();
  }

  @Test
  @Tag("ci")
  void servesNoWrongByteWhateverRotsInTheTable() throws IOException {
    fill();
    Path table = table();
    int length = (int) Files.size(table);
    int missed = 0;
    int step = Math.max(1, length / (ChildJvm.all() ? 400 : 16));
    for (int place = 0; place < length; place += step) {
      flip(table, place);
      missed += readAll();
      flip(table, place);
    }
    assertThat(missed).isPositive();
    assertThat(readAll()).isZero();
  }

  /// Replaces the record of an artifact.
  ///
  /// @param crc32c 0 for the record of an earlier build
  private void rewrite(VerifiedCrate crate, long crc32c) throws RocksDBException {
    var held = new StoredArtifact(crate.id(), crate.bytes().length(), crc32c);
    DataFolder claimed = DataFolder.claim(temp.resolve("data"));
    try (OpenDatabase open =
        OpenDatabase.open(
            claimed.database(), RocksOptions.DEFAULT, OpenDatabase.Making.NOTHING, false)) {
      open.db.put(
          open.handle(ColumnFamily.HELD),
          open.relaxed,
          RowKeys.sha256(crate.id().cksum()),
          held.encode());
    } finally {
      claimed.close();
    }
  }

  @Test
  void leavesBytesWithoutOrWithAWrongCrcToTheCallerWhoHashes() throws RocksDBException {
    fill();
    rewrite(FIRST, 0);
    rewrite(SECOND, 1);
    try (RocksStore store = open()) {
      for (VerifiedCrate crate : List.of(FIRST, SECOND)) {
        assertThat(unchanged(store, crate)).isEmpty();
        assertThat(store.artifact(crate.id().cksum())).contains(crate.bytes());
        assertThat(store.artifactId(crate.id().cksum())).contains(crate.id());
      }
      assertThat(store.checkEngine()).isEmpty();
    }
  }
}
