package lazaret.vetting.gate.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedCacheTest {
  @Test
  void forgetsWhatWasUsedLeastRecently() {
    BoundedCache<String, String> memory = new BoundedCache<>(16, String::length);
    for (int i = 0; i < 8; i++) {
      memory.put("k" + i, "ab");
    }
    memory.get("k0");

    memory.put("new", "ab");

    assertThat(memory.get("k1")).isNull();
    assertThat(memory.get("k0")).isEqualTo("ab");
    assertThat(memory.weight()).isEqualTo(16);
  }

  @Test
  void doesNotLetOneLargeValuePushOutEverything() {
    BoundedCache<String, String> memory = new BoundedCache<>(16, String::length);
    memory.put("small", "ab");

    memory.put("large", "abc");

    assertThat(memory.get("large")).isNull();
    assertThat(memory.get("small")).isEqualTo("ab");
  }

  @Test
  void weighsAReplacedValueOnce() {
    BoundedCache<String, String> memory = new BoundedCache<>(16, String::length);
    memory.put("k", "ab");
    memory.put("k", "a");

    assertThat(memory.weight()).isEqualTo(1);
    assertThat(memory.size()).isEqualTo(1);
  }
}
