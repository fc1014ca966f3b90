package lazaret.storage.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The requirements on every store of objects.
public interface ObjectStoreContract {
  /// Opens a store that is empty.
  ObjectStore open();

  private static Bytes bytes(int length, long seed) {
    byte[] data = new byte[length];
    new Random(seed).nextBytes(data);
    return Bytes.of(data);
  }

  private static ObjectKey key(int number) {
    return new ObjectKey.Artifact(Sha256.of(Bytes.utf8("artifact " + number)), 1).key();
  }

  /// Runs work on each of several threads at once.
  private static void together(int threads, int count, IntWork work) throws Exception {
    try (ExecutorService pool =
        Executors.newFixedThreadPool(threads, Thread.ofVirtual().factory())) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        Callable<Boolean> task =
            () -> {
              work.run(number);
              return true;
            };
        running.add(pool.submit(task));
      }
      for (Future<?> each : running) {
        Object _ = each.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a thread failed", e.getCause());
    }
  }

  /// Work of one thread.
  interface IntWork {
    /// Does the work.
    void run(int number) throws Exception;
  }

  /// Returns all keys that begin with a text, page by page.
  private static List<ObjectKey> all(ObjectStore store, String beginning) throws Exception {
    List<ObjectKey> all = new ArrayList<>();
    List<ObjectKey> page = store.list(beginning, "");
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(ObjectStore.PAGE);
      all.addAll(page);
      page = store.list(beginning, page.getLast().name());
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_384, 1_048_577, 9_000_001})
  default void returnsWhatWasPut(int length) throws Exception {
    try (ObjectStore store = open()) {
      Bytes bytes = bytes(length, length);

      store.put(key(1), bytes);

      assertThat(store.get(key(1), length)).contains(bytes);
    }
  }

  @Test
  default void hasNoObjectThatWasNotPut() throws Exception {
    try (ObjectStore store = open()) {
      assertThat(store.get(key(1), 10)).isEmpty();
      assertThat(store.list("", "")).isEmpty();

      store.put(key(2), bytes(10, 2));

      assertThat(store.get(key(1), 10)).isEmpty();
    }
  }

  @Test
  default void showsThatAnObjectHasAnotherLength() throws Exception {
    try (ObjectStore store = open()) {
      Bytes bytes = bytes(50_000, 1);
      store.put(key(1), bytes);

      assertThat(store.get(key(1), 20_000)).contains(Bytes.copyOf(bytes.array(), 0, 20_001));
      assertThat(store.get(key(1), 0)).contains(Bytes.copyOf(bytes.array(), 0, 1));
      assertThat(store.get(key(1), 50_001)).contains(bytes);
    }
  }

  @Test
  default void replacesAnObject() throws Exception {
    try (ObjectStore store = open()) {
      store.put(key(1), bytes(10, 1));
      store.put(key(1), bytes(1_000, 2));

      assertThat(store.get(key(1), 1_000)).contains(bytes(1_000, 2));
    }
  }

  @Test
  default void deletesOneObjectAlsoTwice() throws Exception {
    try (ObjectStore store = open()) {
      store.put(key(1), bytes(10, 1));
      store.put(key(2), bytes(10, 2));

      store.delete(key(1));
      store.delete(key(1));
      store.delete(key(3));

      assertThat(store.get(key(1), 10)).isEmpty();
      assertThat(store.get(key(2), 10)).contains(bytes(10, 2));
    }
  }

  @Test
  default void acceptsAnObjectAgainAfterItsRemoval() throws Exception {
    try (ObjectStore store = open()) {
      store.put(key(1), bytes(10, 1));
      store.delete(key(1));
      store.put(key(1), bytes(10, 1));

      assertThat(store.get(key(1), 10)).contains(bytes(10, 1));
    }
  }

  @Test
  default void listsKeysInTheOrderOfTheirBytes() throws Exception {
    try (ObjectStore store = open()) {
      List<String> names =
          List.of("a-b/1", "a.b/1", "a/1", "a/1-x", "a/1.x", "a/1_x", "a/2", "aB/1", "ab/1");
      for (String name : names.reversed()) {
        store.put(new ObjectKey(name), Bytes.utf8(name));
      }

      assertThat(all(store, "")).extracting(ObjectKey::name).containsExactlyElementsOf(names);
      assertThat(all(store, "a/"))
          .extracting(ObjectKey::name)
          .containsExactly("a/1", "a/1-x", "a/1.x", "a/1_x", "a/2");
      assertThat(store.list("a/", "a/1.x"))
          .extracting(ObjectKey::name)
          .containsExactly("a/1_x", "a/2");
      assertThat(store.list("a/", "a/2")).isEmpty();
      assertThat(store.list("b/", "")).isEmpty();
    }
  }

  @Test
  default void listsMoreKeysThanAPageHas() throws Exception {
    try (ObjectStore store = open()) {
      List<ObjectKey> keys =
          IntStream.range(0, ObjectStore.PAGE + 50)
              .mapToObj(i -> new ObjectKey("many/%05d".formatted(i)))
              .toList();
      together(8, keys.size(), i -> store.put(keys.get(i), Bytes.utf8("x")));

      assertThat(all(store, "many/")).containsExactlyElementsOf(keys);
    }
  }

  @Test
  default void servesManyThreadsAtOnce() throws Exception {
    try (ObjectStore store = open()) {
      together(
          64,
          256,
          i -> {
            Bytes own = bytes(1_000 + i, i);
            store.put(key(i), own);
            assertThat(store.get(key(i), own.length())).contains(own);
          });

      assertThat(all(store, ObjectKey.ARTIFACTS))
          .containsExactlyElementsOf(
              IntStream.range(0, 256).mapToObj(ObjectStoreContract::key).sorted().toList());
    }
  }
}
