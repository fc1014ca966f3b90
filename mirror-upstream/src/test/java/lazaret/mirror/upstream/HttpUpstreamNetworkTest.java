package lazaret.mirror.upstream;

import static lazaret.mirror.upstream.UpstreamFixture.CRATE;
import static lazaret.mirror.upstream.UpstreamFixture.ID;
import static lazaret.mirror.upstream.UpstreamFixture.INDEX;
import static lazaret.mirror.upstream.UpstreamFixture.LINES;
import static lazaret.mirror.upstream.UpstreamFixture.SERDE;
import static lazaret.mirror.upstream.UpstreamFixture.assertFresh;
import static lazaret.mirror.upstream.UpstreamFixture.assertReceived;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lazaret.mirror.outbound.FailureKind;
import lazaret.mirror.outbound.ProxyRoute;
import lazaret.mirror.outbound.SmallProxy;
import lazaret.mirror.outbound.TestCertificates;
import lazaret.mirror.outbound.UpstreamException;
import lazaret.mirror.outbound.UpstreamOptions.Network;
import lazaret.testkit.Fault;
import lazaret.testkit.ManualClock;
import lazaret.testkit.RequestNumber;
import lazaret.testkit.ScriptedUpstream;
import lazaret.testkit.UpstreamContent;
import lazaret.vetting.index.Validators;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// TLS with configured authorities, and proxies.
class HttpUpstreamNetworkTest {
  private static final UpstreamContent CONTENT =
      UpstreamContent.of(Map.of("se/rd/serde", LINES), Map.of("serde-1.0.0+a", CRATE));
  private static final ManualClock CLOCK = ManualClock.at("2026-11-24T12:00:00Z");

  @TempDir Path folder;
  private final ScriptedUpstream plain = ScriptedUpstream.start(CONTENT);
  private final ScriptedUpstream tls =
      ScriptedUpstream.startTls(CONTENT, TestCertificates.server());
  private final SmallProxy proxy = new SmallProxy();

  @AfterEach
  void close() {
    plain.close();
    tls.close();
    proxy.close();
  }

  private static HttpUpstream reach(String index, Network network) {
    return new HttpUpstream(URI.create(index), UpstreamFixture.QUICK.withNetwork(network), CLOCK);
  }

  private Network trusting() throws IOException {
    return Network.DIRECT.withExtraCertificates(List.of(TestCertificates.pem(folder)));
  }

  @Test
  void extraAuthorityIsTrusted() throws IOException {
    try (HttpUpstream upstream = reach(tls.indexUrl(), trusting())) {
      assertFresh(upstream.index(SERDE, Validators.NONE));
      assertReceived(upstream.artifact(ID));
    }
  }

  @Test
  void authoritiesOfABundleAreTrusted() throws IOException {
    Network network = Network.DIRECT.withCaBundle(TestCertificates.pem(folder));
    try (HttpUpstream upstream = reach(tls.indexUrl(), network)) {
      assertFresh(upstream.index(SERDE, Validators.NONE));
    }
  }

  @Test
  void strangersCertificateIsRefusedAtOnceAndNeverAbsent() {
    try (HttpUpstream upstream = reach(tls.indexUrl(), Network.DIRECT)) {
      assertThat(UpstreamFixture.why(upstream.index(SERDE, Validators.NONE)))
          .startsWith("no trusted TLS connection to localhost:")
          .doesNotContain("times in a row");
      assertThat(upstream.meters().failures(FailureKind.TLS)).isEqualTo(1);
      assertThat(tls.count("*")).isZero();
    }
  }

  @Test
  void certificateForAnotherNameIsRefused() throws IOException {
    try (HttpUpstream upstream =
        reach(tls.indexUrl().replace("localhost", "127.0.0.1"), trusting())) {
      assertThat(UpstreamFixture.why(upstream.index(SERDE, Validators.NONE)))
          .startsWith("no trusted TLS connection to 127.0.0.1:");
    }
  }

  @Test
  void redirectFromHttpsToHttpIsRefused() throws IOException {
    tls.script("*serde*", Fault.redirect(plain.indexUrl() + "se/rd/serde"));
    try (HttpUpstream upstream = reach(tls.indexUrl(), trusting())) {
      String why = UpstreamFixture.why(upstream.index(SERDE, Validators.NONE));
      assertThat(why).startsWith("redirect refused: 'http://127.0.0.1:").contains("leaves TLS");
      assertThat(UpstreamFixture.why(upstream.artifact(ID))).contains("leaves TLS");
      assertThat(plain.count("*")).isZero();
    }
  }

  @Test
  void dlFromHttpsToHttpIsRefused() throws IOException {
    tls.dl(plain.artifactUrl());
    try (HttpUpstream upstream = reach(tls.indexUrl(), trusting())) {
      assertThat(UpstreamFixture.why(upstream.artifact(ID))).contains("leaves TLS");
      assertThat(plain.count("*")).isZero();
    }
  }

