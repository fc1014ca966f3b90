package lazaret.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.roles.RoleGrants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossSiteCheckTest {
  private static final String ORIGIN = "https://crates.example.org";

  private static boolean accepts(String method, Map<String, String> headers) {
    return accepts(ORIGIN, method, headers);
  }

  private static boolean accepts(String own, String method, Map<String, String> headers) {
    return new CrossSiteCheck(own)
        .accepts(
            new WebRequest(
                method,
                "/desk/sign-out",
                "",
                name -> Optional.ofNullable(headers.get(name)),
                Bytes.EMPTY,
                true,
                new WebVisitor.Anonymous(RoleGrants.NONE),
                FixedDesk.anonymous()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void ownPagesMayChangeSomething(String method) {
    assertThat(accepts(method, Map.of("sec-fetch-site", "same-origin"))).isTrue();
    assertThat(accepts(method, Map.of("origin", ORIGIN))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "none", "Same-Origin", ""})
  void otherSitesAreRefusedWhateverTheirOrigin(String site) {
    assertThat(accepts("POST", Map.of("sec-fetch-site", site, "origin", ORIGIN))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "",
        "http://crates.example.org",
        "https://crates.example.org/",
        "https://crates.example.org:8443",
        "https://crates.example.org.evil.example",
        "https://example.org"
      })
  void otherOriginsAreRefused(String origin) {
    assertThat(accepts("POST", Map.of("origin", origin))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://crates.example.org:443, https://crates.example.org",
    "https://Crates.Example.org, https://crates.example.org",
    "http://127.0.0.1:80, http://127.0.0.1",
    "https://crates.example.org:8443, https://crates.example.org:8443"
  })
  void configuredOriginIsComparedInTheFormOfBrowsers(String own, String sent) {
    assertThat(accepts(own, "POST", Map.of("origin", sent))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:7080, localhost:7080",
    "http://127.0.0.1:7080, [::1]:7080",
    "http://localhost:7080, 127.0.0.1:7080",
    "http://[::1]:80, localhost"
  })
  void namesOfTheLoopbackAddressAreEquivalent(String own, String host) {
    Map<String, String> headers = Map.of("origin", "http://" + host, "host", host);

    assertThat(accepts(own, "POST", headers)).isTrue();
  }

  /// Another program may listen at the same port of another loopback name.
  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:7080, http://localhost:7080, 127.0.0.1:7080",
    "http://127.0.0.1:7080, http://localhost:7081, localhost:7081",
    "http://127.0.0.1:7080, https://localhost:7080, localhost:7080",
    "http://127.0.0.1.example.org:7080, http://localhost:7080, localhost:7080",
    "https://crates.example.org, https://localhost, localhost"
  })
  void otherLoopbackOriginsAreRefused(String own, String sent, String host) {
    assertThat(accepts(own, "POST", Map.of("origin", sent, "host", host))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void requestsWithoutBothHeadersAreRefused(String method) {
    assertThat(accepts(method, Map.of())).isFalse();
  }

  @Test
  void linksOfOtherSitesAreFollowed() {
    assertThat(accepts("GET", Map.of("sec-fetch-site", "cross-site"))).isTrue();
    assertThat(accepts("HEAD", Map.of("origin", "https://evil.example"))).isTrue();
  }
}
