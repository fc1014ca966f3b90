package lazaret.mirror.upstream;

import static lazaret.mirror.upstream.UpstreamFixture.ARTIFACT;
import static lazaret.mirror.upstream.UpstreamFixture.INDEX;
import static lazaret.mirror.upstream.UpstreamFixture.assertFresh;
import static lazaret.mirror.upstream.UpstreamFixture.assertReceived;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lazaret.mirror.outbound.CircuitBreaker;
import lazaret.mirror.outbound.FailureKind;
import lazaret.mirror.outbound.UpstreamOptions.Limits;
import lazaret.mirror.outbound.UpstreamOptions.RateLimits;
import lazaret.mirror.outbound.UpstreamOrigin;
import lazaret.testkit.Fault;
import lazaret.vetting.gate.upstream.Upstream.ArtifactResponse;
import lazaret.vetting.gate.upstream.Upstream.IndexResponse;
import org.junit.jupiter.api.Test;

/// Requests that are not sent to upstream: beyond the budget, while it is down, and for its
/// `config.json`.
class HttpUpstreamRestraintTest {
  private static final String LEFT_ALONE =
      "upstream failed several times in a row; requests to it pause for a moment";

  @Test
  void circuitOpensAfterFailuresAndSparesClientsTheTimeout() {
    try (var fixture = new UpstreamFixture()) {
      fixture.remote.script(INDEX, Fault.status(500));
      for (int i = 0; i < 3; i++) {
        fixture.index();
      }
      int asked = fixture.remote.count(INDEX);

      IndexResponse.Unavailable answer = (IndexResponse.Unavailable) fixture.index();

      assertThat(asked).isEqualTo(CircuitBreaker.THRESHOLD);
      assertThat(answer.why()).isEqualTo(LEFT_ALONE);
      assertThat(answer.retryAfter()).isBetween(Duration.ofSeconds(3), CircuitBreaker.FIRST_REST);
      assertThat(fixture.remote.count(INDEX)).isEqualTo(asked);
      assertThat(fixture.upstream.meters().circuitOpen(UpstreamOrigin.INDEX)).isTrue();
      assertThat(fixture.upstream.meters().circuitOpen(UpstreamOrigin.ARTIFACTS)).isFalse();
      assertThat(fixture.upstream.meters().failures(FailureKind.CIRCUIT)).isPositive();
    }
  }

  @Test
  void circuitOfOneOriginLeavesTheOtherAlone() {
    try (var fixture = new UpstreamFixture()) {
      assertReceived(fixture.artifact());
      fixture.remote.script(ARTIFACT, new Fault.Truncate(10));
      for (int i = 0; i < 3; i++) {
        fixture.artifact();
      }

      assertThat(fixture.whyNoArtifact()).isEqualTo(LEFT_ALONE);
      assertFresh(fixture.index());
    }
  }

  @Test
  void requestsBeyondTheBudgetAreNotSent() {
    try (var fixture = new UpstreamFixture(options -> options.withBudget(new RateLimits(1, 0)))) {
      // The burst is ten; of those beyond, two wait for their turns for the two seconds of a
      // connection.
      for (int i = 0; i < 10; i++) {
        assertFresh(fixture.index());
      }

      List<IndexResponse> answers = ask(fixture, 6);

      assertThat(answers.stream().filter(IndexResponse.Unavailable.class::isInstance))
          .hasSizeBetween(1, 4)
          .allSatisfy(
              answer ->
                  assertThat(UpstreamFixture.why(answer))
                      .isEqualTo("the budget of 1 requests a second to upstream is spent"));
      assertThat(fixture.upstream.meters().failures(FailureKind.BUDGET)).isBetween(1L, 4L);
    }
  }

  @Test
  void bytesOfTheDayEndAtMidnight() {
    try (var fixture =
        new UpstreamFixture(options -> options.withBudget(new RateLimits(0, 20_000)))) {
      assertReceived(fixture.artifact());

      ArtifactResponse.Unavailable spent = (ArtifactResponse.Unavailable) fixture.artifact();

      assertThat(spent.why()).isEqualTo("today's budget of 20000 bytes from upstream is spent");
      assertThat(spent.retryAfter()).isEqualTo(Duration.ofHours(12));
      assertThat(fixture.whyNoIndex()).isEqualTo(spent.why());
      assertThat(fixture.upstream.meters().bytesLeftToday()).isZero();
      fixture.clock.advance(Duration.ofHours(12));
      assertReceived(fixture.artifact());
    }
  }

  @Test
  void neverMoreRequestsUnderWayThanAllowed() {
    try (var fixture =
        new UpstreamFixture(options -> options.withLimits(new Limits(1 << 20, 1 << 20, 2)))) {
      fixture.remote.latency(Duration.ofMillis(100));
      long start = System.nanoTime();

      List<IndexResponse> answers = ask(fixture, 8);

      assertThat(answers).allSatisfy(UpstreamFixture::assertFresh);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(390));
    }
  }

  @Test
  void manyAtOnceAreAllAnswered() {
    try (var fixture = new UpstreamFixture()) {
      assertThat(ask(fixture, 200)).allSatisfy(UpstreamFixture::assertFresh);
    }
  }

  @Test
  void configIsAskedForAnewAfterAnHour() {
    try (var fixture = new UpstreamFixture()) {
      fixture.artifact();
      fixture.clock.advance(Duration.ofMinutes(59));
      fixture.artifact();
      assertThat(fixture.remote.count("/index/config.json")).isEqualTo(1);
      String moved = fixture.remote.artifactUrl() + "/{crate}/{crate}-{version}.crate";
      fixture.remote.dl(moved);

      fixture.clock.advance(Duration.ofMinutes(1));

      assertReceived(fixture.artifact());
      assertThat(fixture.remote.count("/index/config.json")).isEqualTo(2);
      assertThat(fixture.remote.count("/crates/serde/serde-1.0.0+a.crate")).isEqualTo(1);
    }
  }

  @Test
  void oldConfigIsKeptWhereTheNewOneCannotBeHad() {
    try (var fixture = new UpstreamFixture()) {
      fixture.artifact();
      fixture.remote.script("/index/config.json", Fault.html());
      fixture.clock.advance(Duration.ofHours(1));

      assertReceived(fixture.artifact());
      assertReceived(fixture.artifact());
      assertThat(fixture.remote.count("/index/config.json")).isEqualTo(2);

      fixture.clock.advance(Duration.ofMinutes(1));
      assertReceived(fixture.artifact());
      assertThat(fixture.remote.count("/index/config.json")).isEqualTo(3);
    }
  }

  @Test
  void oneRequestForConfigHoweverManyNeedIt() throws Exception {
    try (var fixture = new UpstreamFixture();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      fixture.remote.latency(Duration.ofMillis(100));
      List<Future<ArtifactResponse>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(threads.submit(fixture::artifact));
      }
      for (Future<ArtifactResponse> answer : answers) {
        assertReceived(answer.get());
      }
      assertThat(fixture.remote.count("/index/config.json")).isEqualTo(1);
    }
  }

  private static List<IndexResponse> ask(UpstreamFixture fixture, int times) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<IndexResponse>> answers = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        answers.add(threads.submit(fixture::index));
      }
      return answers.stream().map(HttpUpstreamRestraintTest::result).toList();
    }
  }

  private static <T> T result(Future<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
