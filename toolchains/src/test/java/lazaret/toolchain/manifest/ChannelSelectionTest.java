package lazaret.toolchain.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelSelectionTest {
  @Test
  void textHasAllParts() {
    ChannelSelection selection =
        new ChannelSelection(
            "nightly-2026-01-22",
            List.of("x86_64-unknown-linux-gnu", "aarch64-apple-darwin"),
            "default",
            List.of("rust-src", "rust-std:wasm32-unknown-unknown"));

    assertThat(selection.text())
        .isEqualTo(
            "nightly-2026-01-22 targets=x86_64-unknown-linux-gnu+aarch64-apple-darwin"
                + " profile=default components=rust-src+rust-std:wasm32-unknown-unknown");
    assertThat(ChannelSelection.parse(selection.text())).isEqualTo(selection);
    assertThat(ChannelSelection.parse("stable targets=a").profile()).isEqualTo("minimal");
  }

  @ParameterizedTest
  @CsvSource({
    "stable, dist/channel-rust-stable.toml",
    "1.95.0, dist/channel-rust-1.95.0.toml",
    "1.95, dist/channel-rust-1.95.toml",
    "nightly-2026-01-22, dist/2026-01-22/channel-rust-nightly.toml",
  })
  void manifestIsWhereRustupRequestsIt(String channel, String path) {
    assertThat(new ChannelSelection(channel, List.of("a"), "minimal", List.of()).manifestPath())
        .isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "stable",
        "../x targets=a",
        "stable-today targets=a",
        "stable targets=A",
        "stable targets=a profile=",
        "stable targets=a components=a/b",
        "stable targets=a other=1",
        "stable targets=",
      })
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> ChannelSelection.parse(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot select a channel: expected ");
  }
}
