package lazaret.vetting.inspect.literal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostLiteralTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.example.com",
        "API.Example.COM",
        "api_v1.example.com:8080/a b?c=(d)",
        "api.example.com/a b: c",
        "\u212Aeys.example.com",
        "collector:9000",
        "203.0.113.7.example/\n(x)",
        "{}.bucket.example.com",
        "see (https://api.example.com/x)",
        "a: b https://api.example.com",
      })
  void findsHosts(String text) {
    assertThat(HostLiteral.in(text.getBytes(UTF_8))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No file: a.txt",
        "Read the manual at example.com.",
        "a.b(c)",
        "config.toml",
        "{}: {}",
        "localhost:8080",
        "http://localhost/x",
        "key: value",
        "caf\u00E9.txt",
        "com",
      })
  void leavesOtherTextsAlone(String text) {
    assertThat(HostLiteral.in(text.getBytes(UTF_8))).isFalse();
  }
}
