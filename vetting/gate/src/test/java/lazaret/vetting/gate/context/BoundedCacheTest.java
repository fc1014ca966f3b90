package lazaret.vetting.gate.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedCacheTest {
  @Test
  void evictsEntriesAboveTheLimitAndKeepsTheMostUsed() {
    BoundedCache<String, String> memory = new BoundedCache<>(16, String::length);
    for (int i = 0; i < 8; i++) {
      memory.put("k" + i, "ab");
    }
    for (int i = 0; i < 5; i++) {
      memory.get("k0");
    }

    for (int i = 0; i < 100; i++) {
      memory.put("new" + i, "ab");
    }

    assertThat(memory.get("k0")).isEqualTo("ab");
    assertThat(memory.weight()).isLessThanOrEqualTo(16);
    assertThat(memory.keys()).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void keepsOnlyALowerWeightOnRequestAndTheFormerOneLater() {
    BoundedCache<String, String> memory = new BoundedCache<>(16, String::length);
    for (int i = 0; i < 8; i++) {
      memory.put("k" + i, "ab");
    }

    assertThat(memory.keep(4)).isTrue();
    assertThat(memory.keep(4)).isFalse();
    assertThat(memory.weight()).isLessThanOrEqualTo(4);

    assertThat(memory.keep(100)).isTrue();
    assertThat(memory.keep(16)).isFalse();
    for (int i = 0; i < 100; i++) {
      memory.put("new" + i, "ab");
    }
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
