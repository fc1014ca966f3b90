package lazaret.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.site.store.LimitedSiteFileStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.deskapi.site.SiteFileRemovalRequest;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.WriteScope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteFileHandlersTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final String PATH = "aa/bb.json";

  @TempDir Path folder;

  private final InMemoryStore store = new InMemoryStore();
  private final CompletableFuture<Thread> writer = new CompletableFuture<>();
  private SiteFileService files;

  @BeforeEach
  void open() throws IOException {
    files = new SiteFileService(store, FolderSiteFileStore.open(folder));
    put(row("first"));
  }

  private static SiteFileRow row(String content) {
    return new SiteFileRow(
        SiteFileCollection.RESULTS,
        PATH,
        Sha256.of(Bytes.utf8(content)),
        content.length(),
        "application/json",
        NOW,
        "ada",
        SiteFileRow.UPSTREAM,
        null);
  }

  private void put(SiteFileRow row) {
    var _ = store.commit(Batch.synced(List.of(files.put(row))));
  }

  private void remove(Function<SiteFileRow, Optional<String>> use) {
    SiteFileHandlers handlers =
        new SiteFileHandlers(
            files,
            new LimitedSiteFileStore(
                files.files(),
                new LimitedSiteFileStore.Limits(1_000, 0),
                LimitedSiteFileStore.FreeSpace.UNLIMITED),
            use,
            Clock.fixed(NOW, ZoneOffset.UTC),
            () -> {
              throw new AssertionError("a removal is no long operation");
            });
    SiteFileRemovalRequest order =
        new SiteFileRemovalRequest(
            SiteFileCollection.RESULTS.code(), PATH, false, false, "nobody reads it");
    assertThat(handlers.remove(order, Caller.local("local:ann")).removed()).isTrue();
  }

  /// An import may bring another file under the path while the first one is looked at.
  @Test
  void fileOfAnotherWriterStays() throws Exception {
    remove(this::overtaken);

    writer.get(20, TimeUnit.SECONDS).join();
    assertThat(files.find(SiteFileCollection.RESULTS, PATH)).contains(row("second"));
  }

  /// Lets another writer store its row, if it need not wait for this one.
  private Optional<String> overtaken(SiteFileRow row) {
    Thread other =
        Thread.ofVirtual()
            .start(
                () -> {
                  var _ =
                      store.serially(
                          WriteScope.SITE,
                          () -> {
                            put(row("second"));
                            return row;
                          });
                });
    writer.complete(other);
    try {
      boolean _ = other.join(Duration.ofMillis(300));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  @Test
  void fileInUseStays() {
    assertThatThrownBy(() -> remove(_ -> Optional.of("a toolchain has it")))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("found that a toolchain has it; use --force");

    assertThat(files.find(SiteFileCollection.RESULTS, PATH)).contains(row("first"));
  }
}
