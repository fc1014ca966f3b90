package lazaret.storage.memory;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lazaret.storage.CrateTurns;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Access;
import lazaret.vetting.desk.Batch;
import lazaret.vetting.desk.HeldFeed;
import lazaret.vetting.desk.Request;
import lazaret.vetting.desk.Ruling;
import lazaret.vetting.desk.SeenLockfile;
import lazaret.vetting.desk.Snapshots;
import lazaret.vetting.desk.Store;
import lazaret.vetting.desk.StoreException;
import lazaret.vetting.desk.Token;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.HeldCrate;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.VerifiedCrate;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Event;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.search.CrateSummary;

/// The vetted store in memory, whose data is lost at [#close]. Each batch makes the next state and
/// publishes it whole, so that readers never wait. Intended for tests: a batch costs as much as the
/// state has keys. Thread-safe.
public final class InMemoryStore implements Store {
  private final CrateTurns turns = new CrateTurns();
  private final ReentrantLock writing = new ReentrantLock();
  private volatile State state = State.EMPTY;
  private volatile boolean closed;

  private State state() {
    if (closed) {
      throw new StoreException(
          ErrorCode.STORE_FAILED, "cannot use the store: it is closed; open it again", null);
    }
    return state;
  }

  @Override
  public Optional<HeldCrate> crate(CrateName name) {
    return Optional.ofNullable(state().crates().get(name.collisionKey()));
  }

  @Override
  public Optional<Freshness> freshness(CrateName name) {
    return Optional.ofNullable(state().freshness().get(name.collisionKey()));
  }

  @Override
  public Optional<IndexView> view(CrateName name) {
    return Optional.ofNullable(state().views().get(name.collisionKey()));
  }

  @Override
  public Optional<CrateSummary> summary(CrateName name) {
    return Optional.ofNullable(state().summaries().get(name.collisionKey()));
  }

  @Override
  public Counts counts() {
    State now = state();
    return new Counts(now.freshness().size(), now.artefacts().size(), now.requests().size());
  }

  @Override
  public Stream<String> names() {
    return state().freshness().keySet().stream();
  }

  @Override
  public Optional<Bytes> artefact(Sha256 cksum) {
    return Optional.ofNullable(state().artefacts().get(cksum)).map(crate -> crate.bytes());
  }

  @Override
  public OptionalLong artefactBytes(Sha256 cksum) {
    return artefact(cksum).stream().mapToLong(Bytes::length).findFirst();
  }

  @Override
  public boolean holdsArtefact(Sha256 cksum) {
    return state().artefacts().containsKey(cksum);
  }

  @Override
  public Optional<CrateId> heldAs(Sha256 cksum) {
    return Optional.ofNullable(state().artefacts().get(cksum)).map(crate -> crate.id());
  }

  @Override
  public Optional<Findings> findings(Sha256 cksum) {
    return Optional.ofNullable(state().findings().get(cksum));
  }

  @Override
  public List<Decision> decisions(CrateName name) {
    String key = name.collisionKey();
    List<Decision> found = new ArrayList<>();
    for (LedgerEntry entry : state().ledger()) {
      if (entry.event() instanceof Decision decision
          && decision.id().name().collisionKey().equals(key)) {
        found.add(decision);
      }
    }
    return List.copyOf(found);
  }

  @Override
  public Optional<Request> request(CrateName name, CrateVersion version) {
    return Optional.ofNullable(state().requests().get(new State.VersionKey(name, version)));
  }

  @Override
  public Optional<Token> token(Sha256 secretHash) {
    return Optional.ofNullable(state().tokens().get(secretHash));
  }

  @Override
  public List<Token> tokens() {
    return state().tokens().values().stream()
        .sorted(Comparator.comparing(Token::created).thenComparing(Token::name))
        .toList();
  }

  @Override
  public List<HeldFeed> feeds() {
    return List.copyOf(state().feeds().values());
  }

  @Override
  public List<Ruling> rulings(CrateName name) {
    return state().rulings().entrySet().stream()
        .filter(e -> e.getKey().version().name().equals(name.collisionKey()))
        .map(e -> e.getValue())
        .toList();
  }

  @Override
  public Optional<SeenLockfile> lockfile(Sha256 digest) {
    return Optional.ofNullable(state().lockfiles().get(digest));
  }

  @Override
  public Optional<Bytes> meta(String name) {
    return Optional.ofNullable(state().meta().get(name));
  }

  @Override
  public Optional<LedgerEntry> ledgerHead() {
    List<LedgerEntry> ledger = state().ledger();
    return ledger.isEmpty() ? Optional.empty() : Optional.of(ledger.getLast());
  }

  @Override
  public Snapshots snapshots() {
    return new InMemorySnapshots(this::state);
  }

  @Override
  public Stream<HeldCrate> crates() {
    return state().crates().values().stream();
  }

  @Override
  public Stream<Sha256> artefacts() {
    return state().artefacts().keySet().stream();
  }

  @Override
  public Stream<LedgerEntry> ledger(long after) {
    return state().ledger().stream().filter(entry -> entry.sequence() > after);
  }

  @Override
  public Stream<Request> requests() {
    return state().requests().values().stream();
  }

  @Override
  public Stream<Ruling> rulings() {
    return state().rulings().values().stream();
  }

  @Override
  public Stream<SeenLockfile> lockfiles() {
    return state().lockfiles().values().stream();
  }

  @Override
  public Stream<Access> accesses() {
    return state().accesses().values().stream();
  }

  @Override
  public Stream<Access> accesses(LocalDate day, CrateName name, CrateVersion version) {
    return accesses()
        .filter(access -> access.day().equals(day))
        .filter(access -> access.id().name().equals(name))
        .filter(access -> access.id().version().equals(version));
  }

  @Override
  public List<LedgerEntry> commit(Batch batch) {
    writing.lock();
    try {
      var next = new Transition(state());
      batch.writes().forEach(next::apply);
      state = next.finish();
      return next.appended();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public Bulk bulk() {
    List<Batch.Write> taken = new ArrayList<>();
    return new Bulk() {
      @Override
      public void put(VerifiedCrate crate) {
        taken.add(new Batch.Write.PutArtefact(crate));
      }

      @Override
      public void settle() {
        commit(Batch.synced(taken));
        taken.clear();
      }

      @Override
      public void close() {
        taken.clear();
      }
    };
  }

  @Override
  public <T> T exclusively(CrateName name, Supplier<T> action) {
    return turns.take(name, action);
  }

  /// Returns no faults, because there is no engine.
  @Override
  public List<String> checkEngine() {
    state();
    return List.of();
  }

  /// Returns a sound condition, because no data is persistent.
  @Override
  public StoreCondition condition() {
    return StoreCondition.SOUND;
  }

  @Override
  public Optional<LedgerEntry> acceptLoss(Event event) {
    return Optional.empty();
  }

  @Override
  public Room room() {
    long used =
        state().artefacts().values().stream().mapToLong(crate -> crate.bytes().length()).sum();
    return new Room(used, Long.MAX_VALUE, true);
  }

  @Override
  public void backup(Path folder) {
    throw new UnsupportedOperationException("a store in memory writes no backup");
  }

  @Override
  public void close() {
    closed = true;
    state = State.EMPTY;
  }
}
