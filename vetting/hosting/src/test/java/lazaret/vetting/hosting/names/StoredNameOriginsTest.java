package lazaret.vetting.hosting.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.fixture.CountingStore;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskRows;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.upstream.CanaryCrate;
import lazaret.vetting.hosting.record.HostedName;
import lazaret.vetting.hosting.record.PublicationRows;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.origin.PatternOrigins;
import lazaret.vetting.roles.CratePattern;
import org.junit.jupiter.api.Test;

class StoredNameOriginsTest {
  private static final PatternOrigins PATTERNS =
      new PatternOrigins(
          List.of(new CratePattern("acme-*")),
          List.of(new CratePattern("internal-*")),
          List.of(new CratePattern("acme-public")));

  private static CrateName name(String text) {
    return CrateName.parse(text);
  }

  private static void store(Store store, String name) {
    List<LedgerEntry> _ =
        store.commit(
            Batch.synced(
                List.of(
                    PublicationRows.put(
                        new HostedName(name(name), Instant.EPOCH, "ada", HostedName.HERE)))));
  }

  @Test
  void aStoredNameIsPrivateInEachSpellingWhateverPatternsSay() {
    InMemoryStore store = new InMemoryStore();
    store(store, "Solo-Crate");
    store(store, "acme-public");
    store(store, "internal-old");
    StoredNameOrigins origins = new StoredNameOrigins(store, PATTERNS, false);

    for (String each : List.of("solo-crate", "SOLO_CRATE", "acme_public", "internal-old")) {
      assertThat(origins.of(name(each))).as(each).isEqualTo(NameOrigin.PRIVATE);
    }
    assertThat(origins.of(name("acme-new"))).isEqualTo(NameOrigin.RESERVED);
    assertThat(origins.of(name("internal-new"))).isEqualTo(NameOrigin.RESERVED);
    assertThat(origins.of(name("serde"))).isEqualTo(NameOrigin.PUBLIC);
  }

  /// Otherwise `selftest` would report a gate that has no canary crate.
  @Test
  void theCanaryCrateIsPublicUnderAllPatterns() {
    PatternOrigins wide =
        new PatternOrigins(
            List.of(new CratePattern("*")), List.of(new CratePattern("lazaret-*")), List.of());
    StoredNameOrigins origins = new StoredNameOrigins(new InMemoryStore(), wide, false);

    assertThat(origins.of(CanaryCrate.NAME)).isEqualTo(NameOrigin.PUBLIC);
    assertThat(origins.confirmed(CanaryCrate.NAME)).isEqualTo(NameOrigin.PUBLIC);
    assertThat(origins.of(name("lazaret-core"))).isEqualTo(NameOrigin.RESERVED);
    assertThat(origins.of(name("serde"))).isEqualTo(NameOrigin.RESERVED);
  }

  @Test
  void aQuestionCostsNoReadOfTheStore() {
    CountingStore counting = new CountingStore();
    Store store = counting.around(new InMemoryStore());
    StoredNameOrigins origins = new StoredNameOrigins(store, PATTERNS, true);
    assertThat(origins.of(name("serde"))).isEqualTo(NameOrigin.PUBLIC);
    long _ = counting.reads();

    for (int i = 0; i < 1_000; i++) {
      assertThat(origins.of(name("name-" + i))).isEqualTo(NameOrigin.PUBLIC);
      assertThat(origins.confirmed(name("acme-" + i))).isEqualTo(NameOrigin.RESERVED);
    }

    assertThat(counting.reads()).isZero();
  }

  @Test
  void searchComparesTheNamesInHeap() {
    CountingStore counting = new CountingStore();
    Store store = counting.around(new InMemoryStore());
    store(store, "acme-tools");
    store(store, "Acme-Core");
    store(store, "solo");
    StoredNameOrigins origins = new StoredNameOrigins(store, PATTERNS, true);
    assertThat(origins.keys(_ -> true)).containsExactly("acme_core", "acme_tools", "solo");
    long _ = counting.reads();

    assertThat(origins.keys(key -> key.contains("acme")))
        .containsExactly("acme_core", "acme_tools");
    assertThat(counting.reads()).isZero();

    origins.add(name("acme-new"));
    origins.withdraw(name("acme-new"));
    assertThat(origins.keys(key -> key.contains("new"))).as("it was not stored").isEmpty();
  }

  @Test
  void searchFindsNamesWhoseRowsAreUncertain() {
    InMemoryStore store = new InMemoryStore();
    StoredNameOrigins origins = new StoredNameOrigins(store, PATTERNS, true);
    assertThat(origins.keys(_ -> true)).isEmpty();

    for (int i = 0; i < 150; i++) {
      origins.withdraw(name("solo-" + i));
      store(store, "solo-" + i);
    }

    assertThat(origins.keys(key -> key.endsWith("_7"))).containsExactly("solo_7");
    assertThat(origins.keys(key -> key.contains("solo"))).hasSize(150);
  }

  @Test
  void theConditionForPublicKeysIsNeitherStoredNorReserved() {
    InMemoryStore store = new InMemoryStore();
    store(store, "Solo-Crate");
    StoredNameOrigins origins = new StoredNameOrigins(store, PATTERNS, false);

    assertThat(List.of("serde", "solo_crate", "acme_new", "internal_new", "acme_public"))
        .filteredOn(origins.publicKeys(""))
        .containsExactly("serde", "acme_public");
    assertThat(
            new StoredNameOrigins(
                    new InMemoryStore(), new PatternOrigins(List.of(), List.of(), List.of()), true)
                .publicKeys(""))
        .as("all names are public")
        .isNull();
  }

