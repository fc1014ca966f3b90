package lazaret.mirror.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lazaret.mirror.outbound.IndexAddress;
import lazaret.mirror.outbound.UpstreamException;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.mirror.outbound.UpstreamOptions.Limits;
import lazaret.mirror.outbound.UpstreamOptions.Network;
import lazaret.mirror.outbound.UpstreamOptions.RateLimits;
import lazaret.mirror.outbound.UpstreamOptions.Retries;
import lazaret.mirror.outbound.UpstreamOptions.Timeouts;
import lazaret.mirror.outbound.UpstreamOrigin;
import lazaret.testkit.ManualClock;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.upstream.Upstream;
import lazaret.vetting.index.Validators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamsTest {
  private static final ManualClock CLOCK = ManualClock.at("2026-11-24T12:00:00Z");

  private static MeteredUpstream open(String place) {
    return Upstreams.open(place, UpstreamOptions.DEFAULTS, CLOCK);
  }

  @ParameterizedTest
  @CsvSource({
    "https://index.crates.io/, https://index.crates.io/",
    "sparse+https://index.crates.io/, https://index.crates.io/",
    "https://github.com/rust-lang/crates.io-index, https://index.crates.io/",
    "registry+https://github.com/rust-lang/crates.io-index, https://index.crates.io/",
    "https://mirror.corp/some/index, https://mirror.corp/some/index/",
    "HTTPS://mirror.corp, https://mirror.corp/",
    "sparse+http://127.0.0.1:8080/index/, http://127.0.0.1:8080/index/",
    "'  https://mirror.corp/  ', https://mirror.corp/",
    "https://me:secret@mirror.corp/i/, https://mirror.corp/i/",
    "https://[2001:db8::1]:8443/i/, https://[2001:db8::1]:8443/i/",
  })
  void opensAddresses(String place, String described) {
    try (MeteredUpstream upstream = open(place)) {
      assertThat(upstream).isInstanceOf(HttpUpstream.class);
      assertThat(upstream.describe()).isEqualTo(described);
    }
  }

  @Test
  void opensFoldersByPathOrAddress(@TempDir Path folder) throws IOException {
    Path odd = Files.createDirectories(folder.resolve("a:b c"));

    assertThat(open(folder.toString())).isInstanceOf(FolderUpstream.class);
    assertThat(open(odd.toString())).isInstanceOf(FolderUpstream.class);
    assertThat(open(odd.toUri().toString()).describe()).isEqualTo(odd.toRealPath().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|no upstream is named",
        "sparse+|no upstream is named",
        "ftp://example.org/|cannot use 'ftp://example.org/' as upstream",
        "ssh://git:pw@example.org/|cannot use 'ssh://example.org/' as upstream",
        "git+https://example.org/|cannot use 'git+https://example.org/' as upstream",
        "https:///index|cannot use 'https:/index' as upstream",
        "https://host_name/|cannot use 'https:/' as upstream",
        "https://host/?q=1|cannot use 'https://host/' as upstream",
        "https://me:pw@ho st/|the configured address as upstream: it is malformed",
        "/no/such/folder|cannot open the folder '/no/such/folder' as upstream",
        "file://host/x|expected file:///PATH",
        "file:relative|expected file:///PATH",
      })
  void refusesNonsenseWithAReason(String place, String why) {
    assertThatThrownBy(() -> open(place))
        .isInstanceOfSatisfying(
            UpstreamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining(why)
        .hasMessageContaining("expected")
        .hasMessageNotContaining("pw");
  }

  @Test
  void offlineAnswersNothing() {
    try (var upstream = new OfflineUpstream(CLOCK)) {
      String why = "the gate is offline and sends no requests to upstream";
      assertThat(upstream.index(UpstreamFixture.SERDE, Validators.NONE))
          .isEqualTo(new Upstream.IndexResponse.Unavailable(why, null));
      assertThat(upstream.artifact(UpstreamFixture.ID))
          .isEqualTo(new Upstream.ArtifactResponse.Unavailable(why, null));
      assertThat(upstream.describe()).isEqualTo("offline");
      assertThat(upstream.meters().requests(UpstreamOrigin.INDEX)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', lazaret/dev",
    "ops@example.org, lazaret/dev (+ops@example.org)",
    "' https://example.org/about ', lazaret/dev (+https://example.org/about)",
    "'a(b)c', lazaret/dev (+abc)",
    "'töst', lazaret/dev (+tst)",
  })
  void namesItselfWithAContact(String contact, String agent) {
    assertThat(IndexAddress.userAgent(contact)).isEqualTo(agent);
    assertThat(IndexAddress.userAgent("a\r\nX: y")).isEqualTo("lazaret/dev (+aX: y)");
  }

  @Test
  void optionsRefuseWhatCannotBeMeant() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new Timeouts(second, second, Duration.ZERO, second))
        .hasMessage("a timeout of PT0S never lets an answer in");
    assertThatThrownBy(() -> new Retries(11, second, second, second))
        .hasMessage("11 retries, expected 0 to 10");
    assertThatThrownBy(() -> new Retries(1, second.negated(), second, second))
        .hasMessage("a pause between attempts is negative");
    assertThatThrownBy(() -> new Limits(0, 1, 1))
        .hasMessage("a limit of zero or less takes nothing at all");
    assertThatThrownBy(() -> new Limits(1, 4L << 30, 1))
        .hasMessage("a limit of more than 2 GiB cannot be held in memory");
    assertThatThrownBy(() -> new RateLimits(-1, 0)).hasMessage("a budget is negative");
    assertThatThrownBy(() -> Network.DIRECT.withAuthorization("a\r\nb"))
        .hasMessage("the credentials for upstream are not printable ASCII");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://proxy:3128", "socks5://proxy", "http:///x", "proxy:3128"})
  void refusesAProxyThatIsNone(String proxy) {
    var network = Network.DIRECT.withProxy(URI.create(proxy), List.of());

    assertThatThrownBy(
            () ->
                Upstreams.open("https://h/", UpstreamOptions.DEFAULTS.withNetwork(network), CLOCK))
        .isInstanceOf(UpstreamException.class)
        .hasMessageStartingWith("cannot use the configured proxy");
  }

  @Test
  void optionsDoNotTellSecrets() {
    Network network =
        Network.DIRECT
            .withAuthorization("Bearer geheim")
            .withProxy(URI.create("http://me:geheim@proxy:3128"), List.of());

    assertThat(UpstreamOptions.DEFAULTS.withNetwork(network).toString())
        .contains("proxy:3128", "authorization=set")
        .doesNotContain("geheim");
  }
}
