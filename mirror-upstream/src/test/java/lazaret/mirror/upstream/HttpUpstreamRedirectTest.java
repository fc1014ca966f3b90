package lazaret.mirror.upstream;

import static lazaret.mirror.upstream.UpstreamFixture.ARTIFACT;
import static lazaret.mirror.upstream.UpstreamFixture.INDEX;
import static lazaret.mirror.upstream.UpstreamFixture.assertFresh;
import static lazaret.mirror.upstream.UpstreamFixture.assertReceived;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import lazaret.mirror.outbound.FailureKind;
import lazaret.testkit.Fault;
import lazaret.testkit.RecordedRequest;
import lazaret.testkit.RequestNumber;
import lazaret.vetting.Bytes;
import lazaret.vetting.index.Validators;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Redirects that upstream may use, and attacks by redirects that it may not.
class HttpUpstreamRedirectTest {
  private final UpstreamFixture fixture = new UpstreamFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsRedirectsWithinTheOrigin(int status) {
    fixture.remote.script(
        "/index/se/rd/serde",
        RequestNumber.only(1),
        new Fault.Respond(status, Map.of("Location", "../../se/rd/serde"), Bytes.EMPTY));

    assertFresh(fixture.index());
    assertThat(fixture.upstream.meters().redirects()).isEqualTo(1);
    assertThat(fixture.remote.count(INDEX)).isEqualTo(2);
  }

  @Test
  void followsAnArtifactToAnotherPortOfLoopback() {
    String index = fixture.remote.indexUrl().replace("/index/", "");
    fixture.remote.script(
        "*/download", Fault.redirect(index + "/crates/serde/serde-1.0.0%2Ba.crate"));

    assertReceived(fixture.artifact());
  }

  @ParameterizedTest
  @CsvSource({
    "file:///etc/passwd, is not an http or https address",
    "ftp://example.org/serde, is not an http or https address",
    "gopher://127.0.0.1:6379/_FLUSHALL, is not an http or https address",
    "http://10.0.0.1/serde, leads to the private address 10.0.0.1",
    "http://172.16.0.1/serde, leads to the private address 172.16.0.1",
    "http://192.168.1.1/serde, leads to the private address 192.168.1.1",
    "http://169.254.169.254/latest/meta-data/, leads to the private address 169.254.169.254",
    "http://100.100.100.200/latest/meta-data/, leads to the private address 100.100.100.200",
    "http://0.0.0.0/serde, leads to the private address 0.0.0.0",
    "http://[fd00:ec2::254]/latest/, leads to the private address fd00:ec2:0:0:0:0:0:254",
    "http://[fe80::1]/serde, leads to the private address fe80:0:0:0:0:0:0:1",
    "http://[::ffff:10.0.0.1]/serde, leads to the private address 10.0.0.1",
    "http://[64:ff9b::a00:1]/serde, leads to the private address 64:ff9b:0:0:0:0:a00:1",
    "http://167772161/serde, leads to the private address 10.0.0.1",
    "http://user:password@127.0.0.1/serde, carries credentials",
    "http:///serde, names no host that can be reached",
    "http://under_score/serde, names no host that can be reached",
  })
  void ssrfByRedirectIsRefused(String location, String why) {
    fixture.remote.script("*serde*", Fault.redirect(location));

    assertThat(fixture.whyNoIndex())
        .startsWith("redirect refused: '")
        .contains("' " + why)
        .doesNotContain("password@");
    assertThat(fixture.whyNoArtifact()).contains("' " + why);
    assertThat(fixture.upstream.meters().failures(FailureKind.REDIRECT)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "file:///etc, is not an http or https address",
    "http://10.0.0.1/crates, leads to the private address 10.0.0.1",
  })
  void ssrfByTheDlOfConfigIsRefused(String dl, String why) {
    fixture.remote.dl(dl);

    assertThat(fixture.whyNoArtifact()).contains("' " + why);
    assertThat(fixture.remote.count(ARTIFACT)).isZero();
  }

  @Test
  void dlThatIsNoAddressIsUnavailable() {
    fixture.remote.dl("http://[/{crate}");

    assertThat(fixture.whyNoArtifact())
        .isEqualTo("the dl of upstream's config.json is not an address");
  }

  @Test
  void redirectsEndAfterFive() {
    fixture.remote.script(INDEX, Fault.redirect("serde"));

    assertThat(fixture.whyNoIndex()).isEqualTo("redirect refused: more than 5 redirects");
    assertThat(fixture.remote.count(INDEX)).isEqualTo(6);
  }

  @Test
  void locationThatIsNoAddressIsRefused() {
    fixture.remote.script(INDEX, Fault.redirect("http://[oops"));

    assertThat(fixture.whyNoIndex())
        .isEqualTo("redirect refused: 'http://[oops' is not an address");
  }

  @Test
  void credentialsStayWithTheOriginOfTheIndex() {
    try (var secret = withSecret()) {
      String other = secret.remote.artifactUrl();
      secret.remote.script(INDEX, Fault.redirect(other + "/serde/serde-1.0.0%2Ba.crate"));

      secret.index();
      secret.artifact();

      assertThat(secret.remote.requests("/index/*"))
          .isNotEmpty()
          .allSatisfy(asked -> assertThat(asked.header("authorization")).hasValue("Bearer abc"));
      assertThat(secret.remote.requests("/crates/*"))
          .hasSize(2)
          .allSatisfy(asked -> assertThat(asked.header("authorization")).isEmpty());
    }
  }

  @Test
  void credentialsDoNotComeBackOnTheWayHome() {
    try (var secret = withSecret()) {
      String away = secret.remote.artifactUrl() + "/away";
      secret.remote.script(INDEX, Fault.redirect(away));
      secret.remote.script(
          "/crates/away", Fault.redirect(secret.remote.indexUrl() + "ot/he/other"));

      secret.index();

      List<RecordedRequest> home = secret.remote.requests("/index/ot/he/other");
      assertThat(home).hasSize(1);
      assertThat(home.getFirst().header("authorization")).isEmpty();
    }
  }

  @Test
  void credentialsFollowARedirectWithinTheOrigin() {
    try (var secret = withSecret()) {
      secret.remote.script(INDEX, RequestNumber.only(1), Fault.redirect("/index/se/rd/serde"));

      secret.index();

      assertThat(secret.remote.requests(INDEX))
          .hasSize(2)
          .allSatisfy(asked -> assertThat(asked.header("authorization")).hasValue("Bearer abc"));
    }
  }

  @Test
  void userInfoOfTheIndexBecomesBasicCredentials() {
    URI index = URI.create(fixture.remote.indexUrl().replace("//", "//me:secret@"));
    try (var upstream = new HttpUpstream(index, UpstreamFixture.QUICK, fixture.clock)) {
      assertFresh(upstream.index(UpstreamFixture.SERDE, Validators.NONE));

      assertThat(fixture.remote.requests(INDEX).getLast().header("authorization"))
          .hasValue("Basic bWU6c2VjcmV0");
      assertThat(upstream.describe()).isEqualTo(fixture.remote.indexUrl());
    }
  }

  private static UpstreamFixture withSecret() {
    return new UpstreamFixture(
        options -> options.withNetwork(options.network().withAuthorization("Bearer abc")));
  }
}
