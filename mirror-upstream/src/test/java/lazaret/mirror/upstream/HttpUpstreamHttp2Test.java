package lazaret.mirror.upstream;

import static lazaret.mirror.upstream.UpstreamFixture.ID;
import static lazaret.mirror.upstream.UpstreamFixture.LINES;
import static lazaret.mirror.upstream.UpstreamFixture.SERDE;
import static lazaret.mirror.upstream.UpstreamFixture.assertFresh;
import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import lazaret.mirror.outbound.TestCertificates;
import lazaret.mirror.outbound.UpstreamOptions.Network;
import lazaret.testkit.ManualClock;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.upstream.Upstream.ArtifactResponse;
import lazaret.vetting.gate.upstream.Upstream.IndexResponse;
import lazaret.vetting.index.Validators;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The protocol of the public registry's hosts, against a server of another project.
class HttpUpstreamHttp2Test {
  private static final ManualClock CLOCK = ManualClock.at("2026-11-24T12:00:00Z");
  private static final Logger HELIDON = Logger.getLogger("io.helidon");
  private static final byte[] LARGE = new byte[8 << 20];

  @TempDir Path folder;
  private final Queue<String> protocols = new ConcurrentLinkedQueue<>();
  private final Queue<String> connections = new ConcurrentLinkedQueue<>();
  private final List<WebServer> servers = new ArrayList<>();
  private HttpUpstream tls;
  private HttpUpstream plain;

  @BeforeEach
  void start() throws IOException {
    HELIDON.setLevel(Level.OFF);
    Network trusting = Network.DIRECT.withExtraCertificates(List.of(TestCertificates.pem(folder)));
    tls =
        open(
            "https://localhost",
            Tls.builder().sslContext(TestCertificates.server()).build(),
            trusting);
    plain = open("http://127.0.0.1", Tls.builder().enabled(false).build(), Network.DIRECT);
  }

  private HttpUpstream open(String host, Tls tls, Network network) {
    WebServer server =
        WebServer.builder()
            .featuresDiscoverServices(false)
            .host("127.0.0.1")
            .port(0)
            .tls(tls)
            .connectionOptions(options -> options.tcpNoDelay(true))
            .routing(this::route)
            .build()
            .start();
    servers.add(server);
    URI index = URI.create(host + ":" + server.port() + "/");
    return new HttpUpstream(index, UpstreamFixture.QUICK.withNetwork(network), CLOCK);
  }

  private void route(HttpRouting.Builder routing) {
    routing
        .addFilter(
            (chain, request, response) -> {
              protocols.add(request.prologue().protocolVersion());
              connections.add(request.remotePeer().address().toString());
              chain.proceed();
            })
        .get(
            "/config.json",
            (request, response) -> {
              String scheme = request.isSecure() ? "https://" : "http://";
              response.send("{\"dl\":\"" + scheme + request.authority() + "/dl\"}");
            })
        .get(
            "/se/rd/serde",
            (request, response) -> {
              response.header(HeaderNames.ETAG, "\"one\"");
              boolean held =
                  request.headers().contains(HeaderNames.IF_NONE_MATCH)
                      && request.headers().get(HeaderNames.IF_NONE_MATCH).get().equals("\"one\"");
              if (held) {
                response.status(Status.NOT_MODIFIED_304).send();
              } else {
                response.send(LINES.array());
              }
            })
        .get(
            "/dl/serde/{version}/download",
            (request, response) -> {
              if (request.path().rawPath().contains("/1.0.0+a/")) {
                response.send(LARGE);
              } else {
                response.status(Status.NOT_FOUND_404).send();
              }
            });
  }

  @AfterEach
  void stop() {
    tls.close();
    plain.close();
    servers.forEach(WebServer::stop);
  }

  private void assertSpeaks(HttpUpstream upstream) {
    IndexResponse first = upstream.index(SERDE, Validators.NONE);
    assertFresh(first);
    assertThat(upstream.index(SERDE, ((IndexResponse.Fresh) first).validators()))
        .isInstanceOf(IndexResponse.NotModified.class);
    ArtifactResponse artifact = upstream.artifact(ID);
    assertThat(artifact).isInstanceOf(ArtifactResponse.Received.class);
    assertThat(((ArtifactResponse.Received) artifact).crate().bytes().length())
        .isEqualTo(LARGE.length);
    CrateId missing = new CrateId(SERDE, CrateVersion.parse("9.9.9"), ID.cksum());
    assertThat(upstream.artifact(missing)).isEqualTo(new ArtifactResponse.Absent(404));
  }

  @Test
  void speaksHttp2OverTls() {
    assertSpeaks(tls);

    assertThat(protocols).hasSize(5).containsOnly("2.0");
    assertThat(connections.stream().distinct()).hasSize(1);
  }

  @Test
  void upgradesToHttp2OnCleartext() {
    assertSpeaks(plain);

    assertThat(protocols).hasSize(5).endsWith("2.0");
  }

  @Test
  void sharesOneConnectionAmongManyRequests() throws Exception {
    assertFresh(tls.index(SERDE, Validators.NONE));

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<IndexResponse>> answers = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        answers.add(threads.submit(() -> tls.index(SERDE, Validators.NONE)));
      }
      for (Future<IndexResponse> answer : answers) {
        assertFresh(answer.get());
      }
    }

    assertThat(connections.stream().distinct()).hasSize(1);
  }

  @Test
  void serverThatStopsIsUnavailable() {
    assertFresh(tls.index(SERDE, Validators.NONE));
    servers.forEach(WebServer::stop);

    assertThat(UpstreamFixture.why(tls.index(SERDE, Validators.NONE))).contains("localhost:");
  }
}
