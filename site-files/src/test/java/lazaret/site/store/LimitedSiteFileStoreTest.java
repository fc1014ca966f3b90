package lazaret.site.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitedSiteFileStoreTest {
  @TempDir Path folder;
  private long free = 1_000;
  private long now;

  private LimitedSiteFileStore store(long max, long minFree) throws IOException {
    return new LimitedSiteFileStore(
        FolderSiteFileStore.open(folder.resolve("files")),
        new LimitedSiteFileStore.Limits(max, minFree),
        () -> free,
        () -> now);
  }

  private static void put(SiteFileStore store, int length, int seed) throws IOException {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) seed);
    try (SiteFileUpload upload = store.begin(length)) {
      upload.write(bytes, 0, length);
      var _ = upload.commit(null);
    }
  }

  @Test
  void filesUpToTheLimitAreStored() throws IOException {
    LimitedSiteFileStore store = store(100, 0);
    put(store, 60, 1);
    put(store, 40, 2);
    assertThat(store.used()).isEqualTo(100);

    assertThatThrownBy(() -> store.begin(1))
        .isInstanceOf(LazaretException.class)
        .hasMessageContaining("exceed 'site-files.max-size' (100)")
        .extracting(e -> ((LazaretException) e).code())
        .isEqualTo(ErrorCode.DISK_FULL);
  }

  @Test
  void deletedFilesMakeRoom() throws IOException {
    LimitedSiteFileStore store = store(100, 0);
    put(store, 80, 1);
    store.delete(store.all().getFirst());
    put(store, 100, 2);

    assertThat(store.used()).isEqualTo(100);
  }

  @Test
  void bytesThatAreStoredAgainTakeNoRoom() throws IOException {
    LimitedSiteFileStore store = store(100, 0);
    put(store, 40, 1);
    put(store, 40, 1);
    put(store, 60, 2);

    assertThat(store.used()).isEqualTo(100);
  }

  /// Several nodes share a store of objects.
  @Test
  void filesOfOtherNodesCountAfterAnHour() throws IOException {
    LimitedSiteFileStore store = store(100, 0);
    put(store, 40, 1);
    put(FolderSiteFileStore.open(folder.resolve("files")), 60, 2);
    assertThat(store.used()).isEqualTo(40);

    now += LimitedSiteFileStore.RENEWED.toNanos() + 1;

    assertThat(store.used()).isEqualTo(100);
    assertThatThrownBy(() -> store.begin(1)).hasMessageContaining("site-files.max-size");
  }

  @Test
  void uploadOfUnknownLengthEndsAtTheLimit() throws IOException {
    LimitedSiteFileStore store = store(100, 0);
    try (SiteFileUpload upload = store.begin(SiteFileStore.UNKNOWN_LENGTH)) {
      upload.write(new byte[100], 0, 100);
      assertThatThrownBy(() -> upload.write(new byte[1], 0, 1))
          .hasMessageContaining("site-files.max-size");
    }
    assertThat(store.all()).isEmpty();
  }

  @Test
  void diskSpaceStaysFree() throws IOException {
    LimitedSiteFileStore store = store(10_000, 900);
    put(store, 100, 1);
    free = 950;

    assertThatThrownBy(() -> store.begin(51))
        .hasMessageContaining("950 bytes are free, of which 900 stay free");
    put(store, 50, 2);
  }
}
