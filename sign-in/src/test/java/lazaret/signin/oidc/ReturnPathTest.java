package lazaret.signin.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {
  @ParameterizedTest
  @ValueSource(strings = {"/", "/desk/queue?tab=1&q=a%20b#x", "/a//b", "/@evil.example"})
  void acceptsPathsOfThisServer(String text) {
    assertThat(ReturnPath.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "desk",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/a\\b",
        "/\t/evil.example",
        "/a\r\nSet-Cookie: a=b",
        "/a b",
        "/\u0000",
        "/\u202e",
        "https://evil.example/",
        "javascript:alert(1)",
      })
  void refusesAddressesOfOthers(String text) {
    assertThatThrownBy(() -> ReturnPath.parse(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("after the sign-in: expected a path of this server that begins");
  }

  @Test
  void refusesLongPaths() {
    assertThat(ReturnPath.parse("/".concat("x".repeat(1_023))).text()).hasSize(1_024);
    assertThatThrownBy(() -> ReturnPath.parse("/".concat("x".repeat(1_024))))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected a path of this server");
  }
}
