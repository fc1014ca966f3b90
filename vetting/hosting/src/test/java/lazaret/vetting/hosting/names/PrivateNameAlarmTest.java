package lazaret.vetting.hosting.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import lazaret.testkit.ManualClock;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.AffectedVersions;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.SeverityRating;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.hosting.record.RaisedAlarm;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.origin.PatternOrigins;
import lazaret.vetting.roles.CratePattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrivateNameAlarmTest {
  private static final CrateName CORE = CrateName.parse("acme-core");
  private static final CrateName SERDE = CrateName.parse("serde");
  private static final PatternOrigins ORIGINS =
      new PatternOrigins(List.of(new CratePattern("acme-*")), List.of(), List.of());

  private final InMemoryStore store = new InMemoryStore();
  private final ManualClock clock = ManualClock.at("2026-11-24T12:00:00Z");
  private final PrivateNameAlarm alarm = new PrivateNameAlarm(store, ORIGINS, clock);

  @AfterEach
  void close() {
    store.close();
  }

  private List<Notice> raised(Notice.Kind kind) {
    try (Stream<LedgerEntry> entries = store.ledger(0)) {
      return entries
          .map(LedgerEntry::event)
          .filter(Notice.class::isInstance)
          .map(Notice.class::cast)
          .filter(notice -> notice.kind() == kind)
          .toList();
    }
  }

  @Test
  void alarmIsAcknowledgedOnce() {
    alarm.listed(CORE);
    assertThat(alarm.raised("", 10)).hasSize(1);
    RaisedAlarm raised = alarm.find(Notice.Kind.PRIVATE_NAME_PUBLIC, CORE, "").orElseThrow();
    assertThat(raised.acknowledged()).isNull();
    assertThat(alarm.open()).isEqualTo(1);

    clock.advance(Duration.ofHours(1));
    RaisedAlarm seen = alarm.acknowledge(List.of(raised), "ada").getFirst();
    clock.advance(Duration.ofHours(1));
    assertThat(alarm.acknowledge(List.of(seen), "ben").getFirst()).isEqualTo(seen);
    alarm.listed(CORE);

    assertThat(alarm.raised("", 10)).containsExactly(seen);
    assertThat(alarm.open()).isZero();
    assertThat(seen.by()).isEqualTo("ada");
    assertThat(seen.acknowledged()).isEqualTo(raised.raised().plus(Duration.ofHours(1)));
    assertThat(raised(Notice.Kind.PRIVATE_NAME_PUBLIC)).hasSize(1);
    assertThat(alarm.find(Notice.Kind.TWO_ORIGINS, CORE, "")).isEmpty();
  }

  /// A count of the first thousand alarms missed each one after them.
  @Test
  void openAlarmsAreCountedAndListedBeforeAThousandOthers() {
    for (int i = 0; i < 1_100; i++) {
      alarm.listed(CrateName.parse("acme-" + i));
    }
    assertThat(alarm.acknowledge(alarm.raised("", 1_100), "ada")).hasSize(1_100);
    assertThat(alarm.open()).isZero();

    alarm.listed(CrateName.parse("acme-z"));

    assertThat(alarm.open()).isEqualTo(1);
    assertThat(alarm.raised("", 1_000)).hasSize(1_000);
    assertThat(alarm.raised("", 1_000).getFirst().name().published()).isEqualTo("acme-z");
  }

  /// The pages are whole, also if alarms of the page before were acknowledged since.
  @Test
  void listContinuesAfterAPosition() {
    for (String name : List.of("acme-a", "acme-b", "acme-c", "acme-d")) {
      alarm.listed(CrateName.parse(name));
    }
    assertThat(alarm.acknowledge(List.of(alarm.raised("", 1).getFirst()), "ada")).hasSize(1);

    List<RaisedAlarm> first = alarm.raised("", 2);
    assertThat(names(first)).containsExactly("acme-b", "acme-c");
    assertThat(alarm.acknowledge(first, "ada")).hasSize(2);

    assertThat(names(alarm.raised(first.getLast().position(), 10)))
        .containsExactly("acme-d", "acme-a", "acme-b", "acme-c");
  }

  private static List<String> names(List<RaisedAlarm> alarms) {
    return alarms.stream().map(each -> each.name().published()).toList();
  }

  @Test
  void stoppedRequestsAreOneAlarmAnHourForAName() {
    alarm.stopped(CORE);
    alarm.stopped(CrateName.parse("ACME_core"));
    clock.advance(Duration.ofMinutes(59));
    alarm.stopped(CORE);
    assertThat(raised(Notice.Kind.PRIVATE_NAME_STOPPED)).hasSize(1);
    alarm.stopped(CrateName.parse("acme-app"));
    assertThat(raised(Notice.Kind.PRIVATE_NAME_STOPPED)).hasSize(2);

    clock.advance(Duration.ofMinutes(1));
    alarm.stopped(CORE);

    assertThat(raised(Notice.Kind.PRIVATE_NAME_STOPPED))
        .hasSize(3)
        .allSatisfy(notice -> assertThat(notice.kind().alarm()).isTrue());
  }

  /// A defect that stops requests for made-up names cannot fill the ledger.
  @Test
  void stoppedRequestsAreLimited() {
    for (int i = 0; i < 1_500; i++) {
      alarm.stopped(CrateName.parse("acme-" + i));
    }

    assertThat(raised(Notice.Kind.PRIVATE_NAME_STOPPED)).hasSize(1_000);
  }

  @Test
  void aPrivateNameInTheListOfAllNamesIsOneAlarm() {
    alarm.listed(SERDE);
    assertThat(raised(Notice.Kind.PRIVATE_NAME_PUBLIC)).isEmpty();

    alarm.listed(CORE);
    clock.advance(Duration.ofDays(1));
    alarm.listed(CrateName.parse("Acme_Core"));
    new PrivateNameAlarm(store, ORIGINS, clock).listed(CORE);

    assertThat(raised(Notice.Kind.PRIVATE_NAME_PUBLIC))
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.name()).isEqualTo(CORE);
              assertThat(notice.kind().alarm()).isTrue();
            });
  }

  @Test
  void storedPublicCratesWithReservedNamesAreOneAlarmEach() {
    Freshness read = new Freshness(Validators.NONE, clock.instant(), clock.instant());
    var _ =
        store.commit(
            Batch.synced(
                List.of(
                    new Batch.Write.PutCrate(StoreSamples.held("acme-core", "1.0.0")),
                    new Batch.Write.PutFreshness(CORE, read),
                    new Batch.Write.PutCrate(StoreSamples.held("serde", "1.0.0")),
                    new Batch.Write.PutFreshness(SERDE, read))));

    alarm.compareStored();
    alarm.compareStored();

    assertThat(raised(Notice.Kind.TWO_ORIGINS))
        .singleElement()
        .satisfies(
            notice ->
                assertThat(notice.name())
                    .isNotNull()
                    .extracting(CrateName::collisionKey)
                    .isEqualTo("acme_core"));
  }

  @Test
  void aPublicAdvisoryWithAPrivateNameIsOneAlarm() {
    List<Feed> feeds =
        List.of(
            feed("osv", FeedFormat.OSV, advisory("RUSTSEC-1", CORE), advisory("RUSTSEC-2", SERDE)),
            feed("own", FeedFormat.LOCAL, advisory("ACME-1", CORE)));

    alarm.compareAdvisories(feeds);
    alarm.compareAdvisories(feeds);
    alarm.compareAdvisories(List.of(feed("osv", FeedFormat.OSV, advisory("RUSTSEC-3", CORE))));

    assertThat(raised(Notice.Kind.PRIVATE_NAME_ADVISED))
        .extracting(Notice::detail)
        .satisfiesExactly(
            first -> assertThat(first).contains("RUSTSEC-1"),
            second -> assertThat(second).contains("RUSTSEC-3"));
  }

  private Feed feed(String name, FeedFormat format, Advisory... advisories) {
    return new Feed(
        new FeedInfo(name, format, name, clock.instant(), null, advisories.length, 0),
        List.of(advisories));
  }

  private static Advisory advisory(String id, CrateName crate) {
    return new Advisory(
        id,
        "osv",
        List.of(),
        crate,
        AdvisoryKind.VULNERABILITY,
        SeverityRating.UNKNOWN,
        "a title",
        null,
        null,
        false,
        AffectedVersions.ALL,
        Advisory.Scope.ALL,
        false,
        List.of());
  }
}
