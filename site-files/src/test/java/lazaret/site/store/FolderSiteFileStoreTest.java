package lazaret.site.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSiteFileStoreTest {
  private static final byte[] TEXT = "a toolchain".getBytes(StandardCharsets.US_ASCII);
  private static final Sha256 DIGEST = Sha256.of(Bytes.of(TEXT));

  @TempDir Path temp;
  private Path folder = Path.of("");

  @BeforeEach
  void nameFolder() {
    folder = temp.resolve("site-files");
  }

  private SiteFileStore store() throws IOException {
    return FolderSiteFileStore.open(folder);
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
  void emptyStoreHasNothingAndMakesNoFolder() throws IOException {
    assertThat(store().find(DIGEST)).isEmpty();
    assertThat(store().all()).isEmpty();
    store().delete(DIGEST);
    assertThat(folder).doesNotExist();
  }

  @Test
  void storedFilesAreReadFromEachPosition() throws IOException {
    SiteFile stored = put(store(), TEXT);
    SiteFile found = store().find(DIGEST).orElseThrow();

    assertThat(found).isEqualTo(stored);
    assertThat(found.length()).isEqualTo(TEXT.length);
    assertThat(found.sha256()).isEqualTo(DIGEST);
    assertThat(read(found, 0)).isEqualTo(TEXT);
    assertThat(read(found, 2)).isEqualTo("toolchain".getBytes(StandardCharsets.US_ASCII));
    assertThat(read(found, TEXT.length)).isEmpty();
    assertThatThrownBy(() -> found.open(TEXT.length + 1L))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store().all()).containsExactly(DIGEST);
  }

  @Test
  void filesAreOfTheirOwnerAlone() throws IOException {
    put(store(), TEXT);
    Path file = folder.resolve(DIGEST.hex().substring(0, 2)).resolve(DIGEST.hex());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void filesOfUnknownLengthAndDigestAreNamedByTheirBytes() throws IOException {
    try (SiteFileUpload upload = store().begin(SiteFileStore.UNKNOWN_LENGTH)) {
      upload.write(TEXT, 0, 2);
      upload.write(TEXT, 2, TEXT.length - 2);
      assertThat(upload.length()).isEqualTo(TEXT.length);
      assertThat(upload.commit(null).sha256()).isEqualTo(DIGEST);
    }
    assertThat(store().find(DIGEST)).isPresent();
  }

  @Test
  void otherBytesAreRefusedAndLeaveNothing() throws IOException {
    SiteFileStore store = store();
    try (SiteFileUpload upload = store.begin(TEXT.length)) {
      upload.write(TEXT, 0, TEXT.length);
      assertThatThrownBy(() -> upload.commit(Sha256.of(Bytes.utf8("another"))))
          .isInstanceOf(MalformedException.class)
          .hasMessageStartingWith("cannot store a file: expected the SHA-256 ");
    }
    assertThat(store.all()).isEmpty();
    assertThat(folder.resolve("parts")).isEmptyDirectory();
  }

  @Test
  void shortAndLongFilesAreRefused() throws IOException {
    SiteFileStore store = store();
    try (SiteFileUpload upload = store.begin(TEXT.length)) {
      upload.write(TEXT, 0, 3);
      assertThatThrownBy(() -> upload.commit(null))
          .hasMessage("cannot store a file: expected 11 bytes, found 3");
      assertThatThrownBy(() -> upload.write(TEXT, 0, TEXT.length))
          .hasMessage("cannot store a file: expected 11 bytes, found more");
    }
    assertThat(store.all()).isEmpty();
    assertThat(folder.resolve("parts")).isEmptyDirectory();
  }

  @Test
  void uploadsThatACrashLeftAreRemoved() throws IOException {
    put(store(), TEXT);
    Files.write(folder.resolve("parts/0f8fad5b-d9cb-469f-a165-70867728950e"), TEXT);

    assertThat(store().all()).containsExactly(DIGEST);
    assertThat(folder.resolve("parts")).isEmptyDirectory();
  }

  @Test
  void otherFilesOfANamedFolderStay() throws IOException {
    Path other = Files.createDirectories(folder.resolve("parts")).resolve("list.txt");
    Files.write(other, TEXT);

    put(store(), TEXT);

    assertThat(other).exists();
  }

  @Test
  void deletedFilesAreGoneAndStayReadableWhereTheyAreOpen() throws IOException {
    SiteFileStore store = store();
    SiteFile file = put(store, TEXT);
    try (InputStream open = file.open(0)) {
      store.delete(DIGEST);

      assertThat(store.find(DIGEST)).isEmpty();
      assertThat(open.readAllBytes()).isEqualTo(TEXT);
    }
    assertThat(store.all()).isEmpty();
    store.delete(DIGEST);
  }

  @Test
  void endedUploadsAcceptNothing() throws IOException {
    try (SiteFileUpload upload = store().begin(SiteFileStore.UNKNOWN_LENGTH)) {
      upload.commit(null);
      assertThatThrownBy(() -> upload.write(TEXT, 0, 1)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> upload.commit(null)).isInstanceOf(IllegalStateException.class);
    }
  }

  /// Writes in pieces of all sizes, and compares each file with its bytes.
  @Test
  void pieces() throws IOException {
    var random = new Random(7);
    SiteFileStore store = store();
    for (int round = 0; round < 50; round++) {
      byte[] bytes = new byte[random.nextInt(200_000)];
      random.nextBytes(bytes);
      try (SiteFileUpload upload = store.begin(bytes.length)) {
        int at = 0;
        while (at < bytes.length) {
          int piece = Math.min(1 + random.nextInt(70_000), bytes.length - at);
          upload.write(bytes, at, piece);
          at += piece;
        }
        SiteFile file = upload.commit(null);
        int from = random.nextInt(bytes.length + 1);
        assertThat(read(file, from)).isEqualTo(Arrays.copyOfRange(bytes, from, bytes.length));
      }
    }
  }
}
