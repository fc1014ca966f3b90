package lazaret.vetting.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Batch.Write;
import lazaret.vetting.desk.GateMeters.Count;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.HeldCrate;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Rulebook;
import lazaret.vetting.search.NameIndex;
import lazaret.vetting.takeover.CrateHistory;
import lazaret.vetting.takeover.Takeover;
import org.jspecify.annotations.Nullable;

/// The case files of all held crates: the ones lately used in heap, all of them in the store.
/// Whatever changes a crate goes through here, so that its view changes in the same batch and the
/// heap lets go of the old one before anybody is told. Thread-safe.
final class CaseFiles {
  private static final System.Logger LOG = System.getLogger(CaseFiles.class.getName());

  private static final int READERS = 4;

  private final GateParts parts;
  private final GateMeters meters;
  private final BoundedMemory<String, CaseFile> memory;
  private final Neighbours neighbours;
  private final Rulings rulings;
  private final NameIndex names;

  /// Bounds the files that are read at once: while it is read, a file uses several times its length
  /// of heap.
  private final Semaphore reading = new Semaphore(READERS);

  /// What was last answered about lockfiles.
  private final LockAnswers answers = new LockAnswers();

  /// The crates whose file in heap is newer than the one in the store, for want of room there.
  private final BoundedMemory<String, Boolean> unsaved = new BoundedMemory<>(100_000, _ -> 1);

  CaseFiles(GateParts parts, GateMeters meters, Rulings rulings) {
    this.parts = parts;
    this.meters = meters;
    this.memory = new BoundedMemory<>(parts.options().indexMemory(), CaseFile::weight);
    this.rulings = rulings;
    this.neighbours = new Neighbours(parts, this::glance);
    this.names = new NameIndex(parts.store()::names, this::head);
  }

  /// Returns the file of a crate as it is held, without asking upstream; empty where it is not
  /// held.
  Optional<CaseFile> held(CrateName name) {
    CaseFile file = recall(name.collisionKey());
    if (file != null) {
      return Optional.of(file);
    }
    // The writers' lock: a file read before a commit must not be remembered after it.
    return parts
        .store()
        .exclusively(
            name,
            () -> {
              // Whoever waited for somebody who read it need not read it again.
              CaseFile other = recall(name.collisionKey());
              if (other != null) {
                return Optional.of(other);
              }
              return readAndRemember(name);
            });
  }

  private Optional<CaseFile> readAndRemember(CrateName name) {
    reading.acquireUninterruptibly();
    try {
      Optional<CaseFile> read = CaseFile.read(parts.store(), neighbours, name);
      read.ifPresent(f -> memory.put(name.collisionKey(), f));
      return read;
    } finally {
      reading.release();
    }
  }

  /// Returns what is held of a crate at the moment, without waiting for whoever changes it: for a
  /// glance at a neighbour while another crate's lock is held. Not remembered, since it may be old
  /// when it is returned.
  private Optional<CaseFile> glance(CrateName name) {
    CaseFile file = recall(name.collisionKey());
    return file != null ? Optional.of(file) : CaseFile.read(parts.store(), neighbours, name);
  }

  /// Returns the file of a crate that heap remembers, unless another snapshot is served by now.
  private @Nullable CaseFile recall(String key) {
    CaseFile file = memory.get(key);
    return file != null && file.head() == head() ? file : null;
  }

  /// Lets go of what heap remembers of a crate of which the store knows more by now. Waits for
  /// whoever reads it at the moment, and would remember what was read before.
  void forget(CrateName name) {
    var _ =
        parts
            .store()
            .exclusively(
                name,
                () -> {
                  memory.remove(name.collisionKey());
                  answers.changed(name);
                  return true;
                });
  }

  /// Returns what keeps the verdicts that are given.
  Rulings rulings() {
    return rulings;
  }

  /// Returns the names of all held crates.
  NameIndex names() {
    return names;
  }

