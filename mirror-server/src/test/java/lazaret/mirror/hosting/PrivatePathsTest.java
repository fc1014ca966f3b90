package lazaret.mirror.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivatePathsTest {
  @Test
  void namesWhatCargoRequests() {
    assertThat(PrivatePaths.named("crates")).contains(new PrivatePaths.Named.Search());
    assertThat(PrivatePaths.named("crates/new")).contains(new PrivatePaths.Named.Publish());
    assertThat(PrivatePaths.named("crates/acme-core/owners"))
        .contains(new PrivatePaths.Named.Owners("acme-core"));
    assertThat(PrivatePaths.named("crates/acme-core/1.0.0+a/yank"))
        .contains(new PrivatePaths.Named.Yank("acme-core", "1.0.0+a", true));
    assertThat(PrivatePaths.named("crates/acme-core/1.0.0%2Ba/unyank"))
        .contains(new PrivatePaths.Named.Yank("acme-core", "1.0.0+a", false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "crate",
        "crates/",
        "crates/acme-core",
        "crates/new/",
        "crates//1.0.0/yanks",
        "crates/acme-core/1.0.0/yank/",
        "me"
      })
  void otherPathsNameNothing(String path) {
    assertThat(PrivatePaths.named(path)).isEmpty();
  }
}
