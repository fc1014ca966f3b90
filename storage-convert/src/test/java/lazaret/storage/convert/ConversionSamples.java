package lazaret.storage.convert;

import static lazaret.vetting.gate.fixture.StoreSamples.id;
import static lazaret.vetting.gate.fixture.StoreSamples.name;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.ArtifactUse;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.RemovedArtifact;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.StateTree;
import org.jspecify.annotations.Nullable;

/// A store with rows of each kind, of some more than a page, and stores that fail.
final class ConversionSamples {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
  private static final VerifiedCrate LARGE = StoreSamples.artifact(1, 5 << 20);
  private static final VerifiedCrate SMALL = StoreSamples.artifact(2, 100);

  /// The number of downloads, which several pages copy.
  static final int DOWNLOADS = 1_200;

  private ConversionSamples() {}

  /// Writes rows of each kind.
  static void fill(Store store) {
    List<Write> writes = new ArrayList<>();
    for (String name : List.of("serde", "Foo-Bar", "a")) {
      writes.add(new Write.PutCrate(StoreSamples.held(name, "1.0.0", "1.0.0+x")));
      writes.add(new Write.PutFreshness(name(name), StoreSamples.freshness("\"" + name + "\"")));
      writes.add(new Write.PutView(name(name), StoreSamples.view(name + "\n")));
      writes.add(new Write.PutRequest(StoreSamples.request(id(name, "1.0.0"), 4)));
      writes.add(new Write.Append(StoreSamples.approval(id(name, "1.0.0"), 7)));
      writes.add(new Write.PutVerdict(StoreSamples.verdict(id(name, "1.0.0"), 8)));
      writes.add(new Write.PutLockfile(StoreSamples.lockfile(name, name + "/Cargo.lock", 9)));
      writes.add(new Write.Append(StoreSamples.notice("of " + name)));
    }
    writes.add(new Write.PutArtifact(LARGE));
    writes.add(new Write.PutArtifact(SMALL));
    writes.add(new Write.PutFindings(StoreSamples.findings(LARGE.id().cksum())));
    writes.add(new Write.PutUse(new ArtifactUse(LARGE.id().cksum(), DAY)));
    writes.add(
        new Write.PutRemoved(
            new RemovedArtifact(id("a", "0.9.0"), 4_711, StoreSamples.NOON, "unused")));
    writes.add(new Write.PutToken(StoreSamples.token("ci")));
    writes.add(new Write.PutToken(StoreSamples.token("ann")));
    writes.add(new Write.PutFeed(StoreSamples.feed("osv")));
    for (DeskTable table : DeskTable.values()) {
      writes.add(new Write.PutDeskRow(new DeskRow(table, "key", Bytes.utf8(table.code()))));
    }
    SnapshotCrate removed = StoreSamples.snapshotCrate("Foo-Bar", "1.0.0");
    SnapshotCrate kept = StoreSamples.snapshotCrate("serde", "1.0.0");
    writes.add(new Write.PutSnapshotCrate(1, removed));
    writes.add(new Write.PutSnapshotCrate(1, kept));
    writes.add(new Write.PutSnapshot(snapshot(1, List.of(removed, kept))));
    writes.add(new Write.PutSnapshotCrate(2, new SnapshotCrate(name("Foo-Bar"), List.of())));
    writes.add(new Write.PutSnapshot(snapshot(2, List.of(kept))));
    writes.add(new Write.PutMeta(MetaKey.SNAPSHOT_HEAD, Bytes.utf8("2")));
    writes.add(new Write.PutMeta(MetaKey.BUNDLE_TRUST_PREFIX.named("root"), Bytes.utf8("a root")));
    writes.add(
        new Write.PutMeta(MetaKey.WEBHOOK_PREFIX.named("0123456789abcdef"), Bytes.utf8("5")));
    store.commit(Batch.synced(writes));
    // Tokens of several lengths, which the engines order differently.
    for (int i = 0; i < DOWNLOADS; i += 400) {
      List<Write> downloads = new ArrayList<>();
      for (int k = i; k < i + 400; k++) {
        downloads.add(
            new Write.AddDownload(
                StoreSamples.access(DAY, id("serde", "1.0.0"), "t".repeat(1 + k % 3) + k, k + 1)));
      }
      store.commit(Batch.relaxed(downloads));
    }
  }

  /// Returns the metadata of a snapshot with the state root of its crates.
  private static SnapshotInfo snapshot(long sequence, List<SnapshotCrate> crates) {
    SnapshotInfo other = StoreSamples.snapshot(sequence);
    return new SnapshotInfo(
        other.epoch(),
        sequence,
        other.kind(),
        StateTree.root(crates.stream().map(SnapshotCrate::leaf).iterator()),
        other.bundle(),
        other.issued(),
        other.at(),
        other.crates(),
        other.versions(),
        other.bytes());
  }

  /// A moment at which a commit fails.
  enum Failure {
    /// Nothing is applied.
    BEFORE,
    /// All is applied, and the caller does not learn it.
    AFTER
  }

  /// Returns a store of which one commit fails.
  ///
  /// @param number the number of commits that succeed before
  static Store failing(Store store, int number, Failure failure) {
    return proxy(
        store,
        number,
        commit -> {
          if (failure == Failure.AFTER) {
            @Nullable Object _ = commit.run();
          }
          throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "the connection was lost", null);
        });
  }

  /// Returns a store that does something before one commit.
  ///
  /// @param number the number of commits before
  static Store intercepted(Store store, int number, Runnable before) {
    return proxy(
        store,
        number,
        commit -> {
          before.run();
          return commit.run();
        });
  }

  /// A commit, or what takes its place.
  private interface Commit {
    @Nullable Object run() throws Throwable;
  }

  private interface Interceptor {
    @Nullable Object around(Commit commit) throws Throwable;
  }

  private static Store proxy(Store store, int number, Interceptor interceptor) {
    var commits = new AtomicInteger();
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              Commit call = () -> invoked(store, method, arguments);
              return method.getName().equals("commit") && commits.getAndIncrement() == number
                  ? interceptor.around(call)
                  : call.run();
            });
  }

  private static @Nullable Object invoked(
      Store store, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
