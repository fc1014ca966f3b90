package lazaret.mirror.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.mirror.outbound.UpstreamOptions.Retries;
import lazaret.mirror.outbound.UpstreamOptions.Timeouts;
import lazaret.testkit.ManualClock;
import lazaret.testkit.ScriptedUpstream;
import lazaret.testkit.UpstreamContent;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.upstream.Upstream.ArtifactResponse;
import lazaret.vetting.gate.upstream.Upstream.IndexResponse;
import lazaret.vetting.index.Validators;

/// A scripted upstream with one crate, and clients for it that retry without delay.
final class UpstreamFixture implements AutoCloseable {
  /// A strong reference, because the log manager forgets loggers without one. The failures that
  /// these tests provoke would fill the log with warnings.
  private static final Logger LOG = Logger.getLogger("lazaret.mirror.outbound");

  static {
    LOG.setLevel(Level.OFF);
  }

  static final CrateName SERDE = CrateName.parse("serde");
  static final Bytes LINES = Bytes.utf8("{\"name\":\"serde\",\"vers\":\"1.0.0+a\"}\n".repeat(20));
  static final Bytes CRATE = Bytes.utf8("a crate of forty thousand bytes, no less".repeat(1000));
  static final CrateId ID = new CrateId(SERDE, CrateVersion.parse("1.0.0+a"), Sha256.of(CRATE));

  /// Patterns of the two requests.
  static final String INDEX = "/index/se/rd/serde";

  static final String ARTIFACT = "/crates/serde/*";

  static final UpstreamOptions QUICK =
      UpstreamOptions.DEFAULTS
          .withContact("ops@example.org")
          .withTimeouts(
              new Timeouts(
                  Duration.ofSeconds(2),
                  Duration.ofSeconds(20),
                  Duration.ofSeconds(20),
                  Duration.ofSeconds(60)))
          .withRetries(
              new Retries(2, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(2)));

  /// For tests of timeouts only: a busy machine would trip all others.
  static final Timeouts IMPATIENT =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          Duration.ofSeconds(20));

  static final UpstreamOptions ONCE =
      QUICK.withRetries(new Retries(0, Duration.ZERO, Duration.ZERO, Duration.ZERO));

  final ScriptedUpstream remote =
      ScriptedUpstream.start(
          UpstreamContent.of(Map.of("se/rd/serde", LINES), Map.of("serde-1.0.0+a", CRATE)));
  final ManualClock clock = ManualClock.at("2026-11-24T12:00:00Z");
  final HttpUpstream upstream;

  UpstreamFixture() {
    this(UnaryOperator.identity());
  }

  UpstreamFixture(UnaryOperator<UpstreamOptions> change) {
    this.upstream = new HttpUpstream(URI.create(remote.indexUrl()), change.apply(QUICK), clock);
  }

  IndexResponse index() {
    return upstream.index(SERDE, Validators.NONE);
  }

  ArtifactResponse artifact() {
    return upstream.artifact(ID);
  }

  /// Requests the index file, which must fail, and returns the reason.
  String whyNoIndex() {
    return why(index());
  }

  /// Requests the artifact, which must fail, and returns the reason.
  String whyNoArtifact() {
    return why(artifact());
  }

  static String why(IndexResponse answer) {
    assertThat(answer).isInstanceOf(IndexResponse.Unavailable.class);
    return answer instanceof IndexResponse.Unavailable(String why, var _) ? why : "";
  }

  static String why(ArtifactResponse answer) {
    assertThat(answer).isInstanceOf(ArtifactResponse.Unavailable.class);
    return answer instanceof ArtifactResponse.Unavailable(String why, var _) ? why : "";
  }

  static void assertFresh(IndexResponse answer) {
    assertThat(answer).isInstanceOf(IndexResponse.Fresh.class);
    assertThat(((IndexResponse.Fresh) answer).body()).isEqualTo(LINES);
  }

  static void assertReceived(ArtifactResponse answer) {
    assertThat(answer).isInstanceOf(ArtifactResponse.Received.class);
    assertThat(((ArtifactResponse.Received) answer).crate().bytes()).isEqualTo(CRATE);
  }

  @Override
  public void close() {
    upstream.close();
    remote.close();
  }
}
