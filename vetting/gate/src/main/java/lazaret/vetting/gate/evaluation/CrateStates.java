package lazaret.vetting.gate.evaluation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.context.GateCounters;
import lazaret.vetting.gate.context.GateCounters.Count;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.BatchCondition;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.policy.rules.Rulebook;
import lazaret.vetting.search.CrateNameIndex;

/// The states of all stored crates; the recently used ones are also in heap. Every change of a
/// crate passes through this class. The view changes in the same batch, and the old state leaves
/// the heap before the caller learns of the change. Thread-safe.
public final class CrateStates {
  private static final System.Logger LOG = System.getLogger(CrateStates.class.getName());

  private final GateContext parts;
  private final GateCounters meters;
  private final CrateStateCache cache;
  private final StoredRelatedCrates relatedCrates;
  private final VerdictLog verdicts;
  private final CrateNameIndex names;
  private final CrateTurns turns;

  /// The limit of concurrent reads. A read uses several times the length of the state in heap.
  private final Semaphore reading = new Semaphore(4);

  public CrateStates(GateContext parts, GateCounters meters, VerdictLog verdicts) {
    this.parts = parts;
    this.meters = meters;
    this.cache = new CrateStateCache(parts.options().indexMemory(), this::head);
    this.turns = new CrateTurns(parts.store(), cache::drop);
    this.verdicts = verdicts;
    this.relatedCrates = new StoredRelatedCrates(parts, cache);
    this.names = new CrateNameIndex(parts.store()::names, this::head);
  }

  /// Returns the state of a crate without a request to upstream, or empty if it is not stored.
  public Optional<CrateState> find(CrateName name) {
    CrateState file = cache.recall(name);
    if (file != null) {
      return Optional.of(file);
    }
    // The writers' lock: a state that was read before a commit must not be cached after it. Another
    // thread may have read the state while this one waited for the lock.
    return parts
        .store()
        .withCrateLock(
            name, () -> Optional.ofNullable(cache.recall(name)).or(() -> readAndRemember(name)));
  }

  private Optional<CrateState> readAndRemember(CrateName name) {
    reading.acquireUninterruptibly();
    try {
      long tick = cache.tick(name);
      // One handover for all rows of the state.
      Optional<CrateState> read = parts.store().readThreads().run(() -> read(name));
      read.ifPresent(f -> cache.put(f, tick));
      return read;
    } finally {
      reading.release();
    }
  }

  private Optional<CrateState> read(CrateName name) {
    return CrateState.read(parts.store(), relatedCrates, parts.upstream(), name);
  }

  /// Drops the cached state of a crate for which the store has newer data. Waits for concurrent
  /// writers, which could cache an older state.
  public void evict(CrateName name) {
    boolean _ =
        exclusively(
            name,
            () -> {
              cache.drop(name);
              return true;
            });
  }

  /// Drops the cached state of a crate that another node changed. Does not wait: a writer of the
  /// older state gets a conflict, and a reader does not cache it.
  public void drop(CrateName name) {
    relatedCrates.stored(name);
    names.add(name.collisionKey());
    cache.drop(name);
  }

  /// Drops all cached states, after changes of other nodes were missed.
  public void dropAll() {
    relatedCrates.forget();
    names.forget();
    cache.dropAll();
  }

