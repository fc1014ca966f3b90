package lazaret.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lazaret.site.SiteFileService;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.site.store.SiteFileUpload;
import lazaret.testkit.OpenPgpSigner;
import lazaret.toolchain.ToolchainSettings.Followed;
import lazaret.toolchain.signature.PinnedKeys;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The looks in the background, with a source that fails.
class ToolchainRefresherTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final OpenPgpSigner SIGNER = OpenPgpSigner.ed25519(NOW);
  private static final Followed BETA =
      Followed.parse("beta targets=x86_64-unknown-linux-gnu automatic");
  private static final Followed NIGHTLY =
      Followed.parse("nightly targets=x86_64-unknown-linux-gnu automatic");

  @TempDir Path folder;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private ToolchainRefresher refresher;

  /// A source that refuses each request after it was released.
  private final class RefusingSource implements ToolchainSource {
    @Override
    public Bytes document(String path, int maxBytes) {
      asked.add(path);
      begun.countDown();
      try {
        assertThat(released.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
      throw new ProblemException(ErrorCode.UPSTREAM_UNAVAILABLE, "cannot fetch " + path);
    }

    @Override
    public void copy(String path, SiteFileUpload upload) {
      var _ = document(path, 0);
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void open() throws IOException {
    InMemoryStore store = new InMemoryStore();
    SiteFileService files =
        new SiteFileService(store, FolderSiteFileStore.open(folder.resolve("files")));
    refresher =
        new ToolchainRefresher(
            new ToolchainService(
                store,
                files,
                new RefusingSource(),
                () -> PinnedKeys.read(SIGNER.publicKey()),
                CLOCK),
            List.of(BETA, NIGHTLY),
            CLOCK);
  }

  @Test
  void lookThatFailedIsRepeatedSoon() throws InterruptedException {
    released.countDown();

    assertThat(refresher.look(Leader.ALONE)).isEqualTo(ToolchainRefresher.AGAIN);

    assertThat(asked).hasSize(2);
    assertThat(refresher.proposals()).isEmpty();
  }

  @Test
  void nodeThatIsNotTheLeaderDoesNotFetchWhatItMayNotAdmit() throws InterruptedException {
    assertThat(refresher.look(_ -> false)).isEqualTo(ToolchainRefresher.AGAIN);

    assertThat(asked).isEmpty();
  }

  @Test
  void failureOfTheStoreEndsOneLookAlone() throws InterruptedException {
    Leader failing =
        _ -> {
          throw new StoreException(ErrorCode.STORE_FAILED, "a failure of this test", null);
        };
    Leader defective =
        _ -> {
          throw new IllegalStateException("a defect of this test");
        };

    assertThat(refresher.look(failing)).isEqualTo(ToolchainRefresher.AGAIN);
    assertThat(refresher.look(defective)).isEqualTo(ToolchainRefresher.AGAIN);
  }

  @Test
  void closeEndsTheWorkAfterTheChannel() throws InterruptedException {
    refresher.start(Leader.ALONE, Duration.ZERO);
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

    Thread closing = Thread.ofPlatform().start(refresher::close);
    while (closing.isAlive() && closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    released.countDown();
    closing.join();

    assertThat(asked).singleElement().asString().contains("beta");
  }
}