  /// A search of a node follows the names that another one made private.
  @Test
  void theConditionForPublicKeysReadsUncertainNamesFirst() {
    CountingStore counting = new CountingStore();
    Store store = counting.around(new InMemoryStore());
    StoredNameOrigins origins = new StoredNameOrigins(store, PATTERNS, true);
    assertThat(origins.of(name("solo"))).isEqualTo(NameOrigin.PUBLIC);
    for (String each : List.of("solo", "other")) {
      origins.withdraw(name(each));
      store(store, each);
    }
    long _ = counting.reads();

    Predicate<String> condition = Objects.requireNonNull(origins.publicKeys("sol"));

    assertThat(counting.reads()).isEqualTo(1);
    assertThat(condition.test("solo")).isFalse();
    assertThat(condition.test("solar")).isTrue();
    assertThat(counting.reads()).isZero();
  }

  @Test
  void aNameIsPrivateFromTheMomentBeforeItIsStored() {
    InMemoryStore store = new InMemoryStore();
    StoredNameOrigins origins = new StoredNameOrigins(store, PATTERNS, true);
    assertThat(origins.of(name("solo"))).isEqualTo(NameOrigin.PUBLIC);

    origins.add(name("solo"));
    assertThat(origins.of(name("solo"))).isEqualTo(NameOrigin.PRIVATE);

    origins.withdraw(name("solo"));
    assertThat(origins.of(name("solo"))).isEqualTo(NameOrigin.PUBLIC);

    origins.add(name("solo"));
    store(store, "solo");
    origins.withdraw(name("solo"));
    assertThat(origins.of(name("solo"))).as("it was stored").isEqualTo(NameOrigin.PRIVATE);
  }

  @Test
  void anotherNodeConfirmsANameByItsRow() {
    SharedMemory memory = new SharedMemory();
    Store one = memory.node("one");
    StoredNameOrigins two = new StoredNameOrigins(memory.node("two"), PATTERNS, true);
    assertThat(two.of(name("acme-core"))).isEqualTo(NameOrigin.RESERVED);
    assertThat(two.of(name("solo"))).isEqualTo(NameOrigin.PUBLIC);

    store(one, "acme-core");
    store(one, "solo");

    assertThat(two.confirmed(name("acme-core"))).isEqualTo(NameOrigin.PRIVATE);
    assertThat(two.confirmed(name("solo"))).isEqualTo(NameOrigin.PRIVATE);
    assertThat(two.of(name("solo"))).isEqualTo(NameOrigin.PRIVATE);
  }

  /// Returns a store that runs an action after each read of one row.
  private static Store around(Store store, AtomicReference<Runnable> afterRead) {
    DeskRows rows =
        new DeskRows() {
          @Override
          public Optional<Bytes> find(DeskTable table, String key) {
            Optional<Bytes> found = store.deskRows().find(table, key);
            afterRead.get().run();
            return found;
          }

          @Override
          public Stream<DeskRow> list(DeskTable table, String prefix) {
            return store.deskRows().list(table, prefix);
          }
        };
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) ->
                method.getName().equals("deskRows") ? rows : method.invoke(store, arguments));
  }

  @Test
  void aNameStaysUncertainIfItsRowCannotBeRead() {
    InMemoryStore store = new InMemoryStore();
    AtomicReference<Runnable> afterRead = new AtomicReference<>(() -> {});
    StoredNameOrigins origins = new StoredNameOrigins(around(store, afterRead), PATTERNS, true);
    assertThat(origins.of(name("solo"))).isEqualTo(NameOrigin.PUBLIC);
    origins.withdraw(name("solo"));
    store(store, "solo");
    afterRead.set(
        () -> {
          throw new IllegalStateException("the store is away");
        });
    assertThatThrownBy(() -> origins.of(name("solo"))).hasMessage("the store is away");

    afterRead.set(() -> {});

    assertThat(origins.of(name("solo"))).isEqualTo(NameOrigin.PRIVATE);
  }

  /// The action asks as another thread would while the first one reads.
  @Test
  void aQuestionDuringTheReadOfARowReadsItToo() {
    InMemoryStore store = new InMemoryStore();
    AtomicReference<Runnable> afterRead = new AtomicReference<>(() -> {});
    StoredNameOrigins origins = new StoredNameOrigins(around(store, afterRead), PATTERNS, true);
    assertThat(origins.of(name("solo"))).isEqualTo(NameOrigin.PUBLIC);
    origins.withdraw(name("solo"));
    store(store, "solo");
    List<NameOrigin> meanwhile = new ArrayList<>();
    afterRead.set(
        () -> {
          afterRead.set(() -> {});
          meanwhile.add(origins.of(name("solo")));
        });

    assertThat(origins.of(name("solo"))).isEqualTo(NameOrigin.PRIVATE);
    assertThat(meanwhile).containsExactly(NameOrigin.PRIVATE);
  }

  @Test
  void aChangeDuringTheReadOfARowIsReadAfterIt() {
    InMemoryStore store = new InMemoryStore();
    AtomicReference<Runnable> afterRead = new AtomicReference<>(() -> {});
    StoredNameOrigins origins = new StoredNameOrigins(around(store, afterRead), PATTERNS, true);
    assertThat(origins.of(name("solo"))).isEqualTo(NameOrigin.PUBLIC);
    origins.withdraw(name("solo"));
    afterRead.set(
        () -> {
          afterRead.set(() -> {});
          store(store, "solo");
          origins.withdraw(name("solo"));
        });
    assertThat(origins.of(name("solo"))).as("as it was read").isEqualTo(NameOrigin.PUBLIC);

    assertThat(origins.of(name("solo"))).isEqualTo(NameOrigin.PRIVATE);
  }
}
