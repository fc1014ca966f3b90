package lazaret.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerAddressTest {
  @Test
  void hasTheDocumentBelowItsPath() {
    assertThat(IssuerAddress.parse("https://a.example/t/").document())
        .hasToString("https://a.example/t/.well-known/openid-configuration");
    assertThat(IssuerAddress.parse("https://a.example").document())
        .hasToString("https://a.example/.well-known/openid-configuration");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.example",
        "http://a.example",
        "http://127.0.0.1.a.example",
        "ftp://a.example",
        "https://a.example?tenant=1",
        "https://a.example?",
        "https://a.example#part",
        "https://user@a.example",
        "https://a.example/ space",
        "https://a.example:99999",
      })
  void refusesOtherAddresses(String text) {
    assertThatThrownBy(() -> IssuerAddress.parse(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot use '" + text + "' as issuer: expected an https address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1", "http://[::1]:9000/t"})
  void acceptsLoopbackWithoutTls(String text) {
    assertThat(IssuerAddress.parse(text)).hasToString(text);
  }
}
