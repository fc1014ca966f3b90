package lazaret.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateOriginTest {
  @ParameterizedTest
  @CsvSource({
    "https://gate.example, https://gate.example",
    "https://gate.example/, https://gate.example",
    "https://GATE.Example, https://gate.example",
    "https://gate.example:443, https://gate.example",
    "https://gate.example:8443, https://gate.example:8443",
    "http://gate.example:443, http://gate.example:443",
    "http://127.0.0.1:80, http://127.0.0.1",
    "http://127.0.0.1:7080, http://127.0.0.1:7080",
    "https://[2001:DB8::1]:8443, https://[2001:db8::1]:8443",
    "https://xn--gte-qla.example, https://xn--gte-qla.example"
  })
  void hasOneSpelling(String url, String text) {
    assertThat(GateOrigin.parse(url).text()).isEqualTo(text);
    assertThat(GateOrigin.parse(url)).isEqualTo(GateOrigin.parse(text));
    assertThat(GateOrigin.parse(url)).hasSameHashCodeAs(GateOrigin.parse(text));
    assertThat(GateOrigin.ofIndex("sparse+" + text + "/index/")).contains(GateOrigin.parse(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gate.example",
        "https://",
        "https:///",
        "HTTPS://gate.example",
        "ftp://gate.example",
        "https://user@gate.example",
        "https://gate.example@evil.example",
        "https://gate.example:",
        "https://gate.example:0443",
        "https://gate.example:65536",
        "https://gate.example:443:443",
        "https://gate.example:4\uff143",
        "https://gate.example.",
        "https://.gate.example",
        "https://gate..example",
        "https://g\u00e4te.example",
        "https://gate.example%2e",
        "https://gate.example\\evil",
        "https://gate.example?a",
        "https://gate.example#a",
        "https://gate.example/index",
        "https://gate example",
        "https://[::1",
        "https://[]",
        "https://[::1%25eth0]",
        "https://[evil.example]"
      })
  void refusesOtherForms(String url) {
    assertThatThrownBy(() -> GateOrigin.parse(url))
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("expected scheme, host and port like https://gate.example")
        .hasMessageEndingWith("name the gate with --server URL");
  }

  @Test
  void refusesALongUrlInAShortMessage() {
    assertThatThrownBy(() -> GateOrigin.parse("https://" + "a".repeat(100_000)))
        .isInstanceOf(CredentialException.class)
        .extracting(e -> ((CredentialException) e).reason().length())
        .isEqualTo(
            "cannot use the gate '..': expected scheme, host and port like https://gate.example, found another form; name the gate with --server URL"
                    .length()
                + 120);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://gate.example/index/",
        "sparse+https://gate.example/index",
        "sparse+https://gate.example/Index/",
        "sparse+https://gate.example/index//",
        "sparse+https://gate.example//index/",
        "sparse+https://gate.example/x/index/",
        "sparse+https://gate.example/index/?a",
        "sparse+https://gate.example/index/#a",
        "sparse+https://gate.example/%69ndex/",
        "sparse+https://gate.example/x/../index/",
        "sparse+sparse+https://gate.example/index/",
        "Sparse+https://gate.example/index/",
        "registry+https://gate.example/index/",
        "sparse+/index/",
        " sparse+https://gate.example/index/"
      })
  void findsNoOriginInAnotherIndex(String url) {
    assertThat(GateOrigin.ofIndex(url)).isEmpty();
  }

  @Test
  void protectsTokensOverTlsAndOnThisMachine() {
    for (String url : new String[] {"https://gate.example", "http://127.0.0.1:1", "http://[::1]"}) {
      assertThat(GateOrigin.parse(url).isProtected()).as(url).isTrue();
    }
    for (String url : new String[] {"http://gate.example", "http://localhost.example"}) {
      assertThat(GateOrigin.parse(url).isProtected()).as(url).isFalse();
    }
  }
}
