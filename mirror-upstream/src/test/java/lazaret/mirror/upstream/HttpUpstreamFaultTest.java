package lazaret.mirror.upstream;

import static lazaret.mirror.upstream.UpstreamFixture.ARTIFACT;
import static lazaret.mirror.upstream.UpstreamFixture.INDEX;
import static lazaret.mirror.upstream.UpstreamFixture.LINES;
import static lazaret.mirror.upstream.UpstreamFixture.assertFresh;
import static lazaret.mirror.upstream.UpstreamFixture.assertReceived;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import lazaret.mirror.outbound.BodyMemory;
import lazaret.mirror.outbound.FailureKind;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.mirror.outbound.UpstreamOptions.Limits;
import lazaret.mirror.outbound.UpstreamOptions.Timeouts;
import lazaret.testkit.Fault;
import lazaret.testkit.RequestNumber;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.gate.upstream.Upstream.ArtifactResponse;
import lazaret.vetting.gate.upstream.Upstream.IndexResponse;
import lazaret.vetting.index.Validators;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Faults of the connection, each with its outcome: retries within bounds, then unavailable with a
/// reason, and never absent.
class HttpUpstreamFaultTest {
  private UpstreamFixture fixture = new UpstreamFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private void restart(UpstreamOptions options) {
    fixture.close();
    fixture = new UpstreamFixture(_ -> options);
  }

  private String where(String url) {
    return "127.0.0.1:" + URI.create(url).getPort();
  }

  private String indexPlace() {
    return where(fixture.remote.indexUrl());
  }

  private String artifactPlace() {
    return where(fixture.remote.artifactUrl());
  }

  @Test
  void upstreamThatIsSwitchedOffIsUnavailableAndComesBack() {
    fixture.artifact();
    fixture.remote.switchOff();

    assertThat(fixture.whyNoIndex())
        .isEqualTo(indexPlace() + " cannot be reached, 3 times in a row");
    assertThat(fixture.whyNoArtifact())
        .isEqualTo(artifactPlace() + " cannot be reached, 3 times in a row");
    assertThat(fixture.upstream.meters().failures(FailureKind.CONNECT)).isEqualTo(6);

    fixture.remote.switchOn();
    assertFresh(fixture.index());
    assertReceived(fixture.artifact());
  }

  @Test
  void artifactIsUnavailableWhileConfigWasNeverSeen() {
    fixture.remote.script("/index/config.json", Fault.status(404));

    assertThat(fixture.whyNoArtifact()).isEqualTo("upstream returned 404 for its config.json");
    assertThat(fixture.remote.count(ARTIFACT)).isZero();
  }

  @Test
  void stallBeforeTheHeadersIsATimeout() {
    restart(UpstreamFixture.ONCE.withTimeouts(UpstreamFixture.IMPATIENT));
    fixture.remote.script(INDEX, new Fault.StallBeforeHeaders());

    assertThat(fixture.whyNoIndex()).isEqualTo(indexPlace() + " sent no response within 3 s");
    assertThat(fixture.upstream.meters().failures(FailureKind.TIMEOUT)).isEqualTo(1);
  }

  @Test
  void stallInTheMiddleOfABodyIsNoticed() {
    restart(UpstreamFixture.ONCE.withTimeouts(UpstreamFixture.IMPATIENT));
    fixture.remote.script(ARTIFACT, new Fault.StallAfter(1000));

    assertThat(fixture.whyNoArtifact())
        .isEqualTo(artifactPlace() + " stalled after 1000 bytes of the body");
    assertThat(fixture.upstream.meters().failures(FailureKind.STALL)).isEqualTo(1);
  }

