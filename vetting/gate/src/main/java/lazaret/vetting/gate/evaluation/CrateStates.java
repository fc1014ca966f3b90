package lazaret.vetting.gate.evaluation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.context.GateCounters;
import lazaret.vetting.gate.context.GateCounters.Count;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.rules.Rulebook;
import lazaret.vetting.search.CrateNameIndex;
import lazaret.vetting.takeover.CrateHistory;
import lazaret.vetting.takeover.TakeoverDetector;
import org.jspecify.annotations.Nullable;

/// The states of all stored crates; the recently used ones are also in heap. Every change of a
/// crate passes through this class. The view changes in the same batch, and the old state leaves
/// the heap before the caller learns of the change. Thread-safe.
public final class CrateStates {
  private static final System.Logger LOG = System.getLogger(CrateStates.class.getName());

  private static final int READERS = 4;

  private final GateContext parts;
  private final GateCounters meters;
  private final BoundedCache<String, CrateState> memory;
  private final StoredRelatedCrates relatedCrates;
  private final VerdictLog verdicts;
  private final CrateNameIndex names;

  /// The limit of concurrent reads. A read uses several times the length of the state in heap.
  private final Semaphore reading = new Semaphore(READERS);

  private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

  /// The crates whose state in heap is newer than the stored one, because the store refused writes.
  private final BoundedCache<String, Boolean> unsaved = new BoundedCache<>(100_000, _ -> 1);

  public CrateStates(GateContext parts, GateCounters meters, VerdictLog verdicts) {
    this.parts = parts;
    this.meters = meters;
    this.memory = new BoundedCache<>(parts.options().indexMemory(), CrateState::weight);
    this.verdicts = verdicts;
    this.relatedCrates = new StoredRelatedCrates(parts.store(), parts.rules(), this::peek);
    this.names = new CrateNameIndex(parts.store()::names, this::head);
  }

  /// Returns the state of a crate without a request to upstream, or empty if it is not stored.
  public Optional<CrateState> find(CrateName name) {
    CrateState file = recall(name.collisionKey());
    if (file != null) {
      return Optional.of(file);
    }
    // The writers' lock: a state that was read before a commit must not be cached after it.
    return parts
        .store()
        .withCrateLock(
            name,
            () -> {
              // Another thread may have read the state while this one waited for the lock.
              CrateState other = recall(name.collisionKey());
              if (other != null) {
                return Optional.of(other);
              }
              return readAndRemember(name);
            });
  }

  private Optional<CrateState> readAndRemember(CrateName name) {
    reading.acquireUninterruptibly();
    try {
      // One handover for all rows of the state.
      Optional<CrateState> read =
          parts
              .store()
              .readThreads()
              .run(() -> CrateState.read(parts.store(), relatedCrates, name));
      read.ifPresent(f -> memory.put(name.collisionKey(), f));
      return read;
    } finally {
      reading.release();
    }
  }

  /// Returns the current state of a crate without waiting for writers. It serves to read a related
  /// crate while another crate's lock is held. The result is not cached, since it may be old when
  /// it is returned.
  private Optional<CrateState> peek(CrateName name) {
    CrateState file = recall(name.collisionKey());
    return file != null ? Optional.of(file) : CrateState.read(parts.store(), relatedCrates, name);
  }

  /// Returns the cached state of a crate, or null if there is none or another snapshot is now
  /// served.
  private @Nullable CrateState recall(String key) {
    CrateState file = memory.get(key);
    return file != null && file.head() == head() ? file : null;
  }

  /// Drops the cached state of a crate for which the store has newer data. Waits for concurrent
  /// readers, which could cache an older state.
  public void evict(CrateName name) {
    var _ =
        parts
            .store()
            .withCrateLock(
                name,
                () -> {
                  memory.remove(name.collisionKey());
                  changed(name);
                  return true;
                });
  }

  /// Returns the log of given verdicts.
  public VerdictLog verdicts() {
    return verdicts;
  }

  /// Returns the names of all stored crates.
  public CrateNameIndex names() {
    return names;
  }

  /// Returns the sequence of the served snapshot, or 0 if there is none.
  public long head() {
    return parts.store().snapshots().head();
  }

  /// Returns whether an artifact can only arrive by a bundle import. No local decision makes it
  /// available.
  public boolean onlyByBundle(Sha256 cksum) {
    return head() != 0 && !parts.store().hasArtifact(cksum);
  }

