package lazaret.storage.backup;

import static lazaret.vetting.gate.fixture.StoreSamples.id;
import static lazaret.vetting.gate.fixture.StoreSamples.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.gate.fixture.StoreContract;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.ArtifactUse;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.RunningOperations;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.progress.ProgressShare;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract of every store for backups.
public interface BackupContract {
  /// Opens a store that keeps its data in a folder.
  Store open(Path folder);

  /// Restores a backup into an empty folder and opens the store.
  Store restore(Path backup, Path folder);

  VerifiedCrate LARGE = StoreSamples.artifact(1, 3 << 20);
  VerifiedCrate SMALL = StoreSamples.artifact(2, 100);

  private static void fill(Store store) {
    List<Write> writes = new ArrayList<>();
    for (String name : List.of("serde", "Foo-Bar", "a")) {
      writes.add(new Write.PutCrate(StoreSamples.held(name, "1.0.0", "1.0.0+x")));
      writes.add(new Write.PutFreshness(name(name), StoreSamples.freshness("\"" + name + "\"")));
      writes.add(new Write.PutView(name(name), StoreSamples.view(name + "\n")));
      writes.add(new Write.PutRequest(StoreSamples.request(id(name, "1.0.0"), 4)));
      writes.add(
          new Write.AddDownload(
              StoreSamples.access(StoreContract.DAY, id(name, "1.0.0"), "ci", 5)));
      writes.add(new Write.Append(StoreSamples.approval(id(name, "1.0.0"), 7)));
      writes.add(new Write.PutVerdict(StoreSamples.verdict(id(name, "1.0.0"), 8)));
      writes.add(new Write.PutLockfile(StoreSamples.lockfile(name, name + "/Cargo.lock", 9)));
      writes.add(new Write.Append(StoreSamples.notice("of " + name)));
    }
    writes.add(new Write.PutArtifact(LARGE));
    writes.add(new Write.PutArtifact(SMALL));
    writes.add(new Write.PutUse(new ArtifactUse(LARGE.id().cksum(), StoreContract.DAY)));
    writes.add(new Write.PutRemoved(StoreSamples.removed(id("a", "0.9.0"))));
    writes.add(new Write.PutFindings(StoreSamples.findings(LARGE.id().cksum())));
    writes.add(new Write.PutToken(StoreSamples.token("ci")));
    writes.add(new Write.PutFeed(StoreSamples.feed("osv")));
    writes.add(new Write.PutSnapshotCrate(7, StoreSamples.snapshotCrate("serde", "1.0.0")));
    writes.add(new Write.PutSnapshot(StoreSamples.snapshot(7)));
    writes.add(new Write.PutMeta("feeds", Bytes.utf8("2026-11-24")));
    store.commit(Batch.synced(writes));
  }

  private static List<Object> everything(Store store) {
    List<Object> all = new ArrayList<>();
    List<Function<Store, Stream<?>>> streams =
        List.of(
            Store::crates,
            Store::artifacts,
            s -> s.ledger(0),
            Store::requests,
            Store::accesses,
            Store::verdicts,
            Store::lockfiles,
            Store::artifactUses,
            Store::removedArtifacts);
    for (Function<Store, Stream<?>> stream : streams) {
      try (Stream<?> values = stream.apply(store)) {
        values.forEach(all::add);
      }
    }
    for (String name : List.of("serde", "Foo-Bar", "a")) {
      all.add(store.freshness(name(name)).orElseThrow());
      all.add(store.view(name(name)).orElseThrow());
      all.add(store.decisions(name(name)));
    }
    all.add(store.artifact(LARGE.id().cksum()).orElseThrow());
    all.add(store.artifact(SMALL.id().cksum()).orElseThrow());
    all.add(store.findings(LARGE.id().cksum()).orElseThrow());
    all.add(store.feeds());
    all.add(store.meta("feeds").orElseThrow());
    all.add(store.ledgerHead().orElseThrow());
    return all;
  }

  @Test
  default void bringsBackEverythingButTokens(@TempDir Path folder) throws IOException {
    Path backup = folder.resolve("backup");
    List<Object> before;
    try (Store store = open(folder.resolve("a"))) {
      fill(store);
      before = everything(store);
      store.backup(backup);
    }
    try (Store restored = restore(backup, folder.resolve("b"))) {
      assertThat(everything(restored)).isEqualTo(before);
      assertThat(restored.tokens()).isEmpty();
      assertThat(restored.checkEngine()).isEmpty();
    }
    assertThat(Files.getPosixFilePermissions(backup.resolve("part-000001"))).hasSize(2);
  }