  @Test
  void stallsAreAskedAgain() {
    restart(UpstreamFixture.QUICK.withTimeouts(UpstreamFixture.IMPATIENT));
    fixture.remote.script(INDEX, RequestNumber.only(1), new Fault.StallAfter(10));
    fixture.remote.script(ARTIFACT, RequestNumber.only(1), new Fault.StallBeforeHeaders());

    assertFresh(fixture.index());
    assertReceived(fixture.artifact());
    assertThat(fixture.upstream.meters().retries()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void dripsTooSlowToEndAreNoticed() {
    restart(UpstreamFixture.ONCE.withTimeouts(UpstreamFixture.IMPATIENT));
    fixture.remote.script(ARTIFACT, new Fault.Drip(1, Duration.ofMillis(10)));

    assertThat(fixture.whyNoArtifact())
        .matches(artifactPlace() + " stalled after [0-9]+ bytes of the body");
  }

  @Test
  void transfersThatAdvanceButNeverEndAreCutOff() {
    restart(
        UpstreamFixture.ONCE.withTimeouts(
            new Timeouts(
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofMillis(1500))));
    fixture.remote.script(ARTIFACT, new Fault.Drip(100, Duration.ofMillis(10)));

    assertThat(fixture.whyNoArtifact())
        .isEqualTo(artifactPlace() + " did not send the body within 1500 ms");
  }

  @Test
  void slowUpstreamIsGoodUpstream() {
    fixture.remote.latency(Duration.ofMillis(50));

    assertFresh(fixture.index());
    assertReceived(fixture.artifact());
  }

  @Test
  void bodyShorterThanItsLengthIsTruncated() {
    fixture.remote.script("*serde*", new Fault.Truncate(500));

    assertThat(fixture.whyNoIndex())
        .startsWith(indexPlace() + " broke off after ")
        .endsWith("3 times in a row");
    assertThat(fixture.whyNoArtifact())
        .startsWith(artifactPlace() + " broke off after 500 bytes of the body")
        .endsWith("3 times in a row");
    assertThat(fixture.upstream.meters().failures(FailureKind.TRUNCATED)).isEqualTo(6);
  }

  @Test
  void chunkedBodyWithoutItsEndIsTruncated() {
    fixture.remote.script("*serde*", new Fault.CutChunks(500));

    assertThat(fixture.whyNoIndex()).startsWith(indexPlace() + " broke off after ");
    assertThat(fixture.whyNoArtifact()).startsWith(artifactPlace() + " broke off after ");
  }

  @Test
  void cutsAreAskedAgain() {
    fixture.remote.script("*serde*", RequestNumber.only(1), new Fault.Truncate(500));
    fixture.remote.script(ARTIFACT, RequestNumber.only(1), new Fault.CutChunks(500));

    assertFresh(fixture.index());
    assertReceived(fixture.artifact());
  }

  @Test
  void droppedConnectionsAreAskedAgainInBounds() {
    fixture.remote.script(INDEX, new Fault.Drop());

    assertThat(fixture.whyNoIndex())
        .startsWith("the connection to " + indexPlace() + " broke")
        .endsWith(", 3 times in a row");
    // The JDK's client repeats a request once on its own.
    assertThat(fixture.remote.count(INDEX)).isBetween(3, 6);
  }

  @Test
  void halfAnIndexFileWithACleanEndIsNoticedWhereItCutsALine() {
    // The first half ends within a line.
    Bytes odd = Bytes.utf8(LINES.text() + "{\"name\":\"serde\",\"vers\":\"2.0.0\"}\n");
    fixture.remote.script(
        INDEX, new Fault.Respond(200, Map.of(), Bytes.copyOf(odd.array(), 0, odd.length() / 2)));

    assertThat(fixture.whyNoIndex())
        .isEqualTo("upstream sent a file whose last line breaks off, 3 times in a row");
  }

  @Test
  void halfACompressedIndexFileWithACleanEndIsAlwaysNoticed() {
    fixture.remote.gzip(true);
    assertFresh(fixture.index());
    fixture.remote.script(INDEX, new Fault.HalfBody());

    assertThat(fixture.whyNoIndex())
        .isEqualTo("upstream sent a broken gzip stream, 3 times in a row");
  }

  @Test
  void emptyIndexFileIsUnavailable() {
    fixture.remote.script(INDEX, new Fault.Respond(200, Map.of(), Bytes.EMPTY));

    assertThat(fixture.whyNoIndex()).isEqualTo("upstream sent an empty file, 3 times in a row");
  }

  @Test
  void wrongBytesOfAnArtifactArriveButDoNotVerify() {
    fixture.remote.script(ARTIFACT, RequestNumber.only(1), new Fault.HalfBody());
    fixture.remote.script(ARTIFACT, RequestNumber.only(2), new Fault.FlipByte());

    for (int i = 0; i < 2; i++) {
      ArtifactResponse answer = fixture.artifact();
      assertThat(answer).isInstanceOf(ArtifactResponse.Received.class);
      assertThat(((ArtifactResponse.Received) answer).crate().verify(UpstreamFixture.ID))
          .isInstanceOf(Verification.Mismatch.class);
    }
  }

  @Test
  void pageOfHtmlIsNoAnswer() {
    String why =
        "upstream sent a page of HTML in place of the file: check for a login page or a proxy in"
            + " between";
    fixture.artifact();
    fixture.remote.script("*", Fault.html());

    assertThat(fixture.whyNoIndex()).isEqualTo(why);
    assertThat(fixture.whyNoArtifact()).isEqualTo(why);
    assertThat(fixture.remote.count(INDEX)).isEqualTo(1);
    assertThat(fixture.upstream.meters().failures(FailureKind.UNUSABLE)).isEqualTo(2);
  }

  @Test
  void pageOfHtmlUnderAnotherTypeIsNoAnswerEither() {
    Bytes page = Bytes.utf8("\n <html>sign in</html>");
    fixture.remote.script("*", new Fault.Respond(200, Map.of("Content-Type", "text/plain"), page));

    assertThat(fixture.whyNoIndex()).startsWith("upstream sent a page of HTML");
    assertThat(fixture.whyNoArtifact()).startsWith("upstream sent a page of HTML");
  }

  @Test
  void linesThatAreNoJsonAreLeftToTheParser() {
    fixture.remote.script(INDEX, new Fault.Respond(200, Map.of(), Bytes.utf8("not json\n")));

    assertThat(fixture.index()).isInstanceOf(IndexResponse.Fresh.class);
  }

  @Test
  void filesOverTheirLimitsAreNotTaken() {
    restart(UpstreamFixture.QUICK.withLimits(new Limits(100, 1000, 4)));

    assertThat(fixture.whyNoIndex())
        .isEqualTo(
            indexPlace()
                + " sent too much: at most 100 bytes are accepted, 680 bytes were announced");
    assertThat(fixture.whyNoArtifact())
        .isEqualTo(
            artifactPlace()
                + " sent too much: at most 1000 bytes are accepted, 40000 bytes were announced");
    assertThat(fixture.remote.count(INDEX)).isEqualTo(1);
    assertThat(fixture.upstream.meters().failures(FailureKind.TOO_LARGE)).isEqualTo(2);
  }

  @Test
  void bodiesOfUnknownLengthMeetTheLimitWhileTheyArrive() {
    restart(UpstreamFixture.QUICK.withLimits(new Limits(1 << 20, 1000, 4)));
    fixture.remote.script(ARTIFACT, new Fault.CutChunks(30_000));

    assertThat(fixture.whyNoArtifact())
        .isEqualTo(
            artifactPlace() + " sent too much: at most 1000 bytes are accepted, more arrived");
  }

  @Test
  void gzipBombIsNotUnpackedBeyondTheLimit() throws IOException {
    restart(UpstreamFixture.QUICK.withLimits(new Limits(1 << 20, 1 << 20, 4)));
    Bytes bomb = gzip(new byte[64 << 20]);
    assertThat(bomb.length()).isLessThan(1 << 17);
    fixture.remote.script(INDEX, new Fault.Respond(200, Map.of("Content-Encoding", "gzip"), bomb));

    assertThat(fixture.whyNoIndex())
        .isEqualTo("upstream sent " + bomb.length() + " bytes that unpack to more than 1048576");
    assertThat(fixture.upstream.meters().failures(FailureKind.TOO_LARGE)).isEqualTo(1);
  }

  @Test
  void bodiesThatTogetherFillTheMemoryAreTurnedAway() {
    fixture.remote.gzip(true);
    URI index = URI.create(fixture.remote.indexUrl());
    var room = new BodyMemory(50_000);
    try (var upstream = new HttpUpstream(index, UpstreamFixture.QUICK, fixture.clock, room)) {
      assertReceived(upstream.artifact(UpstreamFixture.ID));
      assertThat(room.take(30_000)).isTrue();

      ArtifactResponse.Unavailable full =
          (ArtifactResponse.Unavailable) upstream.artifact(UpstreamFixture.ID);

      assertThat(full.why()).isEqualTo("too much is arriving from upstream at once");
      assertThat(full.retryAfter()).isEqualTo(Duration.ofSeconds(2));
      assertFresh(upstream.index(UpstreamFixture.SERDE, Validators.NONE));
      assertThat(room.take(19_500)).isTrue();
      assertThat(UpstreamFixture.why(upstream.index(UpstreamFixture.SERDE, Validators.NONE)))
          .isEqualTo("too much is unpacked at once");
      room.release(49_500);
      assertReceived(upstream.artifact(UpstreamFixture.ID));
      assertThat(room.take(50_000)).isTrue();
    }
  }

  @Test
  void bodyLargerThanTheMemoryIsTooLarge() {
    URI index = URI.create(fixture.remote.indexUrl());
    try (var upstream =
        new HttpUpstream(index, UpstreamFixture.QUICK, fixture.clock, new BodyMemory(30_000))) {
      assertThat(UpstreamFixture.why(upstream.artifact(UpstreamFixture.ID)))
          .endsWith("at most 30000 bytes are accepted, 40000 bytes were announced");
    }
  }

  @Test
  void unknownCodingsAreNotGuessedAt() {
    fixture.remote.script(
        "*serde*", new Fault.Respond(200, Map.of("Content-Encoding", "br"), LINES));

    assertThat(fixture.whyNoIndex())
        .isEqualTo("upstream sent a file with the coding 'br', which was not requested");
    assertThat(fixture.whyNoArtifact())
        .isEqualTo("upstream sent a .crate with the coding 'br', which was not requested");
  }

  @Test
  void longBodiesOfRefusalsAreNotReadToTheEnd() {
    byte[] page = new byte[8 << 20];
    Arrays.fill(page, (byte) 'x');
    fixture.remote.script(INDEX, new Fault.Respond(404, Map.of(), Bytes.of(page)));

    assertThat(fixture.index()).isEqualTo(new IndexResponse.Absent(404));
    assertThat(fixture.upstream.meters().bytes()).isLessThan(2 << 20);
  }

  @Test
  void interruptionEndsTheQuestion() throws InterruptedException {
    fixture.remote.script(INDEX, new Fault.StallBeforeHeaders());
    var why = new AtomicReference<>("");
    Thread asking = Thread.ofVirtual().start(() -> why.set(fixture.whyNoIndex()));
    while (fixture.remote.count(INDEX) == 0) {
      Thread.onSpinWait();
    }

    asking.interrupt();
    asking.join();

    assertThat(why.get()).isEqualTo("the request to " + indexPlace() + " was canceled");
  }

  private static Bytes gzip(byte[] data) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var coder = new GZIPOutputStream(out)) {
      coder.write(data);
    }
    return Bytes.of(out.toByteArray());
  }
}
