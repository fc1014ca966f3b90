package lazaret.vetting.desk;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
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

/// The vetted store: everything the gate keeps. Crates are found by their collision key
/// ([CrateName#collisionKey()]), so two spellings of one name are one crate. Every method blocks,
/// may be called from any thread, and throws [StoreException] if the store fails.
///
/// What an implementation owes beyond the single methods:
/// - A reader sees every batch wholly or not at all.
/// - What [#commit] acknowledged survives a crash at any instant; what it did not acknowledge is
///   wholly there or wholly absent afterwards.
/// - Streams must be closed, run over one consistent state, and come in the order stated.
public interface Store extends AutoCloseable {

  /// Returns the held index file of a crate; empty where the crate was never held.
  Optional<HeldCrate> crate(CrateName name);

  /// Returns how current the held index file is; empty where the crate was never held.
  Optional<Freshness> freshness(CrateName name);

  /// Returns the view last made of a crate; empty where none was made.
  Optional<IndexView> view(CrateName name);

  /// Returns the bytes of an artefact as they are stored: not hashed again here; empty where it is
  /// not held.
  Optional<Bytes> artefact(Sha256 cksum);

  /// Returns the length of an artifact without copying its bytes into the heap; empty if it is not
  /// held.
  OptionalLong artefactBytes(Sha256 cksum);

  /// Tells whether an artefact is held, without reading it.
  boolean holdsArtefact(Sha256 cksum);

  /// Returns the version as which an artefact is held, without reading its bytes; empty where it is
  /// not held.
  Optional<CrateId> heldAs(Sha256 cksum);

  /// Returns what inspection found in the bytes of a SHA-256; empty where they were not inspected.
  Optional<Findings> findings(Sha256 cksum);

  /// Returns the summary kept of a crate; empty where none is.
  Optional<CrateSummary> summary(CrateName name);

  /// Returns how many rows there are, without reading them.
  Counts counts();

  /// Returns all decisions on all versions of a crate, oldest first.
  List<Decision> decisions(CrateName name);

  /// Returns the open request for a version; empty where nobody asked or it was settled.
  Optional<Request> request(CrateName name, CrateVersion version);

  /// Returns the token whose secret has this SHA-256; empty where there is none.
  Optional<Token> token(Sha256 secretHash);

  /// Returns all tokens, oldest first.
  List<Token> tokens();

  /// Returns all feeds of advisories, by name.
  List<HeldFeed> feeds();

  /// Returns the verdicts that were given on all versions of a crate, by version, oldest first.
  List<Ruling> rulings(CrateName name);

  /// Returns the lockfile with this SHA-256; empty where it was never seen.
  Optional<SeenLockfile> lockfile(Sha256 digest);

  /// Returns a small named value; empty where it was never set.
  Optional<Bytes> meta(String name);

  /// Returns the last entry of the ledger; empty where the ledger is empty.
  Optional<LedgerEntry> ledgerHead();

  /// Returns the snapshots that the store keeps.
  Snapshots snapshots();

  /// Streams the collision keys of all held crates in ascending order, without reading the crates.
  Stream<String> names();

  /// Streams all held crates by collision key.
  Stream<HeldCrate> crates();

  /// Streams the SHA-256 of all held artefacts in ascending order, without reading them.
  Stream<Sha256> artefacts();

  /// Streams the ledger by sequence, beginning after a sequence; 0 begins at the first entry.
  Stream<LedgerEntry> ledger(long after);

  /// Streams all open requests by crate and version.
  Stream<Request> requests();

  /// Streams the verdicts that were given, by crate and version, oldest first.
  Stream<Ruling> rulings();

  /// Streams the lockfiles that were seen, by SHA-256.
  Stream<SeenLockfile> lockfiles();

  /// Streams what was handed out to whom, by day, crate and version.
  Stream<Access> accesses();

  /// Streams what was handed out of a version on a day, to whom.
  Stream<Access> accesses(LocalDate day, CrateName name, CrateVersion version);

  /// Applies all writes of a batch atomically. Appended events are chained in the order of the
  /// batch; commits take turns where they append, so the chain has no forks.
  ///
  /// @return the ledger entries that the batch appended, in its order
  /// @throws StoreException with code `disk-full` if there is no room, or `store-loss` while the
  ///   [#condition] withholds: nothing was applied
  List<LedgerEntry> commit(Batch batch);

  /// Begins to hold artefacts by the thousand, each written once: a batch writes what it has twice,
  /// since it has to survive a crash at once.
  Bulk bulk();

  /// Runs an action while no other writer of the same crate runs one, in this or another process on
  /// the same store. Not reentrant for another crate: an action must not ask for a second one.
  <T> T exclusively(CrateName name, Supplier<T> action);

  /// Checks what the engine itself can check (block checksums, its counts, records other than index
  /// files, views and artifacts), and sets right what is derived.
  ///
  /// @return one sentence per fault; empty where there is none
  List<String> checkEngine();

  /// Returns the faults that are known of the store, without touching the disk.
  StoreCondition condition();

  /// Accepts that acknowledged writes are missing: appends an event that says so, makes what the
  /// store holds its acknowledged state, and takes writes again.
  ///
  /// @return the entry that was appended; empty, and nothing is written, if the store does not
  ///   withhold
  Optional<LedgerEntry> acceptLoss(Event event);

  /// Tells how much room is left for new admissions.
  Room room();

  /// Returns why the last decision was refused; empty if it was recorded. A decision is anything
  /// that may use the reserve of the file system: approvals, denials, revocations and tokens.
  default Optional<ErrorCode> refusedDecision() {
    return Optional.empty();
  }

  /// Returns how many reads met damaged or missing files since the store was opened, artifacts not
  /// counted: those are fetched again.
  default long damagedReads() {
    return 0;
  }

  /// Writes a consistent copy of everything but tokens into a new or empty folder while the store
  /// goes on serving.
  ///
  /// @throws StoreException if the folder holds something already or cannot be written
  void backup(Path folder);

  /// Releases the store; what was acknowledged is on disk. Closing twice is allowed.
  @Override
  void close();

  /// Artefacts on their way into the store. For one thread; to be closed.
  interface Bulk extends AutoCloseable {
    /// Takes an artefact; it is held after the next [#settle]. Those that come in the order of
    /// their digests cost least.
    ///
    /// @throws StoreException with code `disk-full` if there is no room
    void put(VerifiedCrate crate);

    /// Holds what was taken since, once it is on disk. A crash before leaves room taken at most.
    ///
    /// @throws StoreException if that fails: nothing of it counts as held
    void settle();

    /// Lets go of what was not settled.
    @Override
    void close();
  }

  /// How many rows there are.
  ///
  /// @param crates crates whose index file is held
  /// @param artifacts artifacts that are held
  /// @param requests open requests
  record Counts(long crates, long artifacts, long requests) {
    /// Returns these counts with another number of crates.
    public Counts withCrates(long number) {
      return new Counts(number, artifacts, requests);
    }
  }

  /// How full the store is.
  ///
  /// @param usedBytes what the store occupies, or did a few seconds ago
  /// @param freeBytes what the file system has left
  /// @param admits false while new artefacts are turned away for want of room
  record Room(long usedBytes, long freeBytes, boolean admits) {}
}
