package lazaret.vetting.gate.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
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

  @Test
  void refusesAValueThatWasReadBeforeADrop() {
    BoundedCache<String, String> memory = new BoundedCache<>(16, String::length);
    long before = memory.tick("k");
    memory.drop("k");

    memory.put("k", "a", before);
    assertThat(memory.get("k")).isNull();

    memory.put("k", "b", memory.tick("k"));
    assertThat(memory.get("k")).isEqualTo("b");
    memory.put("k", "a", before);
    assertThat(memory.get("k")).isEqualTo("b");
  }

  @Test
  void dropsAllAndRefusesWhatWasReadBefore() {
    BoundedCache<String, String> memory = new BoundedCache<>(16, String::length);
    memory.put("k", "a");
    long before = memory.tick("other");

    memory.dropAll();

    memory.put("other", "b", before);
    assertThat(memory.size()).isZero();
    memory.put("other", "b", memory.tick("other"));
    assertThat(memory.get("other")).isEqualTo("b");
  }

  @Test
  void aLargeValueWithATickIsNotCached() {
    BoundedCache<String, String> memory = new BoundedCache<>(16, String::length);
    memory.put("k", "a");

    memory.put("k", "abc", memory.tick("k"));

    assertThat(memory.get("k")).isNull();
  }

  /// A reader reads a number, then caches it. A writer changes the number, then drops the key.
  /// After a drop, the cache has no number from before it.
  @Test
  void neverServesWhatADropFollowed() throws Exception {
    BoundedCache<String, Long> memory = new BoundedCache<>(64, _ -> 1);
    var stored = new AtomicLong();
    var done = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        readers.add(
            threads.submit(
                () -> {
                  while (!done.get()) {
                    long tick = memory.tick("k");
                    long read = stored.get();
                    LockSupport.parkNanos(50_000);
                    memory.put("k", read, tick);
                  }
                }));
      }
      try {
        for (long number = 1; number <= 20_000; number++) {
          stored.set(number);
          if (number % 100 == 0) {
            memory.dropAll();
          } else {
            memory.drop("k");
          }
          Long cached = memory.get("k");
          assertThat(cached == null || cached >= number).as("%s at %d", cached, number).isTrue();
        }
      } finally {
        done.set(true);
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
    }
  }
}