  /// A receiver of changes of crates. Called under the crate's lock, after readers can see the
  /// change; must neither block nor throw.
  public interface ChangeListener {
    /// Reports that a crate has changed.
    void changed(CrateName name);
  }

  /// Adds a receiver of all later changes of crates. It is never removed.
  public void onChange(ChangeListener listener) {
    listeners.add(listener);
  }

  private void changed(CrateName name) {
    listeners.forEach(listener -> listener.changed(name));
  }

  /// Returns the data about related crates.
  public StoredRelatedCrates relatedCrates() {
    return relatedCrates;
  }

  /// Returns the crates on which some versions newly depend and that are not stored, at most
  /// [TakeoverDetector#MAX_NEW_DEPENDENCIES]. They must be looked up before the versions are
  /// evaluated. Empty while a snapshot is served.
  public List<CrateName> missingRelatedCrates(CrateState file, List<StoredLine> lines) {
    Instant now = parts.clock().instant();
    if (file.head() != 0 || !anyYoung(lines, now)) {
      return List.of();
    }
    return lines.stream()
        .flatMap(line -> file.takeover().newDependencies(line, now).stream())
        .map(IndexDependency::packageName)
        .distinct()
        .filter(name -> recall(name.collisionKey()) == null)
        .filter(name -> parts.store().freshness(name).isEmpty())
        .limit(TakeoverDetector.MAX_NEW_DEPENDENCIES)
        .toList();
  }

  /// Returns whether a version is young; without a stream, since each download asks.
  private static boolean anyYoung(List<StoredLine> lines, Instant now) {
    for (StoredLine line : lines) {
      if (CrateHistory.young(line, now)) {
        return true;
      }
    }
    return false;
  }

  /// Returns the state of a crate before it is stored.
  public CrateState open(StoredCrate crate, Freshness freshness) {
    return CrateState.of(crate, freshness, parts.store(), relatedCrates);
  }

  /// Builds the view of a crate again.
  public CrateState rebuildView(CrateName name) {
    return parts
        .store()
        .withCrateLock(
            name,
            () -> {
              CrateState kept = recall(name.collisionKey());
              if (kept != null && unsaved.get(name.collisionKey()) != null) {
                return publishMerged(kept, List.of());
              }
              CrateState file = stored(name);
              try {
                return publish(file, List.of(), Batch.Durability.RELAXED);
              } catch (StoreException e) {
                return withoutSpace(file, e);
              }
            });
  }

  /// Returns whether the stored view of a crate agrees with its lines, decisions and rulebook. An
  /// expired view agrees, since it is built again before it is served. So does a view that depends
  /// on other crates, which may have changed since.
  ///
  /// @throws StoreException if a row of the crate is damaged
  public boolean viewAgrees(CrateName name) {
    return parts.store().withCrateLock(name, () -> ViewCheck.agrees(parts, relatedCrates, name));
  }

  /// Records a decision. The decision, its consequences and the new view are one synced batch. The
  /// old view has left the heap when this method returns.
  ///
  /// @param settled the test whether the stored state needs no change
  /// @param change the change from the stored state to the new one
  /// @param writes the writes that persist the change, given the new state
  /// @return whether a batch was written
  public boolean update(
      CrateName name,
      Predicate<CrateState> settled,
      UnaryOperator<CrateState> change,
      Function<CrateState, List<Write>> writes) {
    return parts
        .store()
        .withCrateLock(
            name,
            () -> {
              CrateState before = stored(name);
              if (settled.test(before)) {
                return false;
              }
              CrateState after = change.apply(before);
              publish(after, writes.apply(after), Batch.Durability.SYNCED);
              meters.add(Count.DECISIONS);
              return true;
            });
  }

  private CrateState stored(CrateName name) {
    return current(name)
        .orElseThrow(() -> new IllegalStateException("not held: " + name.published()));
  }

  /// Builds the view, commits the writes and caches the state. The caller holds the crate's lock.
  private CrateState publish(CrateState file, List<Write> writes, Batch.Durability durability) {
    Instant now = parts.clock().instant();
    IndexViewBuilder.BuiltView made = IndexViewBuilder.make(file, rulebook(), now);
    IndexView view = made.view();
    meters.add(Count.INDEX_VIEWS_BUILT);
    CrateState published = file.withView(view);
    CrateName name = file.crate().name();
    List<Write> all = new ArrayList<>(writes);
    all.add(new Write.PutView(name, view));
    all.add(new Write.PutSummary(made.summary()));
    memory.remove(name.collisionKey());
    parts.store().commit(new Batch(durability, all));
    unsaved.remove(name.collisionKey());
    memory.put(name.collisionKey(), published);
    changed(name);
    made.given(verdicts, now);
    return published;
  }

