package lazaret.bundle.importing;

import static lazaret.bundle.format.Formats.crate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.importing.ImportOutcome.Imported;
import lazaret.testkit.Attack;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.retention.SnapshotSweep;
import lazaret.vetting.gate.serving.IndexOutcome;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The removal of old snapshots during reads, rollbacks and imports.
class SweepRaceTest {
  private static final CrateName ALPHA = CrateName.parse("alpha");
  private static final CrateName BETA = CrateName.parse("beta");
  private static final Pattern VERSION = Pattern.compile("\"vers\":\"1\\.0\\.([0-9]+)\"");

  @TempDir Path folder;
  private ConnectedFixture outside = new ConnectedFixture(Path.of(""));
  private NetworkFixture inside;
  private Runnable atDrop = () -> {};
  private Predicate<Batch> drop = _ -> false;

  @BeforeEach
  void networks() throws IOException {
    outside = new ConnectedFixture(Files.createDirectory(folder.resolve("medium")));
    inside = NetworkFixture.open(folder.resolve("data"), ImportContext.Steps.NONE, this::watched);
  }

  @AfterEach
  void close() {
    inside.close();
  }

  /// Returns the store, wrapped to perform an action once, before a write.
  private Store watched(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (arguments != null && arguments[0] instanceof Batch batch && drop.test(batch)) {
                drop = _ -> false;
                atDrop.run();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static boolean dropsNotes(Batch batch) {
    return batch.writes().stream().anyMatch(w -> w instanceof Batch.Write.DropSnapshot);
  }

  private static boolean dropsRows(Batch batch) {
    return batch.writes().stream().anyMatch(w -> w instanceof Batch.Write.DropSnapshotCrate);
  }

  /// Makes the next snapshot. Snapshot N has the version 1.0.N of alpha; every second one has a new
  /// version of beta.
  private Path next() throws IOException {
    long n = outside.newest() + 1;
    outside.snapshot(crate("alpha", "1.0." + n), crate("beta", "1.0." + n / 2 * 2));
    return n == 1
        ? outside.bundle(SnapshotKind.FULL)
        : outside.bundle(SnapshotKind.DELTA, inside.store.snapshots().all().getLast().sequence());
  }

  private void importUpTo(long sequence) throws IOException {
    while (outside.newest() < sequence) {
      assertThat(inside.run(next())).isInstanceOf(Imported.class);
    }
  }

  /// Returns the snapshot that a served index file belongs to, or 0 if it is not served.
  private static long seen(IndexOutcome outcome) {
    if (!(outcome instanceof IndexOutcome.Served served)) {
      return 0;
    }
    Matcher version = VERSION.matcher(served.view().body().text());
    assertThat(version.find()).isTrue();
    return Long.parseLong(version.group(1));
  }

  private List<Long> kept() {
    return inside.store.snapshots().all().stream().map(SnapshotInfo::sequence).toList();
  }

  private static void awaitEndOrLock(Thread thread) {
    while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  @Attack(68)
  void whatIsGoneBackToIsNotLetGoOf() throws Exception {
    importUpTo(SnapshotSweep.KEPT);
    var back = new FutureTask<>(() -> inside.desk.snapshots().rollback(1, "ann", "it breaks"));
    atDrop =
        () -> {
          Thread thread = Thread.ofPlatform().start(back);
          awaitEndOrLock(thread);
        };
    drop = SweepRaceTest::dropsNotes;

    importUpTo(SnapshotSweep.KEPT + 1L);

    assertThat(catchThrowable(back::get)).rootCause().hasMessageContaining("cannot go back");
    assertThat(kept()).containsExactly(2L, 3L, 4L, 5L, 6L);
    assertThat(seen(inside.gate.index(ALPHA))).isEqualTo(6);
  }

  @Test
  @Attack(68)
  void nobodyImportsWhileOldSnapshotsAreSwept() throws IOException {
    importUpTo(SnapshotSweep.KEPT);
    Path sixth = next();
    List<BundleCode> seen = new ArrayList<>();
    atDrop =
        () ->
            seen.add(catchThrowableOfType(BundleException.class, () -> inside.run(sixth)).reason());
    drop = SweepRaceTest::dropsRows;

    assertThat(inside.run(sixth)).isInstanceOf(Imported.class);

    assertThat(seen).containsExactly(BundleCode.IMPORT_IN_PROGRESS);
    assertThat(kept()).containsExactly(2L, 3L, 4L, 5L, 6L);
    importUpTo(7);
    assertThat(inside.root()).isEqualTo(outside.info(7).stateRoot());
  }

  /// A snapshot that is removed during a read is either complete or missing. Rows of an older
  /// snapshot must not be read instead of its own.
  @Test
  @Attack(68)
  void readersSeeASnapshotWholeOrNotAtAll() throws Exception {
    importUpTo(2);
    Set<String> wrong = ConcurrentHashMap.newKeySet();
    Set<Long> served = ConcurrentHashMap.newKeySet();
    Set<Long> gone = ConcurrentHashMap.newKeySet();
    var end = new AtomicBoolean();
    List<FutureTask<Boolean>> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      var reader =
          new FutureTask<>(
              () -> {
                while (!end.get()) {
                  for (long n = 1; n <= outside.newest(); n++) {
                    long alpha = seen(inside.gate.index(n, ALPHA));
                    long beta = seen(inside.gate.index(n, BETA));
                    (alpha == 0 ? gone : served).add(n);
                    if ((alpha != 0 && alpha != n) || (beta != 0 && beta != n / 2 * 2)) {
                      wrong.add("snapshot %d: alpha %d, beta %d".formatted(n, alpha, beta));
                    }
                  }
                  if (seen(inside.gate.index(ALPHA)) == 0) {
                    wrong.add("alpha is not served");
                  }
                }
                return true;
              });
      Thread.ofPlatform().start(reader);
      readers.add(reader);
    }
    for (long n = 3; n <= 16; n++) {
      importUpTo(n);
      if (n % 4 == 0) {
        // An old snapshot is served, so the next import removes newer ones.
        inside.desk.snapshots().rollback(kept().getFirst(), "ann", "it breaks");
      }
    }
    end.set(true);
    for (var reader : readers) {
      assertThat(reader.get()).isTrue();
    }

    assertThat(wrong).isEmpty();
    assertThat(served).hasSizeGreaterThan(SnapshotSweep.KEPT);
    assertThat(gone).contains(3L);
    for (long n : kept()) {
      for (var line : inside.crates(n)) {
        line.lines()
            .forEach(
                l -> assertThat(inside.store.hasArtifact(l.entry().cksum())).as("%s", l).isTrue());
      }
    }
  }
}
