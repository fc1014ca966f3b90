package lazaret.vetting.hosting.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.hosting.record.RaisedAlarm;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.origin.PatternOrigins;
import lazaret.vetting.roles.CratePattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NameAlarmRegisterTest {
  private static final CrateName CORE = CrateName.parse("acme-core");

  private final InMemoryStore store = new InMemoryStore();
  private final ManualClock clock = ManualClock.at("2026-11-24T12:00:00Z");
  private final PrivateNameAlarm alarm =
      new PrivateNameAlarm(
          store,
          new PatternOrigins(List.of(new CratePattern("acme-*")), List.of(), List.of()),
          clock);
  private final NameAlarmRegister alarms = new NameAlarmRegister(store);

  @AfterEach
  void close() {
    store.close();
  }

  private Batch.Write append(Notice.Kind kind, String name, @Nullable String version) {
    return new Batch.Write.Append(
        new Notice(
            kind, clock.instant(), Notice.GATE, CrateName.parse(name), version, "a sentence"));
  }

  private void happens(Notice.Kind kind, String name, @Nullable String version) {
    var _ = store.commit(Batch.synced(List.of(append(kind, name, version))));
    clock.advance(Duration.ofSeconds(1));
    alarms.collect();
  }

  private void acknowledge(Notice.Kind kind, String name, String about) {
    RaisedAlarm raised = alarm.find(kind, CrateName.parse(name), about).orElseThrow();
    assertThat(alarm.acknowledge(List.of(raised), "ada").getFirst().by()).isEqualTo("ada");
    clock.advance(Duration.ofSeconds(1));
  }

  @Test
  void stoppedRequestIsOpenAgainAfterTheNext() {
    alarm.stopped(CORE);
    alarms.collect();
    assertThat(alarm.open()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    acknowledge(Notice.Kind.PRIVATE_NAME_STOPPED, "acme-core", "");
    alarms.collect();
    assertThat(alarm.open()).isZero();

    clock.advance(Duration.ofHours(1));
    alarm.stopped(CORE);
    alarms.collect();

    assertThat(alarm.open()).isEqualTo(1);
    assertThat(alarm.raised("", 10)).hasSize(1);
  }

  @Test
  void versionWithPrivateBytesStaysAcknowledged() {
    happens(Notice.Kind.TWO_ORIGINS, "lure", "1.0.0");
    acknowledge(Notice.Kind.TWO_ORIGINS, "lure", "1.0.0");
    happens(Notice.Kind.TWO_ORIGINS, "lure", "1.0.0");
    assertThat(alarm.open()).isZero();

    happens(Notice.Kind.TWO_ORIGINS, "lure", "1.1.0");

    assertThat(alarm.raised("", 10))
        .extracting(RaisedAlarm::about)
        .containsExactly("1.1.0", "1.0.0");
    assertThat(alarm.open()).isEqualTo(1);
  }

  @Test
  void alarmsThatAreStoredAlreadyAndOtherNoticesAddNone() {
    alarm.listed(CORE);
    acknowledge(Notice.Kind.PRIVATE_NAME_PUBLIC, "acme-core", "");
    happens(Notice.Kind.PRIVATE_NAME_PUBLIC, "acme-core", null);
    happens(Notice.Kind.VERSION_PUBLISHED, "acme-core", "1.0.0");
    assertThat(alarm.raised("", 10)).hasSize(1);
    assertThat(alarm.open()).isZero();

    happens(Notice.Kind.PRIVATE_NAME_PUBLIC, "acme-app", null);

    assertThat(alarm.open()).isEqualTo(1);
    assertThat(store.meta(MetaKey.NAME_ALARMS_REACHED)).contains(Bytes.utf8("4"));
  }

  /// A lockfile can have any number of made-up names, and they cannot displace an open alarm.
  @Test
  void alarmsOfOneKindAreLimited() {
    Notice.Kind kind = Notice.Kind.PRIVATE_NAME_IN_PUBLIC_SOURCE;
    List<Batch.Write> all = new ArrayList<>();
    for (int i = 0; i < NameAlarmRegister.MAX_STORED; i++) {
      all.add(append(kind, "acme-" + i, null));
    }
    var _ = store.commit(Batch.synced(all));
    clock.advance(Duration.ofSeconds(1));
    alarms.collect();
    happens(kind, "acme-core", null);
    assertThat(alarm.open()).isEqualTo(NameAlarmRegister.MAX_STORED);
    assertThat(alarm.find(kind, CORE, "")).isEmpty();

    acknowledge(kind, "acme-7", "");
    happens(kind, "acme-core", null);

    assertThat(alarm.open()).isEqualTo(NameAlarmRegister.MAX_STORED);
    assertThat(alarm.find(kind, CORE, "")).isPresent();
    assertThat(alarm.find(kind, CrateName.parse("acme-7"), "")).isEmpty();
    happens(Notice.Kind.TWO_ORIGINS, "lure", "1.0.0");
    assertThat(alarm.open()).isEqualTo(NameAlarmRegister.MAX_STORED + 1);
  }
}
