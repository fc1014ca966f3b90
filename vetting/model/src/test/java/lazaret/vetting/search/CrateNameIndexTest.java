package lazaret.vetting.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CrateNameIndexTest {
  private final ConcurrentSkipListSet<String> held = new ConcurrentSkipListSet<>();
  private final AtomicLong epoch = new AtomicLong();
  private final AtomicInteger reads = new AtomicInteger();
  private final CrateNameIndex index =
      new CrateNameIndex(
          () -> {
            reads.incrementAndGet();
            return List.copyOf(held).stream();
          },
          epoch::get);

  private void hold(String key) {
    held.add(key);
    index.add(key);
  }

  /// Finds the expected names by a slow search.
  private CrateNameIndex.Matches slowly(String words, int limit) {
    List<String> all = held.stream().filter(key -> key.contains(words)).toList();
    return new CrateNameIndex.Matches(
        all.stream()
            .sorted(
                Comparator.comparing((String key) -> !key.startsWith(words))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(limit)
            .toList(),
        all.size());
  }

  @Test
  void findsExactNamesFirstAndPrefixesNext() {
    List.of("a_log", "log", "log4rs", "logos", "blog").forEach(this::hold);

    assertThat(index.find("log", 3).keys()).containsExactly("log", "log4rs", "logos");
    assertThat(index.find("log", 3).total()).isEqualTo(5);
    assertThat(index.find("log", 9).keys())
        .containsExactly("log", "log4rs", "logos", "a_log", "blog");
  }

  @Test
  void agreesWithASlowSearchWhileCratesCome() {
    var random = new SplittableRandom(15);
    for (int i = 0; i < 3_000; i++) {
      StringBuilder key = new StringBuilder();
      for (int length = 1 + random.nextInt(4); length > 0; length--) {
        key.append((char) ('a' + random.nextInt(5)));
      }
      hold(key + "_" + random.nextInt(2_000));
      if (i % 100 == 0) {
        for (String words : List.of("", "a", "ab", "_1", key.toString(), "zz", "\n", "a\nb")) {
          int limit = random.nextInt(40);
          assertThat(index.find(words, limit)).as(words).isEqualTo(slowly(words, limit));
        }
      }
    }
    assertThat(index.size()).isEqualTo(held.size());
    assertThat(reads).hasValue(1);
  }

  @Test
  void aConditionLimitsMatchesAndTheirNumber() {
    List.of("acme_core", "acme_log", "blog", "log", "log4rs", "logos").forEach(this::hold);
    assertThat(index.size()).isEqualTo(6);
    List.of("acme_later", "later").forEach(this::hold);
    Predicate<String> among = key -> !key.startsWith("acme_");

    assertThat(index.find("log", 2, among))
        .isEqualTo(new CrateNameIndex.Matches(List.of("log", "log4rs"), 4));
    assertThat(index.find("", 3, among))
        .isEqualTo(new CrateNameIndex.Matches(List.of("blog", "later", "log"), 5));
    assertThat(index.find("acme", 3, among)).isEqualTo(new CrateNameIndex.Matches(List.of(), 0));
  }

  @Test
  void findsNothingAmongNothing() {
    assertThat(index.find("", 10)).isEqualTo(new CrateNameIndex.Matches(List.of(), 0));
    assertThat(index.find("a", 10)).isEqualTo(new CrateNameIndex.Matches(List.of(), 0));
  }

  @Test
  void forgetsTheNamesOfAnotherSnapshot() {
    hold("old");
    assertThat(index.find("old", 1).total()).isEqualTo(1);
    hold("older");

    held.clear();
    held.add("new");
    epoch.set(1);

    assertThat(index.find("old", 1).total()).isZero();
    assertThat(index.find("new", 1).total()).isEqualTo(1);
  }

  @Test
  void readsTheNamesAgainAfterItForgotThem() {
    hold("old");
    assertThat(index.size()).isEqualTo(1);
    held.add("unseen");
    assertThat(index.size()).isEqualTo(1);

    index.forget();

    assertThat(index.find("unseen", 1).keys()).containsExactly("unseen");
    assertThat(index.size()).isEqualTo(2);
  }

  @Test
  void addsNamesWithoutWaitingForARead() throws InterruptedException {
    var begun = new CompletableFuture<Boolean>();
    var source = new CompletableFuture<Stream<String>>();
    var slow =
        new CrateNameIndex(
            () -> {
              boolean _ = begun.complete(true);
              return source.join();
            },
            epoch::get);
    Thread reader = Thread.ofPlatform().start(slow::load);
    assertThat(begun.join()).isTrue();

    for (int i = 0; i < 2_000; i++) {
      slow.add("k" + i);
    }

    boolean _ = source.complete(Stream.of("read"));
    reader.join();
    assertThat(slow.size()).isEqualTo(2_001);
  }

  @Test
  void missesNoCrateThatComesWhileTheNamesAreRead() throws InterruptedException {
    for (int round = 0; round < 200; round++) {
      var fresh = new CrateNameIndex(() -> List.copyOf(held).stream(), epoch::get);
      String key = "round_" + round;
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    held.add(key);
                    fresh.add(key);
                  });
      fresh.load();
      writer.join();
      assertThat(fresh.find(key, 1).keys()).containsExactly(key);
      assertThat(fresh.size()).isEqualTo(held.size());
    }
  }

  @Test
  void losesNoCrateThatComesFromManyThreads() throws InterruptedException {
    index.load();
    List<Thread> writers = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int number = t;
      writers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 2_000; i++) {
                      hold("k" + number + "_" + i);
                    }
                  }));
    }
    for (int i = 0; i < 50; i++) {
      long before = held.size();
      assertThat(index.size()).isGreaterThanOrEqualTo(before - 4);
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(index.size()).isEqualTo(8_000);
    assertThat(index.find("k3_1999", 9).keys()).containsExactly("k3_1999");
  }
}
