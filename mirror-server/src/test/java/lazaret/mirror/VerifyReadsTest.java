package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.testkit.ManualClock;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.fixture.DeskResponse;
import lazaret.vetting.gate.store.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The reads of a `verify` of a thousand packages. Each crate is named by three of them, one after
/// the other: the reads for one must suffice for the others.
class VerifyReadsTest {
  private static final int CRATES = 400;
  private static final int PACKAGES = 1_000;

  /// The reads per crate for all of its packages.
  private static final Set<String> OF_A_CRATE =
      Set.of("records", "crate", "view", "decisions", "findings", "findingsOf");

  @TempDir Path folder;

  /// The number of calls of each method with each argument, by `method argument`.
  private final Map<String, Integer> reads = new ConcurrentHashMap<>();

  private final List<CrateId> packages = new ArrayList<>();

  @BeforeEach
  void fill() {
    try (TestGate gate = gate()) {
      for (int i = 0; i < CRATES; i++) {
        for (int minor = 0; minor < 4; minor++) {
          CrateId id = gate.publish("crate-%03d".formatted(i), "1.%d.0".formatted(minor), 100);
          if (packages.size() < PACKAGES && minor < 3) {
            packages.add(id);
          }
        }
      }

      assertThat(served(gate)).isEqualTo(PACKAGES);

      assertThat(gate.remote.count("/index/cr/*")).isEqualTo(crates());
    }
    reads.clear();
  }

  private long crates() {
    return packages.stream().map(CrateId::name).distinct().count();
  }

  private TestGate gate() {
    Path data = folder.resolve("store");
    Store store = RocksStore.open(data, RocksOptions.DEFAULT, new ManualClock(TestGate.START));
    return new TestGate(folder.resolve("gate"), Map.of(), counted(store));
  }

  /// Returns the store with a counter in front of it.
  private Store counted(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              String argument =
                  arguments == null
                      ? ""
                      : arguments[0] instanceof CrateName name
                          ? name.collisionKey()
                          : arguments[0].toString();
              reads.merge(method.getName() + " " + argument, 1, Integer::sum);
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /// Verifies the lockfile and returns how many of its packages are served.
  private long served(TestGate gate) {
    String lock =
        packages.stream()
            .map(
                id ->
                    "[[package]]\nname = \"%s\"\nversion = \"%s\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"%s\"\n"
                        .formatted(id.name().published(), id.version().text(), id.cksum().hex()))
            .collect(Collectors.joining("\n", "version = 3\n\n", ""));
    String body =
        "{\"lockfile\": \"%s\"}".formatted(lock.replace("\"", "\\\"").replace("\n", "\\n"));
    DeskResponse answer = gate.desk("POST", "/verify", body);
    return Pattern.compile("\"status\":\"served\"").matcher(answer.body().text()).results().count();
  }

  private Map<String, Integer> readsOf(Set<String> methods) {
    return reads.entrySet().stream()
        .filter(e -> methods.contains(e.getKey().substring(0, e.getKey().indexOf(' '))))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Test
  void readsWhatIsHeldOfACrateOnceHoweverManyPackagesNameIt() {
    try (TestGate gate = gate()) {
      assertThat(served(gate)).isEqualTo(PACKAGES);

      assertThat(gate.remote.requests()).isEmpty();
      assertThat(readsOf(Set.of("records"))).hasSize((int) crates());
      assertThat(readsOf(OF_A_CRATE)).allSatisfy((_, times) -> assertThat(times).isOne());
    }
  }

  @Test
  void readsNothingOfACrateForALockfileThatWasAskedForBefore() {
    try (TestGate gate = gate()) {
      served(gate);
      reads.clear();

      assertThat(served(gate)).isEqualTo(PACKAGES);

      assertThat(readsOf(OF_A_CRATE)).isEmpty();
      assertThat(readsOf(Set.of("findings"))).isEmpty();
    }
  }
}
