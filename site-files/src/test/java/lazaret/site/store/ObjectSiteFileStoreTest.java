package lazaret.site.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;
import lazaret.storage.objects.FolderObjectStore;
import lazaret.storage.objects.ObjectKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectSiteFileStoreTest {
  private static final byte[] TEXT = "a toolchain in pieces".getBytes(StandardCharsets.US_ASCII);
  private static final Sha256 DIGEST = Sha256.of(Bytes.of(TEXT));
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  @TempDir Path folder;
  private FolderObjectStore objects;

  @BeforeEach
  void open() {
    objects = new FolderObjectStore(folder);
  }

  private ObjectSiteFileStore store(Instant now, int piece) {
    return new ObjectSiteFileStore(objects, Clock.fixed(now, ZoneOffset.UTC), piece);
  }

  private static SiteFile put(SiteFileStore store, byte[] bytes) throws IOException {
    try (SiteFileUpload upload = store.begin(bytes.length)) {
      upload.write(bytes, 0, bytes.length);
      return upload.commit(Sha256.of(Bytes.of(bytes)));
    }
  }

  private static byte[] read(SiteFile file, long from) throws IOException {
    try (InputStream in = file.open(from)) {
      return in.readAllBytes();
    }
  }

  @Test
  void filesAreReadFromEachPosition() throws IOException {
    SiteFile stored = put(store(NOW, 4), TEXT);
    // Another server reads, and would write larger pieces.
    SiteFile found = store(NOW, 100).find(DIGEST).orElseThrow();

    assertThat(found.length()).isEqualTo(TEXT.length);
    assertThat(found.sha256()).isEqualTo(DIGEST);
    assertThat(found.stored()).isEqualTo(NOW).isEqualTo(stored.stored());
    for (int from = 0; from <= TEXT.length; from++) {
      assertThat(read(found, from)).isEqualTo(Arrays.copyOfRange(TEXT, from, TEXT.length));
    }
    assertThat(store(NOW, 4).all()).containsExactly(DIGEST);
  }

  @Test
  void emptyFileIsAFile() throws IOException {
    SiteFile file = put(store(NOW, 4), new byte[0]);

    assertThat(read(file, 0)).isEmpty();
    assertThat(store(NOW, 4).find(file.sha256())).isPresent();
  }

  /// Writes in pieces of all sizes, and compares each file with its bytes.
  @Test
  void pieces() throws IOException {
    var random = new Random(7);
    for (int round = 0; round < 40; round++) {
      SiteFileStore store = store(NOW, 1 + random.nextInt(50));
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      try (SiteFileUpload upload = store.begin(SiteFileStore.UNKNOWN_LENGTH)) {
        int at = 0;
        while (at < bytes.length) {
          int piece = Math.min(1 + random.nextInt(70), bytes.length - at);
          upload.write(bytes, at, piece);
          at += piece;
        }
        SiteFile file = upload.commit(null);
        int from = random.nextInt(bytes.length + 1);
        assertThat(read(file, from)).isEqualTo(Arrays.copyOfRange(bytes, from, bytes.length));
      }
    }
  }

  @Test
  void changedPieceIsNotServed() throws IOException {
    SiteFile file = put(store(NOW, 4), TEXT);
    ObjectKey second =
        objects.list("site-pieces/", "").stream()
            .filter(key -> key.name().endsWith("/000001"))
            .findFirst()
            .orElseThrow();
    objects.put(second, Bytes.utf8("evil"));

    try (InputStream in = file.open(0)) {
      assertThat(in.readNBytes(4)).isEqualTo(Arrays.copyOf(TEXT, 4));
      assertThatThrownBy(in::read).hasMessageContaining("has other bytes than were put");
    }
  }

  /// A reader may be slow.
  @Test
  void streamHasOnePieceAndTheDigestsInHeap() throws IOException {
    byte[] bytes = new byte[5_010];
    new Random(7).nextBytes(bytes);
    SiteFile file = put(store(NOW, 1_000), bytes);

    assertThat(file.heap()).isEqualTo(1_000 + 6 * PieceLayout.DIGEST_LINE);
    assertThat(read(file, 4_321)).isEqualTo(Arrays.copyOfRange(bytes, 4_321, 5_010));
    assertThat(put(store(NOW, 2_000), TEXT).heap())
        .isEqualTo(TEXT.length + PieceLayout.DIGEST_LINE);
  }

  @Test
  void changedLaterPieceIsNotServed() throws IOException {
    byte[] bytes = new byte[2_000];
    SiteFile file = put(store(NOW, 1_000), bytes);
    byte[] changed = new byte[1_000];
    changed[0] = 1;
    objects.put(objects.list("site-pieces/", "").get(1), Bytes.of(changed));

    try (InputStream in = file.open(0)) {
      assertThat(in.readNBytes(1_000)).hasSize(1_000);
      assertThatThrownBy(in::read).hasMessageContaining("has other bytes than were put");
    }
  }

  @Test
  void refusedUploadLeavesNothing() throws IOException {
    SiteFileStore store = store(NOW, 4);
    try (SiteFileUpload upload = store.begin(TEXT.length)) {
      upload.write(TEXT, 0, TEXT.length);
      assertThatThrownBy(() -> upload.commit(Sha256.of(Bytes.utf8("another"))))
          .isInstanceOf(MalformedException.class);
    }
    try (SiteFileUpload upload = store.begin(TEXT.length)) {
      upload.write(TEXT, 0, 5);
      assertThatThrownBy(() -> upload.commit(null))
          .hasMessage("cannot store a file: expected 21 bytes, found 5");
    }
    assertThat(objects.list("", "")).isEmpty();
  }

  @Test
  void deletedFileIsGoneWithItsPieces() throws IOException {
    SiteFileStore store = store(NOW, 4);
    var _ = put(store, TEXT);
    store.delete(DIGEST);

    assertThat(store.find(DIGEST)).isEmpty();
    assertThat(objects.list("", "")).isEmpty();
  }

  @Test
  void fileThatWasStoredAgainIsNotOld() throws IOException {
    var _ = put(store(NOW, 4), TEXT);
    var _ = put(store(NOW.plusSeconds(100), 4), TEXT);
    SiteFileStore store = store(NOW.plusSeconds(200), 4);

    assertThat(store.deleteOlder(DIGEST, NOW.plusSeconds(50))).isFalse();
    assertThat(read(store.find(DIGEST).orElseThrow(), 0)).isEqualTo(TEXT);
    assertThat(store.deleteOlder(DIGEST, NOW.plusSeconds(101))).isTrue();
    assertThat(objects.list("", "")).isEmpty();
  }

  @Test
  void piecesOfAnUploadThatACrashEndedAreRemovedLater() throws IOException {
    SiteFile file = put(store(NOW, 4), TEXT);
    SiteFileUpload left = store(NOW, 4).begin(100);
    left.write(TEXT, 0, TEXT.length);
    int before = objects.list("site-pieces/", "").size();

    store(NOW, 4).dropParts(NOW);
    assertThat(objects.list("site-pieces/", "")).hasSize(before);
    store(NOW, 4).dropParts(NOW.plusMillis(1));

    assertThat(objects.list("site-pieces/", "")).hasSizeLessThan(before);
    assertThat(read(file, 0)).isEqualTo(TEXT);
  }
}