  /// Runs an action that reads a crate, changes and stores it, while no other writer of it runs one
  /// in this process. It runs again if another node changed the crate meanwhile: it has no other
  /// effect before its commit than one that may happen twice.
  ///
  /// @throws StoreException with code `store-conflict` if other nodes changed it again and again
  public <T> T exclusively(CrateName name, Supplier<T> action) {
    return turns.take(name, action);
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

  /// Adds a receiver of all later changes of crates. It is never removed.
  ///
  /// @param all called if any crate may have changed
  public void onChange(CrateChangeListener listener, Runnable all) {
    cache.onChange(listener, all);
  }

  /// Returns the data about related crates.
  public StoredRelatedCrates relatedCrates() {
    return relatedCrates;
  }

  /// Returns the state of a crate before it is stored.
  ///
  /// @param revision that of the state which it replaces, or the one that the store had before it
  ///   was found that there is none
  public CrateState open(StoredCrate crate, Freshness freshness, long revision) {
    return ofOrigin(CrateState.of(crate, freshness, parts.store(), relatedCrates, revision));
  }

  /// Returns a state as that of a private or a public crate, by the origin of its name.
  public CrateState ofOrigin(CrateState file) {
    return file.ofOrigin(parts.upstream());
  }

  /// Builds the view of a crate again.
  public CrateState rebuildView(CrateName name) {
    return exclusively(
        name,
        () -> {
          CrateState kept = cache.recall(name);
          if (kept != null && cache.isUnsaved(name)) {
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

  /// Returns whether the stored view of a crate agrees with its rows and rulebook ([ViewCheck]).
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
    return exclusively(
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
    meters.add(Count.INDEX_VIEWS_BUILT);
    CrateName name = file.crate().name();
    List<Write> all = new ArrayList<>(writes);
    all.add(new Write.PutView(name, made.view()));
    all.add(new Write.PutSummary(made.summary()));
    cache.remove(name);
    CrateState published = commit(file.withView(made.view()), new Batch(durability, all));
    made.given(verdicts, now);
    return published;
  }

  /// Commits a new state of a crate, provided that no other node changed the one that it rests on.
  private CrateState commit(CrateState file, Batch batch) {
    CrateName name = file.crate().name();
    // While a snapshot is served, the store keeps no writes of an upstream and no views.
    boolean changes =
        file.head() == 0
            || batch.writes().stream()
                .anyMatch(w -> w instanceof Write.Append || w instanceof Write.PutFindings);
    long next = changes ? parts.store().nextRevision() : file.revision();
    long tick = cache.tick(name);
    parts.store().commit(batch.with(new BatchCondition.CrateAt(name, file.revision(), next)));
    CrateState stored = file.at(next);
    cache.putSaved(stored, tick);
    cache.changed(name);
    return stored;
  }

  /// Stores the findings of an admission. The view is built again only if a verdict changed.
  public void storeFindings(CrateId id, Findings findings, Batch batch) {
    boolean _ = exclusively(id.name(), () -> addFindings(id, findings, batch));
  }

  /// Returns whether the findings are those of a stored version.
  private boolean addFindings(CrateId id, Findings findings, Batch batch) {
    CrateState before = current(id.name()).orElse(null);
    StoredLine line = before == null ? null : before.line(id.version()).orElse(null);
    if (before == null || line == null) {
      parts.store().commit(batch);
      cache.changed(id.name());
      return false;
    }
    CrateState after = before.withFindings(findings);
    CrateState _ =
        before.evaluatesAs(after, line, rulebook(), parts.clock().instant())
            ? commit(after, batch)
            : publish(after, batch.writes(), batch.durability());
    return true;
  }

  /// Returns the state of a crate. The caller holds the crate's lock. The cached state equals the
  /// stored one, unless the store refused it, or another node changed it less than a beat ago.
  /// Reading it again costs a parse of the whole index file.
  public Optional<CrateState> current(CrateName name) {
    return Optional.ofNullable(cache.recallStored(name)).or(() -> read(name));
  }

  /// Returns the state of a crate as [#current] does, with the freshness that another node may have
  /// stored. A node announces no change when it stores a freshness alone.
  public Optional<CrateState> latest(CrateName name) {
    return parts.store().shared().isEmpty() || cache.isUnsaved(name)
        ? current(name)
        : exclusively(name, () -> readAndRemember(name));
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

  /// Stores a private crate that was changed here, with the rows of the change. The caller holds
  /// the crate's lock.
  ///
  /// @throws StoreException if the store refuses it; nothing is changed then
  public CrateState publishHosted(CrateState file, List<Write> change) {
    List<Write> writes = new ArrayList<>(change);
    writes.add(new Write.PutCrate(file.crate()));
    writes.add(new Write.PutFreshness(file.crate().name(), file.freshness()));
    CrateState published = publish(file, writes, Batch.Durability.SYNCED);
    names.add(file.crate().name().collisionKey());
    return published;
  }

  /// Stores the freshness of an unchanged index file. The caller holds the crate's lock.
  public CrateState storeFreshness(CrateState file) {
    CrateName name = file.crate().name();
    Batch batch = Batch.relaxed(List.of(new Write.PutFreshness(name, file.freshness())));
    var same = new BatchCondition.CrateAt(name, file.revision(), file.revision());
    long tick = cache.tick(name);
    try {
      parts.store().commit(batch.with(same));
    } catch (StoreException e) {
      return withoutSpace(file, e);
    }
    cache.putSaved(file, tick);
    return file;
  }

  /// Stores the states that are newer in heap than in the store, if the store now accepts writes.
  public void saveUnsaved() {
    for (CrateName name : cache.unsaved()) {
      if (cache.isUnsaved(name)) {
        CrateState _ = rebuildView(name);
        if (cache.isUnsaved(name)) {
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
    cache.keepUnsaved(served);
    if (parts.store().revision(name) != file.revision()) {
      // Another node changed the crate, and the drop of its change may have come before.
      cache.drop(name);
      throw e;
    }
    return served;
  }

  /// Returns the rulebook in force.
  public Rulebook rulebook() {
    return parts.rules().current();
  }

  /// Returns whether the view of a crate may be served now.
  public boolean current(CrateName name, IndexView view) {
    Instant now = parts.clock().instant();
    return view.holdsAt(now, generation(name, now));
  }

  /// Returns the generation of the rulebook that applies to a crate ([Rulebook#generation]).
  String generation(CrateName name, Instant now) {
    boolean hosted = parts.upstream().origin(name) == NameOrigin.PRIVATE;
    return (hosted ? rulebook().hosted() : rulebook()).generation(name, now);
  }
}
