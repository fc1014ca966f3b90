package lazaret.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.site.store.SiteFileStore;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The removal, check and copy of files.
class SiteFileSweepTest {
  @TempDir Path folder;
  private SiteFileService service;

  @BeforeEach
  void open() throws IOException {
    service =
        new SiteFileService(
            new InMemoryStore(), FolderSiteFileStore.open(folder.resolve("site-files")));
  }

  private static Sha256 put(SiteFileStore store, String text) throws IOException {
    Bytes bytes = Bytes.utf8(text);
    try (SiteFileUpload upload = store.begin(bytes.length())) {
      upload.write(bytes.array(), 0, bytes.length());
      return upload.commit(null).sha256();
    }
  }

  private SiteFileRow row(String path, String text) {
    SiteFileRow row =
        new SiteFileRow(
            SiteFileCollection.GIT,
            path,
            Sha256.of(Bytes.utf8(text)),
            text.length(),
            "application/x-tar",
            Instant.parse("2026-11-30T12:00:00Z"),
            "ada",
            SiteFileRow.UPSTREAM,
            null);
    var _ = service.store().commit(Batch.synced(List.of(service.put(row))));
    return row;
  }

  private Path file(Sha256 sha256) {
    return folder.resolve("site-files").resolve(sha256.hex().substring(0, 2)).resolve(sha256.hex());
  }

  @Test
  void fileWithoutARowStaysADay() throws IOException {
    Sha256 kept = put(service.files(), "kept");
    Sha256 left = put(service.files(), "left");
    SiteFileRow row = row("kept.tar", "kept");
    Instant now = Instant.now();

    assertThat(service.sweep(now)).isZero();
    assertThat(service.sweep(now.plus(SiteFileService.GRACE).plusSeconds(60))).isEqualTo(1);

    assertThat(service.files().find(left)).isEmpty();
    assertThat(service.files().find(kept)).isPresent();
    var _ = service.store().commit(Batch.synced(List.of(service.drop(row))));
    assertThat(service.sweep(now.plus(Duration.ofDays(2)))).isEqualTo(1);
    assertThat(service.files().all()).isEmpty();
  }

  @Test
  void failedRoundsAreRepeatedUntilTheEnd() throws Exception {
    var _ = put(service.files(), "no row has it");
    CompletableFuture<Thread> worker = new CompletableFuture<>();
    AtomicInteger rounds = new AtomicInteger();
    CountDownLatch swept = new CountDownLatch(1);
    Leader leader =
        work -> {
          worker.complete(Thread.currentThread());
          int round = rounds.incrementAndGet();
          if (round == 1) {
            throw new StoreException(ErrorCode.STORE_FAILED, "a failure of this test", null);
          }
          if (round == 2) {
            throw new IllegalStateException("a defect of this test");
          }
          work.run();
          swept.countDown();
          return true;
        };
    Instant later = Instant.now().plus(Duration.ofDays(2));
    try (SiteFileSweep sweep = new SiteFileSweep(service, InstantSource.fixed(later))) {
      sweep.start(leader, Duration.ofMillis(1));

      assertThat(swept.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(worker.get(20, TimeUnit.SECONDS).isAlive()).isFalse();
    assertThat(service.files().all()).isEmpty();
  }

  @Test
  void checkFindsMissingAndChangedFiles() throws IOException {
    Sha256 good = put(service.files(), "good");
    Sha256 changed = put(service.files(), "text");
    row("good.tar", "good");
    row("again.tar", "good");
    row("changed.tar", "text");
    row("missing.tar", "nothing");
    Files.writeString(file(changed), "TEXT");

    SiteFileService.CheckResult result = service.check();

    assertThat(result.files()).isEqualTo(3);
    assertThat(result.bytes()).isEqualTo(15);
    assertThat(result.faults())
        .satisfiesExactlyInAnyOrder(
            fault -> assertThat(fault).startsWith("file 'changed.tar' of 'git': expected the SHA"),
            fault ->
                assertThat(fault).isEqualTo("file 'missing.tar' of 'git': its bytes are missing"));
    assertThat(service.files().find(good)).isPresent();
  }

  @Test
  void copyHasTheFilesOfRowsAndBringsThemBack() throws IOException {
    Sha256 named = put(service.files(), "named");
    Sha256 other = put(service.files(), "other");
    row("named.tar", "named");
    row("missing.tar", "nothing");
    SiteFileStore backup = FolderSiteFileStore.open(folder.resolve("backup"));

    assertThat(SiteFileCopy.run(service.named(), service.files(), backup))
        .isEqualTo(new SiteFileCopy(1, 0, 1));
    assertThat(SiteFileCopy.run(service.named(), service.files(), backup))
        .isEqualTo(new SiteFileCopy(0, 1, 1));
    assertThat(backup.all()).containsExactly(named).doesNotContain(other);

    service.files().delete(named);
    assertThat(SiteFileCopy.run(service.named(), backup, service.files()))
        .isEqualTo(new SiteFileCopy(1, 0, 1));
    assertThat(service.check().faults()).hasSize(1);
  }

  @Test
  void changedBackupIsNotRestored() throws IOException {
    Sha256 named = put(service.files(), "named");
    Files.writeString(file(named), "NAMED");
    SiteFileStore empty = FolderSiteFileStore.open(folder.resolve("other"));

    assertThatThrownBy(() -> SiteFileCopy.run(Set.of(named), service.files(), empty))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected the SHA-256");
    assertThat(empty.all()).isEmpty();
  }
}
