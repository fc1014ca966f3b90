package lazaret.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/desk/status",
        "/desk/crates/zstd-sys/2.1.3+zstd.1.5.7",
        "/desk/queue?crate=zstd-*&to=mara",
        "/desk/crates/a/1.0.0-..x"
      })
  void keepsPathsOfTheDesk(String path) {
    assertThat(LocalPath.of(path)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org/desk/",
        "//example.org/desk/",
        "/desk//example.org",
        "/desk/../me",
        "/desk/crates/..",
        "/desk/x/../v1/status",
        "/desk/%2e%2E/me",
        "/desk/.%2e/me?x=1",
        "/desk/v1/status",
        "/desk/sign-out",
        "javascript:alert(1)",
        ""
      })
  void replacesAllOthersByTheQueue(String text) {
    assertThat(LocalPath.of(text)).isEqualTo("/desk/queue");
  }
}
