package lazaret.vetting.gate.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CratesIo;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.ArtifactUse;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.lockfile.Lockfile;
import org.junit.jupiter.api.Test;

/// Data that is collected in heap and written later: the amount that a crash can lose.
class UsageLogTest {
  private static final Set<Class<?>> COLLECTED =
      Set.of(
          Batch.Write.AddDownload.class,
          Batch.Write.PutUse.class,
          Batch.Write.PutRequest.class,
          Batch.Write.PutVerdict.class,
          Batch.Write.PutLockfile.class);

  private final List<Batch> committed = new ArrayList<>();
  private boolean full;

  @Test
  void whatWasAnsweredIsOnDiskOnceItIsWritten() {
    try (GateFixture station =
        new GateFixture(watched(new SnapshotViewStore(new InMemoryStore())))) {
      CrateId old = station.publish("old", "1.0.0", 100);
      CrateId young = station.publish("young", "1.0.0", 1);
      assertThat(station.download(old)).isInstanceOf(DownloadOutcome.Served.class);
      assertThat(station.download(young)).isInstanceOf(DownloadOutcome.Withheld.class);
      String lock =
          "version = 4\n[[package]]\nname = \"old\"\nversion = \"1.0.0\"\nsource = \"registry+%s\"\nchecksum = \"%s\"\n"
              .formatted(CratesIo.GIT_INDEX, old.cksum().hex());
      station.desk.seen(
          Lockfile.parse(Bytes.utf8(lock)),
          Sha256.of(Bytes.utf8(lock)),
          "app/Cargo.lock",
          new Requester("ci", "127.0.0.1"));

      assertThat(station.desk.queue()).hasSize(1);
    }

    List<Batch> collected =
        committed.stream()
            .filter(b -> b.writes().stream().anyMatch(w -> COLLECTED.contains(w.getClass())))
            .toList();
    assertThat(collected.stream().flatMap(b -> b.writes().stream()).map(Object::getClass))
        .containsAll(COLLECTED);
    assertThat(collected).extracting(Batch::durability).containsOnly(Batch.Durability.SYNCED);
  }

  @Test
  void theLastUseOfAnArtifactIsWrittenOnceADay() {
    try (GateFixture station =
        new GateFixture(watched(new SnapshotViewStore(new InMemoryStore())))) {
      CrateId old = station.publish("old", "1.0.0", 100);
      for (int day = 0; day < 2; day++) {
        for (int i = 0; i < 3; i++) {
          assertThat(station.download(old)).isInstanceOf(DownloadOutcome.Served.class);
          station.gate.usageLog().flush();
        }
        station.clock.advance(Duration.ofDays(1));
      }

      assertThat(station.store.artifactUse(old.cksum()))
          .contains(new ArtifactUse(old.cksum(), LocalDate.of(2026, 11, 25)));
      assertThat(committed.stream().flatMap(b -> b.writes().stream()))
          .filteredOn(Batch.Write.PutUse.class::isInstance)
          .hasSize(2);
    }
  }

  @Test
  void aUseThatCouldNotBeWrittenIsWrittenWithTheNextDownload() {
    try (GateFixture station =
        new GateFixture(watched(new SnapshotViewStore(new InMemoryStore())))) {
      CrateId old = station.publish("old", "1.0.0", 100);
      assertThat(station.download(old)).isInstanceOf(DownloadOutcome.Served.class);
      full = true;
      station.gate.usageLog().flush();
      assertThat(station.store.artifactUse(old.cksum())).isEmpty();
      full = false;

      assertThat(station.download(old)).isInstanceOf(DownloadOutcome.Served.class);
      station.gate.usageLog().flush();

      assertThat(station.store.artifactUse(old.cksum())).isPresent();
    }
  }

  private static boolean hasUse(Batch batch) {
    return batch.writes().stream().anyMatch(Batch.Write.PutUse.class::isInstance);
  }

  /// Returns the store with a record of the committed writes.
  private Store watched(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (method.getName().equals("commit")) {
                if (full && hasUse((Batch) arguments[0])) {
                  throw new StoreException(ErrorCode.DISK_FULL, "cannot write: no space", null);
                }
                committed.add((Batch) arguments[0]);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
