package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.retention.DropKind;
import lazaret.vetting.gate.retention.NoticeLimit;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Limits on the data that clients and upstream make the server store. Each of them dropped nothing
/// before, or did not report it.
@Tag("ci")
class GrowthLimitsTest {
  private static final String CLIENT = "203.0.113.7";
  private static final Requester PERSON = new Requester("ann", "198.51.100.1");
  private static final LocalDate TODAY = LocalDate.ofInstant(GateFixture.START, ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void twentyThousandWithheldDownloadsOfOneClientLeaveABoundedQueue() {
    try (GateFixture station = rocks()) {
      CrateId wanted = station.publish("wanted", "1.0.0", 1);
      CrateId wantedToo = station.publish("wanted-too", "1.0.0", 1);
      assertThat(download(station, wanted, PERSON)).isInstanceOf(DownloadOutcome.Withheld.class);
      Requester other = new Requester(Requester.ANONYMOUS, "198.51.100.9");
      assertThat(download(station, wantedToo, other)).isInstanceOf(DownloadOutcome.Withheld.class);
      List<CrateId> versions = new ArrayList<>();
      for (int crate = 0; crate < 200; crate++) {
        versions.addAll(publishAll(station, "flood-" + crate, 100));
      }

      for (CrateId id : versions) {
        assertThat(download(station, id, new Requester(Requester.ANONYMOUS, CLIENT)))
            .isInstanceOf(DownloadOutcome.Withheld.class);
      }

      List<QueuedRequest> queue = station.desk.queue();
      assertThat(queue).hasSizeLessThanOrEqualTo(1_002).hasSizeGreaterThan(800);
      assertThat(queue).extracting(QueuedRequest::id).contains(wanted, wantedToo);
      assertThat(station.desk.status().openRequests()).isEqualTo(queue.size());
      assertThat(station.desk.dropped().count(DropKind.REQUESTS)).isEqualTo(20_002L - queue.size());
    }
  }

  @Test
  void aFloodFromManyAddressesLeavesABoundedQueue() {
    try (GateFixture station = rocks()) {
      station.publish("seed", "1.0.0", 1);
      List<Batch.Write> writes = new ArrayList<>();
      writes.add(put("person", 0, PERSON));
      for (int i = 0; i < 30_000; i++) {
        writes.add(put("flood", i + 1, new Requester(Requester.ANONYMOUS, address(i))));
      }
      station.store.commit(Batch.relaxed(writes));
      assertThat(download(station, station.publish("next", "1.0.0", 1), PERSON))
          .isInstanceOf(DownloadOutcome.Withheld.class);

      List<QueuedRequest> queue = station.desk.queue();

      assertThat(queue).hasSize(9_000);
      assertThat(queue)
          .extracting(request -> request.id().name().published())
          .contains("person", "next");
      assertThat(station.desk.dropped().count(DropKind.REQUESTS)).isEqualTo(21_002);
    }
  }

  @Test
  void addressesWithoutATokenDoNotPushOutATokenOfARequest() {
    QueuedRequest request = request("crate", 0, PERSON);
    for (int i = 0; i < 100; i++) {
      request = request.and(request("crate", 0, new Requester(Requester.ANONYMOUS, address(i))));
    }
    assertThat(request.requesters()).hasSize(QueuedRequest.MAX_NAMED).contains(PERSON.toString());
  }

  @Test
  void aRequestThatWasNotAskedForAgainExpiresAndIsCounted() {
    try (GateFixture station = rocks()) {
      CrateId young = station.publish("young", "1.0.0", 1);
      assertThat(download(station, young, PERSON)).isInstanceOf(DownloadOutcome.Withheld.class);
      run(station, 89);
      assertThat(station.desk.queue()).hasSize(1);
      run(station, 3);
      assertThat(station.desk.queue()).isEmpty();
      assertThat(station.desk.dropped().count(DropKind.OLD_REQUESTS)).isEqualTo(1);
    }
  }

  @Test
  void accessesAndLockfilesPastTheirRetentionAreRemovedAndCounted() {
    try (GateFixture station = rocks()) {
      List<Batch.Write> writes = new ArrayList<>();
      for (int i = 0; i < 12_000; i++) {
        writes.add(access(TODAY.minusDays(401 + i % 50), "crate-" + i, "ci"));
      }
      writes.add(access(TODAY.minusDays(398), "crate-1", "ci"));
      writes.add(lockfile(410));
      writes.add(lockfile(10));
      station.store.commit(Batch.relaxed(writes));

      station.gate.retain();
      assertThat(accesses(station)).as("the first run removes nothing").hasSize(12_001);
      run(station, 1);

      assertThat(accesses(station)).hasSize(1);
      assertThat(station.desk.dropped().count(DropKind.OLD_ACCESSES)).isEqualTo(12_000);
      assertThat(station.desk.dropped().count(DropKind.OLD_LOCKFILES)).isEqualTo(1);
    }
  }

  @Test
  void aClockTwoYearsAheadRemovesAWeekAtMost() {
    try (GateFixture station = rocks()) {
      station.gate.retain();
      station.store.commit(
          Batch.relaxed(
              List.of(access(TODAY.minusDays(396), "old", "ci"), access(TODAY, "new", "ci"))));

      station.clock.advance(Duration.ofDays(730));
      station.gate.retain();
      station.gate.retain();

      assertThat(accesses(station))
          .extracting(access -> access.id().name().published())
          .containsExactly("new");
    }
  }

  @Test
  void addressesOfOneVersionAndDayAreBoundedAlsoAfterARestart() {
    InMemoryStore store = new InMemoryStore();
    try (GateFixture station = new GateFixture(new SnapshotViewStore(store))) {
      CrateId old = station.publish("old", "1.0.0", 100);
      for (int i = 0; i < 900; i++) {
        download(station, old, new Requester(Requester.ANONYMOUS, address(i)));
      }
      station.gate.close();
      station.withoutFsck("the next station checks the store and closes it");
      try (GateFixture again = new GateFixture(new SnapshotViewStore(store))) {
        again.publish("old", "1.0.0", 100);
        for (int i = 0; i < 1_500; i++) {
          download(again, old, new Requester(Requester.ANONYMOUS, address(i)));
        }
        download(again, old, PERSON);
        again.gate.retain();

        List<DownloadRecord> accesses = accesses(again);
        assertThat(accesses).hasSize(1_000 + 1 + 1);
        assertThat(accesses)
            .filteredOn(access -> access.address().equals("others"))
            .singleElement()
            .satisfies(access -> assertThat(access.count()).isEqualTo(500));
        assertThat(accesses.stream().mapToLong(DownloadRecord::count).sum())
            .isEqualTo(900 + 1_500 + 1);
        assertThat(again.desk.dropped().count(DropKind.ADDRESSES)).isEqualTo(500);
      }
    }
  }

  @Test
  void countsOfWhatWasDroppedOutliveARestart() {
    InMemoryStore store = new InMemoryStore();
    try (GateFixture station = new GateFixture(new SnapshotViewStore(store))) {
      station.desk.dropped().add(DropKind.REQUESTS, 7);
      station.gate.close();
      station.withoutFsck("the next station checks the store and closes it");
      try (GateFixture again = new GateFixture(new SnapshotViewStore(store))) {
        again.desk.dropped().add(DropKind.REQUESTS, 1);
        assertThat(again.desk.status().dropped()).containsEntry(DropKind.REQUESTS, 8L);
      }
    }
  }

  @Test
  void refusedDownloadsOfOneClientBeginABoundedNumberOfFetches() {
    try (GateFixture station = rocks()) {
      List<CrateId> versions = new ArrayList<>();
      for (int crate = 0; crate < 12; crate++) {
        versions.addAll(publishAll(station, "flood-" + crate, 100));
      }
      station.gate.start();
      for (int i = 0; i < versions.size(); i++) {
        download(station, versions.get(i), new Requester(Requester.ANONYMOUS, "2001:db8::" + i));
      }
      assertThat(station.desk.dropped().count(DropKind.INSPECTIONS)).isGreaterThanOrEqualTo(600);
      assertThat(station.upstream.artifactRequests.get()).isLessThanOrEqualTo(600);
    }
  }

  @Test
  void wrongBytesLeaveABoundedNumberOfNoticesAndOneSummary() {
    try (GateFixture station = rocks()) {
      int versions = NoticeLimit.KIND_A_DAY + 200;
      List<CrateId> published = new ArrayList<>();
      for (int crate = 0; crate < versions / 100; crate++) {
        published.addAll(publishAll(station, "wrong-" + crate, 100));
      }
      station.upstream.insteadOfArtifact = Bytes.utf8("other bytes");
      station.clock.advance(Duration.ofDays(30));
      for (CrateId id : published) {
        download(station, id, new Requester(Requester.ANONYMOUS, CLIENT));
      }
      assertThat(notices(station, Notice.Kind.WRONG_BYTES)).hasSize(NoticeLimit.KIND_A_DAY);

      station.clock.advance(Duration.ofDays(1));
      station.gate.retain();

      assertThat(notices(station, Notice.Kind.NOTICES_LEFT_OUT))
          .singleElement()
          .satisfies(n -> assertThat(n.detail()).startsWith("200 more notices 'wrong-bytes' of "));
      assertThat(station.desk.dropped().count(DropKind.NOTICES)).isEqualTo(200);
    }
  }

  private GateFixture rocks() {
    return new GateFixture(
        new SnapshotViewStore(
            RocksStore.open(folder.resolve("store"), RocksOptions.DEFAULT, Clock.systemUTC())));
  }

  private static void run(GateFixture station, int days) {
    for (int day = 0; day < days; day++) {
      station.clock.advance(Duration.ofDays(1));
      station.gate.retain();
    }
  }

  private static List<CrateId> publishAll(GateFixture station, String name, int versions) {
    List<CrateId> published = new ArrayList<>();
    for (int version = 0; version < versions; version++) {
      CrateBuilder crate = CrateBuilder.crate(name, "1.0." + version).file("src/lib.rs", "");
      published.add(station.publish(crate, 1));
    }
    return published;
  }

  private static DownloadOutcome download(GateFixture station, CrateId id, Requester asker) {
    return station.gate.download(id.name(), id.version(), id.cksum(), asker);
  }

  private static CrateId id(String name, String version) {
    return new CrateId(
        CrateName.parse(name), CrateVersion.parse(version), Sha256.of(Bytes.utf8(name + version)));
  }

  private static String address(int i) {
    return "10." + (i >> 16 & 255) + '.' + (i >> 8 & 255) + '.' + (i & 255);
  }

  private static QueuedRequest request(String name, int patch, Requester asker) {
    return new QueuedRequest(
        id(name, "1.0." + patch),
        GateFixture.START,
        GateFixture.START.plusMillis(patch),
        1,
        List.of(asker.toString()),
        List.of(),
        "cooldown");
  }

  private static Batch.Write put(String name, int patch, Requester asker) {
    return new Batch.Write.PutRequest(request(name, patch, asker));
  }

  private static Batch.Write access(LocalDate day, String name, String token) {
    return new Batch.Write.AddDownload(
        new DownloadRecord(day, id(name, "1.0.0"), token, CLIENT, 1));
  }

  private static Batch.Write lockfile(int daysOld) {
    var at = GateFixture.START.minus(Duration.ofDays(daysOld));
    var sighting = new SeenLockfile.Sighting("app", "ci", CLIENT, at, at);
    return new Batch.Write.PutLockfile(
        new SeenLockfile(
            Sha256.of(Bytes.utf8("lock " + daysOld)), List.of("serde 1.0.0"), List.of(sighting)));
  }

  private static List<DownloadRecord> accesses(GateFixture station) {
    try (Stream<DownloadRecord> all = station.store.accesses()) {
      return all.toList();
    }
  }

  private static List<Notice> notices(GateFixture station, Notice.Kind kind) {
    return station.desk.events(0, 10_000).stream()
        .flatMap(entry -> entry.event() instanceof Notice notice ? Stream.of(notice) : Stream.of())
        .filter(notice -> notice.kind() == kind)
        .toList();
  }
}
