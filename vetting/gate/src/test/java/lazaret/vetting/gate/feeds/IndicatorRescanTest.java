package lazaret.vetting.gate.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.context.GateCounters.Count;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Indicators that a feed names later are found in artifacts that were inspected before.
class IndicatorRescanTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String BAD = "pub const A: &str = \"drop.evil.invalid\";";
  private static final String NAMES =
      "[[advisory]]\nid = \"A-1\"\nreason = \"r\"\niocs = [\"drop.evil.invalid\"]\n";

  private final GateFixture station = new GateFixture();
  private CrateId bad = station.publish("none", "0.0.0", 0);
  private CrateId good = bad;

  @BeforeEach
  void publish() {
    bad = published("carrier", BAD);
    good = published("honest", "pub const A: &str = \"docs.rs\";");
  }

  @AfterEach
  void close() {
    station.close();
  }

  @Test
  void withdrawsWhatHoldsThemAndTellsWhoHasIt() {
    station.gate.start();

    take("names", NAMES);

    await(() -> station.download(bad) instanceof DownloadOutcome.Withheld);
    assertThat(((DownloadOutcome.Withheld) station.download(bad)).verdict().reason().code())
        .isEqualTo(Reason.Code.MALWARE_SIGNAL);
    assertThat(station.download(good)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(details(Notice.Kind.ADVISORY_APPLIES))
        .singleElement()
        .asString()
        .startsWith("no longer served: ioc-text at src/lib.rs:1: ")
        .contains("handed out to ci from 127.0.0.1");
  }

  @Test
  void findsWhatIsPutTogetherFromPieces() {
    CrateId parted =
        published("parted", "pub const A: &str = concat!(\"drop.ev\", \"il.invalid\");");
    station.gate.start();

    take("names", NAMES);

    await(() -> station.download(parted) instanceof DownloadOutcome.Withheld);
  }

  @Test
  void looksFirstAtWhatWasHandedOutAndTheLatestOfThatFirst() {
    CrateId unused = prefetched("a-nobody-has-it");
    CrateId early = published("b-had-before", BAD);
    station.clock.advance(Duration.ofDays(1));
    CrateId late = published("c-had-lately", BAD);

    take("names", NAMES);
    station.gate.start();

    await(() -> details(Notice.Kind.ADVISORY_APPLIES).size() == 4);
    assertThat(
            station.desk.events(0, 1_000).stream()
                .map(LedgerEntry::event)
                .filter(Notice.class::isInstance)
                .map(Notice.class::cast)
                .filter(notice -> notice.kind() == Notice.Kind.ADVISORY_APPLIES)
                .map(Notice::name))
        .startsWith(late.name())
        .containsSubsequence(late.name(), early.name(), unused.name());
  }

  @Test
  void servesAgainWhatAFeedTakesBack() {
    station.gate.start();
    take("names", NAMES);
    await(() -> station.download(bad) instanceof DownloadOutcome.Withheld);

    assertThat(station.desk.feeds().remove("names", "test")).isPresent();

    await(() -> station.download(bad) instanceof DownloadOutcome.Served);
    assertThat(details(Notice.Kind.ADVISORY_WITHDRAWN)).hasSize(1);
  }

  @Test
  void makesUpForWhatArrivedWhileItDidNotRun() {
    take("names", NAMES);
    assertThat(station.download(bad)).isInstanceOf(DownloadOutcome.Served.class);

    station.gate.start();

    await(() -> station.download(bad) instanceof DownloadOutcome.Withheld);
  }

  @Test
  void looksAgainOnlyWhereTheIndicatorsAreOthers() {
    station.gate.start();
    await(() -> done().isPresent());
    long before = station.gate.meters().value(Count.ARTIFACTS_RESCANNED);
    Optional<Bytes> first = done();

    take("ban", "[[advisory]]\nid = \"A-2\"\nreason = \"r\"\ncrate = \"honest\"\n");
    take("more", "[[advisory]]\nid = \"A-3\"\nreason = \"r\"\niocs = [\"third.evil.invalid\"]\n");
    // One read, because the row is empty in between.
    await(() -> done().filter(now -> !first.equals(Optional.of(now))).isPresent());

    assertThat(station.gate.meters().value(Count.ARTIFACTS_RESCANNED)).isEqualTo(before + 2);
  }

  private Optional<Bytes> done() {
    return station.store.meta("rescan.done").filter(digest -> !digest.text().isEmpty());
  }

  private CrateId published(String name, String source) {
    CrateBuilder crate = CrateBuilder.crate(name, "1.0.0").file("src/lib.rs", source);
    CrateId id = station.publish(crate, 100);
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    return id;
  }

  private CrateId prefetched(String name) {
    CrateId id = station.publish(CrateBuilder.crate(name, "1.0.0").file("src/lib.rs", BAD), 100);
    WantedVersion wanted = new WantedVersion(id.name(), id.version(), id.cksum(), null);
    assertThat(station.desk.prefetch(wanted, new Requester("ci", "127.0.0.1")))
        .isInstanceOf(DownloadOutcome.Served.class);
    return id;
  }

  private void take(String name, String text) {
    var source = new FeedSource(name, FeedFormat.LOCAL, "test", GateFixture.START);
    var delivery = new FeedService.FeedDelivery(source, Validators.NONE, false, "test");
    assertThat(station.desk.feeds().accept(delivery, Bytes.utf8(text)))
        .isInstanceOf(FeedUpdateReport.Accepted.class);
  }

  private List<String> details(Notice.Kind kind) {
    return station.desk.events(0, 1_000).stream()
        .map(LedgerEntry::event)
        .filter(Notice.class::isInstance)
        .map(Notice.class::cast)
        .filter(notice -> notice.kind() == kind)
        .map(Notice::detail)
        .toList();
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        fail("did not happen within %s", PATIENCE);
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