  /// Reads the names of all held crates ahead of the first search.
  void loadNames() {
    try {
      names.load();
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.DEBUG, "names are read by the first search: {0}", e.getMessage());
    }
  }

  /// Returns the number of the snapshot that is served.
  long head() {
    return parts.store().snapshots().head();
  }

  /// Tells whether bytes come with a bundle or not at all, since none brought them yet: then no
  /// decision made here does.
  boolean byBundle(Sha256 cksum) {
    return head() != 0 && !parts.store().holdsArtefact(cksum);
  }

  /// Returns what was last answered about lockfiles.
  LockAnswers answers() {
    return answers;
  }

  /// Returns what is known of the crates beside the one that is judged.
  Neighbours neighbours() {
    return neighbours;
  }

  /// Returns the crates that these versions of a crate newly depend on and that are not held, at
  /// most [Takeover#MAX_NEW_DEPENDENCIES]: what must be looked up before the versions are judged.
  List<CrateName> strangers(CaseFile file, List<HeldLine> lines) {
    Instant now = parts.clock().instant();
    if (file.head() != 0 || lines.stream().noneMatch(line -> CrateHistory.young(line, now))) {
      return List.of();
    }
    return lines.stream()
        .flatMap(line -> file.takeover().newDependencies(line, now).stream())
        .map(IndexDependency::packageName)
        .distinct()
        .filter(name -> recall(name.collisionKey()) == null)
        .filter(name -> parts.store().freshness(name).isEmpty())
        .limit(Takeover.MAX_NEW_DEPENDENCIES)
        .toList();
  }

  /// Opens a file on a crate as it is about to be held.
  CaseFile open(HeldCrate crate, Freshness freshness) {
    return CaseFile.of(crate, freshness, parts.store(), neighbours);
  }

  /// Makes the view of a crate anew, now.
  CaseFile remake(CrateName name) {
    return parts
        .store()
        .exclusively(
            name,
            () -> {
              CaseFile kept = recall(name.collisionKey());
              if (kept != null && unsaved.get(name.collisionKey()) != null) {
                return publishMerged(kept, List.of());
              }
              CaseFile file = stored(name);
              try {
                return publish(file, List.of(), Batch.Durability.RELAXED);
              } catch (StoreException e) {
                return withoutRoom(file, e);
              }
            });
  }

  /// Tells whether a crate's stored view is the one that its lines, decisions and rulebook give; a
  /// view that no longer claims to hold agrees, since it is made anew before it is served, and so
  /// does one that depends on other crates, which may have changed since.
  ///
  /// @throws StoreException if a row of the crate is damaged
  boolean viewAgrees(CrateName name) {
    return parts.store().exclusively(name, () -> viewAgreesAsStored(name));
  }

  private boolean viewAgreesAsStored(CrateName name) {
    Store store = parts.store();
    long head = store.snapshots().head();
    HeldCrate crate = store.crate(name).orElse(null);
    Freshness freshness = store.freshness(name).orElse(null);
    IndexView view = store.view(name).orElse(null);
    if (crate == null || freshness == null || view == null) {
      return true;
    }
    CaseFile file = CaseFile.of(crate, freshness, store, neighbours);
    if (head != file.head()) {
      // Another snapshot came in between: the lines may be of one and the decisions of the other.
      return viewAgreesAsStored(name);
    }
    Instant now = parts.clock().instant();
    Rulebook current = rulebook();
    return !view.holdsAt(now, current.generation(name, now))
        || file.under(current).leansOnNeighbours(now)
        || view.body().equals(ViewMaker.body(file, current, now));
  }

  /// Records a decision: the decision, what follows from it and the new view are one synced batch,
  /// and the heap has let go of the old view before this returns.
  ///
  /// @param settled tells from the file as stored that there is nothing to do
  /// @param change from the file as stored to the file as it will be
  /// @param writes what makes the change lasting, from the file as it will be
  /// @return whether something was written
  boolean rewriteUnless(
      CrateName name,
      Predicate<CaseFile> settled,
      UnaryOperator<CaseFile> change,
      Function<CaseFile, List<Write>> writes) {
    return parts
        .store()
        .exclusively(
            name,
            () -> {
              CaseFile before = stored(name);
              if (settled.test(before)) {
                return false;
              }
              CaseFile after = change.apply(before);
              publish(after, writes.apply(after), Batch.Durability.SYNCED);
              meters.add(Count.DECISIONS);
              return true;
            });
  }

  private CaseFile stored(CrateName name) {
    return lately(name)
        .orElseThrow(() -> new IllegalStateException("not held: " + name.published()));
  }

  /// Makes the view, commits and remembers; called under the crate's lock.
  private CaseFile publish(CaseFile file, List<Write> writes, Batch.Durability durability) {
    Instant now = parts.clock().instant();
    ViewMaker.Made made = ViewMaker.make(file, rulebook(), now);
    IndexView view = made.view();
    meters.add(Count.VIEWS_MADE);
    CaseFile published = file.withView(view);
    CrateName name = file.crate().name();
    List<Write> all = new ArrayList<>(writes);
    all.add(new Write.PutView(name, view));
    all.add(new Write.PutSummary(made.summary()));
    memory.remove(name.collisionKey());
    parts.store().commit(new Batch(durability, all));
    unsaved.remove(name.collisionKey());
    memory.put(name.collisionKey(), published);
    answers.changed(name);
    made.given(rulings, now);
    return published;
  }

  /// Stores what an admission found; the view is made anew only where a verdict changed.
  void admitted(CrateId id, Findings findings, Batch batch) {
    parts
        .store()
        .exclusively(
            id.name(),
            () -> {
              CaseFile before = lately(id.name()).orElse(null);
              HeldLine line = before == null ? null : before.line(id.version()).orElse(null);
              if (before == null || line == null) {
                List<?> entries = parts.store().commit(batch);
                answers.changed(id.name());
                return entries;
              }
              CaseFile after = before.withFindings(findings);
              if (!before.judgesAs(after, line, rulebook(), parts.clock().instant())) {
                return publish(after, batch.writes(), batch.durability());
              }
              List<?> entries = parts.store().commit(batch);
              memory.put(id.name().collisionKey(), after);
              answers.changed(id.name());
              return entries;
            });
  }

  /// Returns the file of a crate under the crate's lock. What heap remembers is what the store
  /// holds, but for files that found no room there; reading one anew costs a parse of the whole
  /// index file.
  Optional<CaseFile> lately(CrateName name) {
    CaseFile file = recall(name.collisionKey());
    return file != null && unsaved.get(name.collisionKey()) == null
        ? Optional.of(file)
        : CaseFile.read(parts.store(), neighbours, name);
  }

  /// Holds a merged index file; called under the crate's lock.
  CaseFile publishMerged(CaseFile file, List<Notice> notices) {
    CrateName name = file.crate().name();
    List<Write> writes = new ArrayList<>();
    writes.add(new Write.PutCrate(file.crate()));
    writes.add(new Write.PutFreshness(name, file.freshness()));
    notices.forEach(n -> writes.add(new Write.Append(n)));
    Batch.Durability durability =
        notices.isEmpty() ? Batch.Durability.RELAXED : Batch.Durability.SYNCED;
    try {
      CaseFile published = publish(file, writes, durability);
      names.add(name.collisionKey());
      return published;
    } catch (StoreException e) {
      return withoutRoom(file, e);
    }
  }

  /// Notes how current an unchanged index file is; called under the crate's lock.
  CaseFile keep(CaseFile file) {
    CrateName name = file.crate().name();
    try {
      parts.store().commit(Batch.relaxed(List.of(new Write.PutFreshness(name, file.freshness()))));
    } catch (StoreException e) {
      return withoutRoom(file, e);
    }
    unsaved.remove(name.collisionKey());
    memory.put(name.collisionKey(), file);
    return file;
  }

  /// Stores the files that are newer in heap than in the store, if the store takes them now.
  void saveUnsaved() {
    for (String key : unsaved.keys()) {
      if (memory.get(key) == null) {
        // The next request reads the older file and asks upstream.
        unsaved.remove(key);
      } else if (unsaved.get(key) != null) {
        CaseFile _ = remake(CrateName.parse(key));
        if (unsaved.get(key) != null) {
          return;
        }
      }
    }
  }

  /// A full disk or one that became read-only stops admissions, not service: the file is served
  /// from heap until the store takes it.
  private CaseFile withoutRoom(CaseFile file, StoreException e) {
    if (!e.refusesWrites()) {
      throw e;
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "{0}; serving {1} from memory",
        e.getMessage(),
        file.crate().name());
    Instant now = parts.clock().instant();
    CaseFile served = file.withView(ViewMaker.make(file, rulebook(), now).view());
    unsaved.put(file.crate().name().collisionKey(), true);
    memory.put(file.crate().name().collisionKey(), served);
    answers.changed(file.crate().name());
    return served;
  }

  /// Returns the rulebook in force.
  Rulebook rulebook() {
    return parts.rules().current();
  }

  /// Tells whether the view of a crate may be served now.
  boolean current(CrateName name, IndexView view) {
    Instant now = parts.clock().instant();
    return view.holdsAt(now, rulebook().generation(name, now));
  }
}