  @Test
  void filesWithoutCertificatesAreRefusedAtTheStart() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    Path noise = Files.writeString(folder.resolve("noise.pem"), "no certificate");
    assertRefused(empty, "it holds none; expected PEM");
    assertRefused(noise, "expected a readable PEM file");
    assertRefused(folder.resolve("none.pem"), "expected a readable PEM file");
  }

  private void assertRefused(Path file, String why) {
    Network network = Network.DIRECT.withExtraCertificates(List.of(file));
    assertThatThrownBy(() -> reach(tls.indexUrl(), network))
        .isInstanceOf(UpstreamException.class)
        .hasMessage("cannot read certificates from " + file + ": " + why);
  }

  @Test
  void plainRequestsGoThroughTheProxyWithItsCredentials() {
    Network network = Network.DIRECT.withProxy(proxy.address("me:secret@"), List.of());
    try (HttpUpstream upstream = reach(plain.indexUrl(), network)) {
      assertFresh(upstream.index(SERDE, Validators.NONE));

      assertThat(proxy.heads())
          .hasSize(1)
          .first()
          .asString()
          .startsWith("GET " + plain.indexUrl() + "se/rd/serde HTTP/1.1\r\n")
          .contains("Proxy-Authorization: Basic bWU6c2VjcmV0\r\n");
      assertThat(plain.requests(INDEX).getFirst().header("via")).hasValue("small");
    }
  }

  @Test
  void tlsIsTunnelledAndTheOriginNeverSeesTheProxysCredentials() throws IOException {
    Network network = trusting().withProxy(proxy.address("me:secret@"), List.of());
    try (HttpUpstream upstream = reach(tls.indexUrl(), network)) {
      assertFresh(upstream.index(SERDE, Validators.NONE));
      assertReceived(upstream.artifact(ID));

      assertThat(proxy.heads())
          .hasSizeBetween(2, 3)
          .allSatisfy(
              head ->
                  assertThat(head)
                      .startsWith("CONNECT localhost:")
                      .contains("Proxy-Authorization: Basic bWU6c2VjcmV0\r\n"));
      assertThat(tls.requests())
          .hasSize(3)
          .allSatisfy(asked -> assertThat(asked.header("proxy-authorization")).isEmpty());
    }
  }

  @Test
  void hostsWithoutProxyAreReachedDirectlyAndWithoutItsCredentials() {
    Network network =
        Network.DIRECT.withProxy(proxy.address("me:secret@"), List.of("127.0.0.1", ".corp"));
    try (HttpUpstream upstream = reach(plain.indexUrl(), network)) {
      assertFresh(upstream.index(SERDE, Validators.NONE));

      assertThat(proxy.heads()).isEmpty();
      assertThat(plain.requests(INDEX).getFirst().header("proxy-authorization")).isEmpty();
    }
  }

  @Test
  void nameThatOnlyTheProxyKnowsIsReachedThroughIt() {
    String index = plain.indexUrl().replace("127.0.0.1", "far-away.invalid");
    Network network = Network.DIRECT.withProxy(proxy.address(""), List.of());
    try (HttpUpstream upstream = reach(index, network)) {
      assertFresh(upstream.index(SERDE, Validators.NONE));
      assertThat(proxy.heads().getFirst()).doesNotContain("Proxy-Authorization");
    }
  }

  @Test
  void nameThatDoesNotResolveIsUnavailable() {
    String index = plain.indexUrl().replace("127.0.0.1", "far-away.invalid");
    plain.script(INDEX, RequestNumber.ALL, Fault.status(500));
    try (HttpUpstream upstream = reach(index, Network.DIRECT)) {
      assertThat(UpstreamFixture.why(upstream.index(SERDE, Validators.NONE)))
          .startsWith("far-away.invalid:")
          .contains(" has a name that does not resolve");
    }
  }

  @Test
  void proxyThatIsDownIsUnavailable() {
    URI address = proxy.address("");
    proxy.close();
    Network network = Network.DIRECT.withProxy(address, List.of());
    try (HttpUpstream upstream = reach(plain.indexUrl(), network)) {
      assertThat(UpstreamFixture.why(upstream.index(SERDE, Validators.NONE)))
          .contains(" cannot be reached");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', example.org, true",
    "example.org, example.org, false",
    "example.org, EXAMPLE.org, false",
    "example.org, index.example.org, false",
    ".example.org, index.example.org, false",
    ".example.org, example.org, false",
    "example.org, notexample.org, true",
    "*, example.org, false",
    "10.0.0.1, 10.0.0.1, false",
    "::1, [::1], false",
  })
  void noProxyFollowsTheCommonRules(String entry, String host, boolean through) {
    var route = new ProxyRoute(URI.create("http://proxy:3128"), List.of(entry));

    assertThat(route.goesThrough(host)).isEqualTo(through);
  }
}