  @Test
  default void countsTheArtifactsOfABackupAndTheBytesOfItsRestoration(@TempDir Path folder) {
    try (Store store = open(folder.resolve("a"))) {
      fill(store);
      var operations = new RunningOperations();

      assertThat(
              operations.run(
                  "backup",
                  () -> {
                    store.backup(folder.resolve("backup"));
                    return operations.running().getFirst().share().done();
                  }))
          .isEqualTo(store.counts().artifacts())
          .isPositive();
    }
    var operations = new RunningOperations();
    ProgressShare share =
        operations.run(
            "restore",
            () -> {
              restore(folder.resolve("backup"), folder.resolve("b")).close();
              return operations.share();
            });
    assertThat(share.done()).isEqualTo(share.total()).isPositive();
    assertThat(share.unit()).isEqualTo("bytes");
  }

  @Test
  default void holdsNoSecretInABackup(@TempDir Path folder) throws IOException {
    Path backup = folder.resolve("backup");
    try (Store store = open(folder.resolve("a"))) {
      fill(store);
      store.backup(backup);
    }

    byte[] secret = StoreSamples.token("ci").secretHash().bytes();
    try (Stream<Path> files = Files.list(backup)) {
      for (Path file : files.toList()) {
        assertThat(indexOf(Files.readAllBytes(file), secret)).isEqualTo(-1);
      }
    }
  }

  private static int indexOf(byte[] data, byte[] wanted) {
    for (int i = 0; i + wanted.length <= data.length; i++) {
      if (Arrays.equals(data, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  @Test
  default void backsUpAndRestoresAnEmptyStore(@TempDir Path folder) {
    Path backup = folder.resolve("backup");
    try (Store store = open(folder.resolve("a"))) {
      store.backup(backup);
    }
    try (Store restored = restore(backup, folder.resolve("b"))) {
      assertThat(restored.ledgerHead()).isEmpty();
    }
  }

  @Test
  default void backsUpOneStateWhileWritesGoOn(@TempDir Path folder) throws Exception {
    Path backup = folder.resolve("backup");
    var stop = new AtomicBoolean();
    try (Store store = open(folder.resolve("a"));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      fill(store);
      var writer =
          threads.submit(
              () -> {
                for (int i = 1; !stop.get(); i++) {
                  store.commit(
                      Batch.relaxed(
                          List.of(
                              new Write.Append(StoreSamples.notice("n" + i)),
                              new Write.PutMeta("n", Bytes.utf8("" + i)),
                              new Write.PutRequest(
                                  StoreSamples.request(id("serde", "1.0.0"), i)))));
                }
              });
      while (store.meta("n").isEmpty()) {
        Thread.onSpinWait();
      }
      store.backup(backup);
      stop.set(true);
      writer.get();
    }
    try (Store restored = restore(backup, folder.resolve("b"))) {
      long n = Long.parseLong(restored.meta("n").orElseThrow().text());
      assertThat(
              restored.request(name("serde"), StoreSamples.version("1.0.0")).orElseThrow().count())
          .isEqualTo(n);
      assertThat(restored.ledgerHead().orElseThrow().sequence()).isEqualTo(6 + n);
    }
  }

  @Test
  default void refusesAFolderThatIsNotEmpty(@TempDir Path folder) throws IOException {
    Path backup = Files.createDirectory(folder.resolve("backup"));
    Files.createFile(backup.resolve("mine"));
    try (Store store = open(folder.resolve("a"))) {
      assertThatThrownBy(() -> store.backup(backup))
          .isInstanceOf(MalformedException.class)
          .hasMessage(
              "cannot write a backup to '" + backup + "': it is not empty; name a new folder");
    }
  }

  @Test
  default void refusesATornOrDamagedBackup(@TempDir Path folder) throws IOException {
    Path backup = folder.resolve("backup");
    try (Store store = open(folder.resolve("a"))) {
      fill(store);
      store.backup(backup);
    }
    Path part = backup.resolve("part-000001");
    Path manifest = backup.resolve("lazaret-backup");
    byte[] whole = Files.readAllBytes(part);
    byte[] list = Files.readAllBytes(manifest);

    Files.delete(manifest);
    refused(
        backup, folder.resolve("b"), "it has no manifest 'lazaret-backup': it was not finished");
    Files.write(manifest, Arrays.copyOf(list, list.length - 30));
    refused(backup, folder.resolve("b"), "its manifest is damaged");
    Files.write(manifest, list);
    Files.write(part, Arrays.copyOf(whole, whole.length - 1));
    refused(backup, folder.resolve("b"), "'part-000001' is missing or not as long as it was");
    Files.delete(part);
    refused(backup, folder.resolve("b"), "'part-000001' is missing or not as long as it was");
    for (int at = 3; at < whole.length; at += whole.length / 40) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 4;
      Files.write(part, flipped);
      assertThatThrownBy(() -> restore(backup, folder.resolve("b")))
          .isInstanceOf(StoreException.class)
          .extracting(e -> ((StoreException) e).code())
          .isEqualTo(ErrorCode.STORE_CORRUPT);
    }
    Files.write(part, whole);
    restore(backup, folder.resolve("b")).close();
  }

  private void refused(Path backup, Path folder, String why) {
    assertThatThrownBy(() -> restore(backup, folder))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "cannot restore the backup in '" + backup + "': " + why + "; use another backup");
  }
}
