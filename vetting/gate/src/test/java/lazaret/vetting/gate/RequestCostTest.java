package lazaret.vetting.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.CountingStore;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.search.SearchResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Security finding 10 and reliability finding F11: the cost of one request must not grow with the
/// size of the store. Counts rows, not time.
class RequestCostTest {
  private static final Instant OLD = GateFixture.START.minus(Duration.ofDays(400));

  private final CountingStore counting = new CountingStore();
  private final GateFixture station =
      new GateFixture(counting.around(new SnapshotViewStore(new InMemoryStore())));

  @AfterEach
  void close() {
    station.close();
  }

  private List<CrateId> hold(String name, int versions, Instant published) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < versions; i++) {
      String version = "1.%d.%d".formatted(i / 10, i % 10);
      lines.append(
          "{\"name\":\"%s\",\"vers\":\"%s\",\"deps\":[],\"cksum\":\"%s\",\"features\":{},\"yanked\":false,\"pubtime\":\"%s\"}\n"
              .formatted(name, version, Sha256.of(Bytes.utf8(name + version)).hex(), published));
    }
    station.desk.imports().index(CrateName.parse(name), Bytes.utf8(lines.toString()));
    confirm(name);
    return IndexFile.parse(CrateName.parse(name), Bytes.utf8(lines.toString()), IndexLimits.DEFAULT)
        .entries()
        .stream()
        .map(entry -> entry.id())
        .toList();
  }

  /// Confirms the index of a crate. A crate that was imported from a folder is confirmed at the
  /// next request, which is not measured here.
  private void confirm(String name) {
    Freshness now = new Freshness(Validators.NONE, GateFixture.START, GateFixture.START);
    station.store.commit(
        Batch.relaxed(List.of(new Batch.Write.PutFreshness(CrateName.parse(name), now))));
  }

  private long searched(String words) {
    counting.reads();
    SearchResult _ = station.desk.search(words, 10);
    return counting.reads();
  }

  /// Returns the reads of a status. The first status writes the collected verdicts.
  private long asked() {
    var _ = station.desk.status();
    counting.reads();
    var _ = station.desk.status();
    return counting.reads();
  }

  @Test
  void searchAndStatusReadAsMuchOfThreeHundredCratesAsOfThirty() {
    for (int i = 0; i < 30; i++) {
      var _ = hold("crate-" + i, 3, OLD);
    }
    var _ = station.desk.search("", 10);
    long none = searched("nothing");
    long many = searched("crate");
    long all = searched("");
    long status = asked();
    for (int i = 30; i < 300; i++) {
      var _ = hold("crate-" + i, 3, OLD);
    }

    assertThat(searched("nothing")).isEqualTo(none).isZero();
    assertThat(searched("crate")).isEqualTo(many).isEqualTo(10);
    assertThat(searched("")).isEqualTo(all).isEqualTo(10);
    assertThat(asked()).isEqualTo(status).isLessThan(10);
    assertThat(station.desk.status().crates()).isEqualTo(300);
    assertThat(station.desk.search("crate", 10).total()).isEqualTo(300);
  }

  @Test
  void searchFindsWhatCameAfterTheNamesWereRead() {
    var _ = hold("alpha", 1, OLD);
    assertThat(station.desk.search("beta", 10).hits()).isEmpty();

    var _ = hold("beta", 2, OLD);
    var _ = hold("beta-young", 2, GateFixture.START);

    SearchResult found = station.desk.search("BETA", 10);
    assertThat(found.hits()).hasSize(1);
    assertThat(found.hits().getFirst().newest().text()).isEqualTo("1.0.1");
    assertThat(found.total()).isEqualTo(2);
  }

  @Test
  void searchFollowsADecisionAtOnceAndTimeWhenItIsAsked() {
    List<CrateId> old = hold("alpha", 2, OLD);
    var _ = hold("alpha-young", 1, GateFixture.START);
    assertThat(newest("alpha")).containsExactly("1.0.1");

    station.decide(Decision.Kind.DENY, old.get(1));
    assertThat(newest("alpha")).containsExactly("1.0.0");
    station.decide(Decision.Kind.DENY, old.get(0));
    assertThat(newest("alpha")).isEmpty();

    station.clock.advance(Duration.ofDays(30));
    assertThat(newest("alpha")).containsExactly("1.0.0");
  }

  private List<String> newest(String words) {
    return station.desk.search(words, 10).hits().stream().map(hit -> hit.newest().text()).toList();
  }

  @Test
  void refusalReadsTheSameOfTwentyAndOfEightHundredVersions() {
    List<CrateId> few = hold("few", 20, GateFixture.START);
    List<CrateId> many = hold("many", 800, GateFixture.START);
    refuse(few.get(3));
    refuse(many.get(3));

    counting.reads();
    refuse(few.get(5));
    long ofFew = counting.reads();
    for (CrateId id : many) {
      refuse(id);
      assertThat(counting.reads()).isLessThanOrEqualTo(ofFew);
    }
  }

  private void refuse(CrateId id) {
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
  }
}
