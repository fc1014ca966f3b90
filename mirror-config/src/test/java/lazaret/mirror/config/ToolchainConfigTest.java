package lazaret.mirror.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolchainConfigTest {
  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "HOME",
              "/home/ann",
              "LAZARET_TOOLCHAINS_CHANNELS",
              "stable targets=x86_64-unknown-linux-gnu automatic",
              "LAZARET_GIT_SOURCES_HOSTS",
              "git.example.com"));

  private MirrorConfig.Site read() {
    return MirrorConfig.read(List.of(), environment).site();
  }

  @Test
  void channelsAndHostsAreRead() {
    assertThat(read().toolchains().channels())
        .singleElement()
        .extracting("automatic")
        .isEqualTo(true);
    assertThat(read().gitSources().hosts()).containsExactly("git.example.com");
  }

  @Test
  void offlineServerLooksAtNoChannelAndAsksNoHost() {
    environment.put("LAZARET_OFFLINE", "true");

    assertThat(read().toolchains().channels()).isEmpty();
    assertThat(read().gitSources().hosts()).isEmpty();
  }

  /// Two selections of one channel would replace each other each day.
  @Test
  void channelIsNamedOnce() {
    environment.put(
        "LAZARET_TOOLCHAINS_CHANNELS",
        "stable targets=x86_64-unknown-linux-gnu, stable targets=aarch64-unknown-linux-gnu");

    assertThatThrownBy(this::read)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'toolchains.channels' has 'stable' twice");
  }
}
