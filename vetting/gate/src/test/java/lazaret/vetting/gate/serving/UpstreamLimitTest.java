package lazaret.vetting.gate.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.shares.ActingClient;
import lazaret.vetting.gate.shares.UpstreamLimit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A client whose limit permits no request to upstream is served from the store.
class UpstreamLimitTest {
  private static final Duration PAUSE = Duration.ofSeconds(7);
  private static final UpstreamLimit SPENT = () -> Optional.of(PAUSE);

  private final GateFixture station = new GateFixture();
  private final AtomicInteger permits = new AtomicInteger();
  private final UpstreamLimit counted =
      () -> {
        permits.incrementAndGet();
        return Optional.empty();
      };

  @AfterEach
  void close() {
    station.close();
  }

  private IndexOutcome index(UpstreamLimit limit, String name) {
    return ActingClient.of("client", limit, () -> station.gate.index(CrateName.parse(name)));
  }

  private DownloadOutcome download(UpstreamLimit limit, CrateId id) {
    return ActingClient.of("client", limit, () -> station.download(id));
  }

  @Test
  void unknownNameIsUnavailableForTheTimeOfTheLimit() {
    station.publish("alpha", "1.0.0", 100);

    assertThat(index(SPENT, "alpha"))
        .isEqualTo(
            new IndexOutcome.Unavailable(
                "the client's share of requests to upstream is spent", PAUSE));
    assertThat(station.upstream.indexRequests).hasValue(0);
  }

  @Test
  void refusalIsNotRememberedForOtherClients() {
    station.publish("alpha", "1.0.0", 100);
    index(SPENT, "alpha");

    assertThat(index(UpstreamLimit.NONE, "alpha")).isInstanceOf(IndexOutcome.Served.class);
  }

  @Test
  void nameThatAnotherClientFoundAbsentMeanwhileIsNotRequestedAgain() {
    UpstreamLimit meanwhile =
        () -> {
          assertThat(index(UpstreamLimit.NONE, "alpha")).isInstanceOf(IndexOutcome.Absent.class);
          return Optional.empty();
        };

    assertThat(index(meanwhile, "alpha")).isInstanceOf(IndexOutcome.Absent.class);

    assertThat(station.upstream.indexRequests).hasValue(1);
  }

  @Test
  void storedIndexFileIsServedStale() {
    station.publish("alpha", "1.0.0", 100);
    index(UpstreamLimit.NONE, "alpha");
    int asked = station.upstream.indexRequests.get();
    station.clock.advance(Duration.ofDays(1));

    assertThat(index(SPENT, "alpha"))
        .isInstanceOfSatisfying(
            IndexOutcome.Served.class, served -> assertThat(served.stale()).isTrue());
    assertThat(station.upstream.indexRequests).hasValue(asked);
  }

  @Test
  void artifactThatIsNotStoredIsUnavailable() {
    CrateId id = station.publish("alpha", "1.0.0", 100);
    index(UpstreamLimit.NONE, "alpha");

    assertThat(download(SPENT, id))
        .isEqualTo(
            new DownloadOutcome.Unavailable(
                "the client's share of requests to upstream is spent", PAUSE));
    assertThat(station.upstream.artifactRequests).hasValue(0);
    assertThat(download(UpstreamLimit.NONE, id)).isInstanceOf(DownloadOutcome.Served.class);
  }

  @Test
  void storedDataNeedsNoPermit() {
    CrateId id = station.publish("alpha", "1.0.0", 100);
    download(UpstreamLimit.NONE, id);

    assertThat(index(counted, "alpha")).isInstanceOf(IndexOutcome.Served.class);
    assertThat(download(counted, id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(permits).hasValue(0);
  }

  @Test
  void eachRequestToUpstreamNeedsAPermit() {
    CrateId id = station.publish("alpha", "1.0.0", 100);

    index(counted, "alpha");
    download(counted, id);

    assertThat(permits).hasValue(2);
  }

  @Test
  void carriedWorkHasTheLimitOfItsClient() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    var work =
        ActingClient.of(
            "client",
            SPENT,
            () ->
                ActingClient.<Integer, String>carried(
                    number -> {
                      ActingClient.limit().take().ifPresent(_ -> refused.addAndGet(number));
                      return ActingClient.current().orElse("none");
                    }));

    String[] seen = new String[1];
    Thread.ofVirtual().start(() -> seen[0] = work.apply(3)).join();

    assertThat(seen[0]).isEqualTo("client");
    assertThat(refused).hasValue(3);
    assertThat(ActingClient.limit()).isSameAs(UpstreamLimit.NONE);
  }
}
