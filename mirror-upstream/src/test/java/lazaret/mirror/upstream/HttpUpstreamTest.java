package lazaret.mirror.upstream;

import static lazaret.mirror.upstream.UpstreamFixture.ARTIFACT;
import static lazaret.mirror.upstream.UpstreamFixture.INDEX;
import static lazaret.mirror.upstream.UpstreamFixture.LINES;
import static lazaret.mirror.upstream.UpstreamFixture.SERDE;
import static lazaret.mirror.upstream.UpstreamFixture.assertFresh;
import static lazaret.mirror.upstream.UpstreamFixture.assertReceived;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lazaret.mirror.outbound.FailureKind;
import lazaret.mirror.outbound.OutboundNameCheck;
import lazaret.mirror.outbound.UpstreamOrigin;
import lazaret.testkit.Fault;
import lazaret.testkit.RecordedRequest;
import lazaret.testkit.RequestNumber;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.upstream.Upstream.ArtifactResponse;
import lazaret.vetting.gate.upstream.Upstream.IndexResponse;
import lazaret.vetting.index.Validators;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.origin.NameOrigins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUpstreamTest {
  private final UpstreamFixture fixture = new UpstreamFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void fetchesAnIndexFileAndTheArtifactFromTheOriginThatConfigNames() {
    assertFresh(fixture.index());
    assertReceived(fixture.artifact());
    assertReceived(fixture.artifact());

    assertThat(fixture.remote.count("*")).isEqualTo(4);
    assertThat(fixture.remote.count("/index/config.json")).isEqualTo(1);
    assertThat(fixture.remote.count("/crates/serde/1.0.0+a/download")).isEqualTo(2);
    assertThat(fixture.upstream.meters().requests(UpstreamOrigin.INDEX)).isEqualTo(2);
    assertThat(fixture.upstream.meters().requests(UpstreamOrigin.ARTIFACTS)).isEqualTo(2);
    assertThat(fixture.upstream.meters().bytes()).isGreaterThan(80_000 + LINES.length());
  }

  @Test
  void saysWhoAsksAndWhatItTakes() {
    fixture.index();
    fixture.artifact();

    RecordedRequest index = fixture.remote.requests(INDEX).getFirst();
    assertThat(index.header("user-agent")).hasValue("lazaret/dev (+ops@example.org)");
    assertThat(index.header("accept-encoding")).hasValue("gzip");
    assertThat(index.header("authorization")).isEmpty();
    assertThat(index.header("if-none-match")).isEmpty();
    RecordedRequest artifact = fixture.remote.requests(ARTIFACT).getFirst();
    assertThat(artifact.header("user-agent")).hasValue("lazaret/dev (+ops@example.org)");
    assertThat(artifact.header("accept-encoding")).hasValue("identity");
  }

  @Test
  void keepsValidatorsAndRevalidatesWithTheEntityTag() {
    IndexResponse.Fresh first = (IndexResponse.Fresh) fixture.index();

    IndexResponse second = fixture.upstream.index(SERDE, first.validators());

    assertThat(first.validators().lastModified()).isEqualTo("Tue, 24 Nov 2026 12:00:00 GMT");
    assertThat(second).isInstanceOf(IndexResponse.NotModified.class);
    RecordedRequest asked = fixture.remote.requests(INDEX).getLast();
    assertThat(asked.header("if-none-match")).hasValue(first.validators().etag());
    assertThat(asked.header("if-modified-since")).isEmpty();
  }

  @Test
  void revalidatesWithTheDateWhereThereIsNoEntityTag() {
    fixture.remote.script(INDEX, Fault.status(304));

    IndexResponse answer =
        fixture.upstream.index(SERDE, new Validators(null, "Tue, 24 Nov 2026 12:00:00 GMT"));

    assertThat(answer).isInstanceOf(IndexResponse.NotModified.class);
    assertThat(fixture.remote.requests(INDEX).getLast().header("if-modified-since"))
        .hasValue("Tue, 24 Nov 2026 12:00:00 GMT");
  }

  @Test
  void takesTheWholeFileWhenTheEntityTagIsAnotherOne() {
    fixture.remote.script(INDEX, new Fault.Etag("W/\"other\""));

    IndexResponse answer = fixture.upstream.index(SERDE, new Validators("\"mine\"", null));

    assertFresh(answer);
    assertThat(((IndexResponse.Fresh) answer).validators().etag()).isEqualTo("W/\"other\"");
  }

  @Test
  void learnsNothingFromNotModifiedThatWasNotAskedFor() {
    fixture.remote.script(INDEX, Fault.status(304));

    assertThat(fixture.whyNoIndex()).isEqualTo("upstream returned 304 to an unconditional request");
  }

  @Test
  void sendsNoValidatorThatCannotStandInAHeader() {
    String injected = "\"a\"\r\nX-Injected: 1";

    assertFresh(fixture.upstream.index(SERDE, new Validators(injected, "x".repeat(600))));

    RecordedRequest asked = fixture.remote.requests(INDEX).getLast();
    assertThat(asked.header("if-none-match")).isEmpty();
    assertThat(asked.header("if-modified-since")).isEmpty();
    assertThat(asked.header("x-injected")).isEmpty();
  }

  @Test
  void takesOnly404OfAnIndexFileForAbsence() {
    fixture.remote.script(INDEX, Fault.status(404));

    assertThat(fixture.index()).isEqualTo(new IndexResponse.Absent(404));
    assertThat(fixture.remote.count(INDEX)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404})
  void takesOnlyTwoStatusesOfAnArtifactForAbsence(int status) {
    fixture.remote.script(ARTIFACT, Fault.status(status));

    assertThat(fixture.artifact()).isEqualTo(new ArtifactResponse.Absent(status));
    assertThat(fixture.remote.count(ARTIFACT)).isEqualTo(1);
  }

  @Test
  void unknownCrateAndMissingArtifactAreAbsentAsTheRealHostsPutIt() {
    assertThat(fixture.upstream.index(CrateName.parse("nobody"), Validators.NONE))
        .isEqualTo(new IndexResponse.Absent(404));
  }

  @ParameterizedTest
  @ValueSource(ints = {206, 300, 301, 400, 401, 403, 405, 407, 410, 418, 451})
  void learnsNothingFromAnyOtherStatusOfAnIndexFile(int status) {
    fixture.remote.script(INDEX, Fault.status(status));

    assertThat(fixture.whyNoIndex()).startsWith("upstream returned " + status);
    assertThat(fixture.remote.count(INDEX)).isEqualTo(1);
    assertThat(fixture.upstream.meters().failures(FailureKind.STATUS)).isEqualTo(1);
  }

  @Test
  void pointsAtCredentialsWhenUpstreamWantsThem() {
    fixture.remote.script(INDEX, Fault.status(401));

    assertThat(fixture.whyNoIndex())
        .isEqualTo("upstream returned 401: check the credentials for upstream");
  }

  @ParameterizedTest
  @ValueSource(ints = {206, 304, 400, 401})
  void learnsNothingFromAnyOtherStatusOfAnArtifact(int status) {
    fixture.remote.script(ARTIFACT, Fault.status(status));

    assertThat(fixture.whyNoArtifact()).startsWith("upstream returned " + status);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 502, 503, 504})
  void asksAgainAfterServerErrorsAndGivesUpInBounds(int status) {
    fixture.remote.script("*", Fault.status(status));

    assertThat(fixture.whyNoIndex()).endsWith("answered " + status + ", 3 times in a row");
    assertThat(fixture.remote.count(INDEX)).isEqualTo(3);
    assertThat(fixture.upstream.meters().retries()).isEqualTo(2);
    assertThat(fixture.upstream.meters().failures(FailureKind.SERVER_ERROR)).isEqualTo(3);
  }

  @Test
  void succeedsWhenAServerErrorPasses() {
    fixture.remote.script("*", RequestNumber.first(2), Fault.status(500));

    assertFresh(fixture.index());
    assertReceived(fixture.artifact());
  }

  @Test
  void sitsOutAShortRetryAfter() {
    fixture.remote.script(
        INDEX, RequestNumber.only(1), Fault.status(429, Map.of("Retry-After", "1")));
    long start = System.nanoTime();

    assertFresh(fixture.index());

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
    assertThat(fixture.upstream.meters().failures(FailureKind.TOO_MANY_REQUESTS)).isEqualTo(1);
  }

  @Test
  void passesALongRetryAfterOnAndLeavesUpstreamAloneUntilThen() {
    fixture.remote.script(INDEX, Fault.status(429, Map.of("Retry-After", "60")));

    IndexResponse.Unavailable first = (IndexResponse.Unavailable) fixture.index();
    IndexResponse.Unavailable second = (IndexResponse.Unavailable) fixture.index();

    assertThat(first.why()).endsWith("answered 429");
    assertThat(first.retryAfter()).isEqualTo(Duration.ofSeconds(60));
    assertThat(second.why()).isEqualTo("upstream asked for a pause");
    assertThat(second.retryAfter()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
    assertThat(fixture.remote.count(INDEX)).isEqualTo(1);
  }

  @Test
  void passesTheRetryAfterDateOfA503On() {
    fixture.remote.script(
        INDEX, Fault.status(503, Map.of("Retry-After", "Tue, 24 Nov 2026 12:05:00 GMT")));

    IndexResponse.Unavailable answer = (IndexResponse.Unavailable) fixture.index();

    assertThat(answer.retryAfter()).isEqualTo(Duration.ofMinutes(5));
    assertThat(fixture.remote.count(INDEX)).isEqualTo(1);
  }

  @Test
  void describesItselfWithoutCredentials() {
    assertThat(fixture.upstream.describe()).isEqualTo(fixture.remote.indexUrl());
  }

  @Test
  void answersUnavailableOnceItIsClosed() {
    fixture.upstream.close();
    fixture.upstream.close();

    assertThat(fixture.whyNoIndex()).isNotEmpty();
  }

  /// The upstream of private crates answers first, so that this is the second check of a name.
  @Test
  void requestsAboutPrivateNamesAreNeverSent() {
    List<CrateName> stopped = new ArrayList<>();
    var names =
        new OutboundNameCheck(
            name -> name.equals(SERDE) ? NameOrigin.PRIVATE : NameOrigin.PUBLIC, stopped::add);
    try (UpstreamFixture careful = new UpstreamFixture(options -> options.withNames(names))) {
      assertThat(careful.index()).isEqualTo(new IndexResponse.Absent(404));
      assertThat(careful.artifact()).isEqualTo(new ArtifactResponse.Absent(404));

      assertThat(careful.remote.requests())
          .extracting(RecordedRequest::target)
          .noneMatch(target -> target.contains("serde"));
      assertThat(careful.upstream.meters().failures(FailureKind.PRIVATE_NAME)).isEqualTo(2);
      assertThat(stopped).containsOnly(SERDE);
      names.use(NameOrigins.ALL_PUBLIC, stopped::add);
      assertFresh(careful.index());
    }
  }
}