  /// Stores the findings of an admission. The view is built again only if a verdict changed.
  public void storeFindings(CrateId id, Findings findings, Batch batch) {
    parts
        .store()
        .withCrateLock(
            id.name(),
            () -> {
              CrateState before = current(id.name()).orElse(null);
              StoredLine line = before == null ? null : before.line(id.version()).orElse(null);
              if (before == null || line == null) {
                List<?> entries = parts.store().commit(batch);
                changed(id.name());
                return entries;
              }
              CrateState after = before.withFindings(findings);
              if (!before.evaluatesAs(after, line, rulebook(), parts.clock().instant())) {
                return publish(after, batch.writes(), batch.durability());
              }
              List<?> entries = parts.store().commit(batch);
              memory.put(id.name().collisionKey(), after);
              changed(id.name());
              return entries;
            });
  }

  /// Returns the state of a crate. The caller holds the crate's lock. The cached state equals the
  /// stored one, unless the store refused it. Reading it again costs a parse of the whole index
  /// file.
  public Optional<CrateState> current(CrateName name) {
    CrateState file = recall(name.collisionKey());
    return file != null && unsaved.get(name.collisionKey()) == null
        ? Optional.of(file)
        : CrateState.read(parts.store(), relatedCrates, name);
  }

  /// Stores a merged index file. The caller holds the crate's lock.
  public CrateState publishMerged(CrateState file, List<Notice> notices) {
    CrateName name = file.crate().name();
    List<Write> writes = new ArrayList<>();
    writes.add(new Write.PutCrate(file.crate()));
    writes.add(new Write.PutFreshness(name, file.freshness()));
    notices.forEach(n -> writes.add(new Write.Append(n)));
    Batch.Durability durability =
        notices.isEmpty() ? Batch.Durability.RELAXED : Batch.Durability.SYNCED;
    try {
      CrateState published = publish(file, writes, durability);
      names.add(name.collisionKey());
      return published;
    } catch (StoreException e) {
      return withoutSpace(file, e);
    }
  }

  /// Stores the freshness of an unchanged index file. The caller holds the crate's lock.
  public CrateState storeFreshness(CrateState file) {
    CrateName name = file.crate().name();
    try {
      parts.store().commit(Batch.relaxed(List.of(new Write.PutFreshness(name, file.freshness()))));
    } catch (StoreException e) {
      return withoutSpace(file, e);
    }
    unsaved.remove(name.collisionKey());
    memory.put(name.collisionKey(), file);
    return file;
  }

  /// Stores the states that are newer in heap than in the store, if the store now accepts writes.
  public void saveUnsaved() {
    for (String key : unsaved.keys()) {
      if (memory.get(key) == null) {
        // The next request reads the older state and asks upstream.
        unsaved.remove(key);
      } else if (unsaved.get(key) != null) {
        CrateState _ = rebuildView(CrateName.parse(key));
        if (unsaved.get(key) != null) {
          return;
        }
      }
    }
  }

  /// Serves a state from heap until the store accepts it. A full or read-only disk stops
  /// admissions, but not service.
  private CrateState withoutSpace(CrateState file, StoreException e) {
    if (!e.refusesWrites()) {
      throw e;
    }
    CrateName name = file.crate().name();
    LOG.log(System.Logger.Level.WARNING, "{0}; serving {1} from memory", e.getMessage(), name);
    Instant now = parts.clock().instant();
    CrateState served = file.withView(IndexViewBuilder.make(file, rulebook(), now).view());
    unsaved.put(name.collisionKey(), true);
    memory.put(name.collisionKey(), served);
    changed(name);
    return served;
  }

  /// Returns the rulebook in force.
  public Rulebook rulebook() {
    return parts.rules().current();
  }

  /// Returns whether the view of a crate may be served now.
  public boolean current(CrateName name, IndexView view) {
    Instant now = parts.clock().instant();
    return view.holdsAt(now, rulebook().generation(name, now));
  }
}
