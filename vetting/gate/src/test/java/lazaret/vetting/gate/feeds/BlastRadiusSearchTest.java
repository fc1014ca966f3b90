package lazaret.vetting.gate.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.CountingStore;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.SeenLockfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlastRadiusSearchTest {
  private final CountingStore counting = new CountingStore();
  private final GateFixture station =
      new GateFixture(counting.around(new SnapshotViewStore(new InMemoryStore())));

  @AfterEach
  void close() {
    station.close();
  }

  private static CrateId id(String name) {
    return new CrateId(
        CrateName.parse(name), CrateVersion.parse("1.0.0"), Sha256.of(Bytes.utf8(name)));
  }

  private static SeenLockfile lockfile(int number, List<String> packages) {
    return new SeenLockfile(
        Sha256.of(Bytes.utf8("lockfile " + number)),
        packages,
        List.of(
            new SeenLockfile.Sighting(
                "app-" + number, "-", "10.0.0.1", GateFixture.START, GateFixture.START)));
  }

  private void download(String name, int day) {
    station.store.commit(
        Batch.synced(
            List.of(
                new Write.AddDownload(
                    new DownloadRecord(
                        LocalDate.EPOCH.plusDays(day), id(name), "ci", "10.0.0.7", 1)))));
  }

  private void submit(SeenLockfile lockfile) {
    station.store.commit(Batch.synced(List.of(new Write.PutLockfile(lockfile))));
  }

  private BlastRadius radius(String name) {
    return station.desk.who(id(name).name(), id(name).version());
  }

  private BlastRadius scanned(String name) {
    BlastRadius.Key key = BlastRadius.Key.of(id(name).name(), id(name).version());
    return BlastRadius.search(station.store, Set.of(key)).of(id(name).name(), id(name).version());
  }

  private static List<String> packages(int number) {
    List<String> packages = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      packages.add("crate_%d 1.0.0".formatted(number * 7 + i));
    }
    return packages;
  }

  @Test
  void findsWhatAScanOfAllRecordsFinds() {
    for (int i = 0; i < 40; i++) {
      download("crate-" + i % 13, i);
      submit(lockfile(i, packages(i)));
    }

    for (int i = 0; i < 60; i++) {
      assertThat(radius("crate-" + i)).isEqualTo(scanned("crate-" + i));
    }
    assertThat(radius("crate-20").lockfiles()).hasSize(3);
    assertThat(radius("other").isEmpty()).isTrue();
  }

  @Test
  void readsTheLatestDownloadsAlone() {
    for (int day = 1; day <= 5; day++) {
      download("crate-0", day);
    }
    BlastRadiusSearch search = station.desk.searches().radius();

    BlastRadius latest = search.of(id("crate-0").name(), id("crate-0").version(), 2);

    assertThat(latest.complete()).isFalse();
    assertThat(latest.holders())
        .extracting(each -> each.first() + " " + each.last() + " " + each.count())
        .containsExactly("1970-01-05 1970-01-06 2");
    assertThat(search.of(id("crate-0").name(), id("crate-0").version(), 5))
        .isEqualTo(scanned("crate-0"));
  }

  @Test
  void readsNoOtherLockfile() {
    for (int i = 0; i < 200; i++) {
      submit(lockfile(i, packages(i)));
    }
    assertThat(radius("crate-0").lockfiles()).hasSize(1);
    counting.reads();

    assertThat(radius("crate-0").lockfiles()).hasSize(1);

    assertThat(counting.reads()).isLessThan(20);
  }

  @Test
  void anIndexWithoutSpaceFindsTheSame() {
    var index = new LockfilePackageIndex(station.store, 1_000);
    for (int i = 0; i < 20; i++) {
      submit(lockfile(i, packages(i)));
    }

    assertThat(index.containing("crate_20 1.0.0"))
        .extracting(each -> each.count().getLast().name())
        .containsExactlyInAnyOrder("app-0", "app-1", "app-2");
  }

  @Test
  void followsLaterRecords() {
    var index = new LockfilePackageIndex(station.store, LockfilePackageIndex.MAX_BITS);
    assertThat(index.containing("crate_0 1.0.0")).isEmpty();

    for (int i = 0; i < 300; i++) {
      submit(lockfile(i, List.of("crate_0 1.0.0")));
      index.written(lockfile(i, List.of("crate_0 1.0.0")));
    }

    assertThat(index.containing("crate_0 1.0.0")).hasSize(300);
  }
}
