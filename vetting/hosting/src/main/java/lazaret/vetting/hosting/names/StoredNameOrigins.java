package lazaret.vetting.hosting.names;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.upstream.CanaryCrate;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.origin.NameOrigins;
import lazaret.vetting.origin.PatternOrigins;
import org.jspecify.annotations.Nullable;

/// The origins of all names: the stored private names, and the patterns of the operator. A stored
/// name stays private under all later patterns.
///
/// The names are in heap. A row of the store is read only for a crate that another node of a
/// cluster may have made private since. Thread-safe.
public final class StoredNameOrigins implements NameOrigins {
  /// The maximum number of names that are looked up one by one; after more, all are read again.
  private static final int MOST_DOUBTED = 10_000;

  /// The maximum number of names that one search looks up one by one.
  private static final int MOST_READ = 100;

  private final Store store;
  private final PatternOrigins patterns;
  private final boolean otherNames;

  /// The collision keys of private names.
  private final Set<String> names = ConcurrentHashMap.newKeySet();

  /// The last doubt about each name that may be private since it was read, by collision key. A
  /// doubt ends by a read that began after it.
  private final Map<String, Object> doubted = new ConcurrentHashMap<>();

  /// The collision keys of names whose crate may not have been stored after all.
  private final Set<String> withdrawn = ConcurrentHashMap.newKeySet();

  /// Orders the flags below, and each change of [#doubted] and [#withdrawn]. A read of the store
  /// does not hold it.
  private final Object flags = new Object();

  /// True if all names must be read again. Written under [#flags].
  private volatile boolean stale = true;

  /// True if a name changed while all names were read; guarded by [#flags].
  private boolean missed;

  /// Creates the origins of the names of a store. The names are read at the first question. The
  /// canary crate is public under all patterns: the program has it, and requests nothing for it.
  ///
  /// @param otherNames whether a name that no pattern matches can become private
  public StoredNameOrigins(Store store, PatternOrigins patterns, boolean otherNames) {
    this.store = store;
    this.patterns = patterns.withPublic(CanaryCrate.NAME);
    this.otherNames = otherNames;
  }

  /// Follows the changes of a store that several nodes share.
  public void follow(CrateStates files) {
    if (store.shared().isPresent()) {
      files.onChange(this::doubt, this::doubtAll);
    }
  }

  @Override
  public NameOrigin of(CrateName name) {
    String key = name.collisionKey();
    if (stale) {
      readAll();
    } else if (!doubted.isEmpty() && doubted.containsKey(key)) {
      read(key);
    }
    return names.contains(key) ? NameOrigin.PRIVATE : patterns.of(name);
  }

  /// Returns whether there is a private crate, or one can be published here.
  public boolean canBePrivate() {
    if (stale) {
      readAll();
    }
    return otherNames || !patterns.privates().isEmpty() || !names.isEmpty();
  }

  /// Returns the text of the pattern that reserves a name; empty if none does.
  public String reservedBy(CrateName name) {
    return patterns.reservedBy(name);
  }

  /// Returns the origin of a name as the store has it at this moment. In a cluster it reads the row
  /// of a name that can become private.
  public NameOrigin confirmed(CrateName name) {
    NameOrigin known = of(name);
    boolean fixed = known == NameOrigin.PRIVATE || (known == NameOrigin.PUBLIC && !otherNames);
    if (fixed || store.shared().isEmpty()) {
      return known;
    }
    read(name.collisionKey());
    return of(name);
  }

  /// Returns the collision keys of private names that meet a condition, in order. The names in heap
  /// are compared. One can be among them whose crate is not stored yet.
  public List<String> keys(Predicate<String> wanted) {
    settle(wanted);
    return names.stream().filter(wanted).sorted().toList();
  }

  /// Returns the condition for public names among the collision keys that contain a text, or null
  /// if all names are public. The condition reads no row of the store.
  public @Nullable Predicate<String> publicKeys(String part) {
    settle(key -> key.contains(part));
    return names.isEmpty() && patterns.privates().isEmpty() && patterns.reserved().isEmpty()
        ? null
        : key -> !names.contains(key) && patterns.of(CrateName.parse(key)) == NameOrigin.PUBLIC;
  }

  /// Reads the uncertain names that meet a condition.
  private void settle(Predicate<String> wanted) {
    List<String> unsure = doubted.keySet().stream().filter(wanted).limit(MOST_READ + 1L).toList();
    if (unsure.size() > MOST_READ) {
      // One read of all names is shorter than one of each.
      doubtAll();
    }
    if (stale) {
      readAll();
    } else {
      unsure.forEach(this::read);
    }
  }

  /// Reads all names again at the next question, after a bundle brought some.
  public void reload() {
    doubtAll();
  }

  /// Records that a name is about to become private. Nothing about it leaves this machine from then
  /// on.
  public void add(CrateName name) {
    String key = name.collisionKey();
    synchronized (flags) {
      withdrawn.remove(key);
      names.add(key);
    }
  }

  /// Records that it is not known whether a name became private.
  public void withdraw(CrateName name) {
    String key = name.collisionKey();
    synchronized (flags) {
      withdrawn.add(key);
      doubted.put(key, new Object());
    }
  }

  private void doubt(CrateName name) {
    String key = name.collisionKey();
    synchronized (flags) {
      if (names.contains(key) && !withdrawn.contains(key)) {
        return;
      }
      if (stale) {
        missed = true;
        doubted.computeIfPresent(key, (_, _) -> new Object());
      } else if (doubted.size() < MOST_DOUBTED) {
        doubted.put(key, new Object());
      } else {
        doubtAll();
      }
    }
  }

  private void doubtAll() {
    synchronized (flags) {
      stale = true;
      missed = true;
      doubted.replaceAll((_, _) -> new Object());
    }
  }

  /// Reads the row of a name. The doubt about it ends after the read. Until then, and if the read
  /// fails, each question reads the row.
  private void read(String key) {
    Object doubt = doubted.get(key);
    boolean stored = store.deskRows().find(DeskTable.NAMES, key).isPresent();
    // One step, so that a name which is added again meanwhile is not removed.
    synchronized (flags) {
      if (stored) {
        names.add(key);
      }
      // A change during the read is another doubt, for which the row is read again.
      if (Objects.equals(doubted.get(key), doubt)) {
        if (withdrawn.remove(key) && !stored) {
          names.remove(key);
        }
        doubted.remove(key);
      }
    }
  }

  private synchronized void readAll() {
    while (stale) {
      synchronized (flags) {
        missed = false;
      }
      try (Stream<DeskRow> rows = store.deskRows().list(DeskTable.NAMES, "")) {
        rows.forEach(row -> names.add(row.key()));
      }
      synchronized (flags) {
        stale = missed;
      }
    }
  }
}
