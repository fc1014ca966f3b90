package lazaret.vetting.desk.admin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import lazaret.vetting.MalformedException;
import lazaret.vetting.WorkerThreads;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.serving.ArtifactCache;
import lazaret.vetting.gate.store.RunningOperation;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;

/// The check of the whole store. It hashes every artifact, builds every current view again and
/// compares it, and follows the ledger's chain from its first entry. The decisions by crate are
/// compared with those in the ledger, without those that a snapshot brings or lifts.
public final class Fsck {
  private static final int CHUNK = 64;

  private final Store store;
  private final CrateStates files;
  private final ArtifactCache cache;
  private final RunningOperation operation = RunningOperation.current();
  private final List<String> faults = new ArrayList<>();
  private final List<String> repaired = new ArrayList<>();

  public Fsck(Store store, CrateStates files, ArtifactCache cache) {
    this.store = store;
    this.files = files;
    this.cache = cache;
  }

  /// Checks the store.
  public FsckReport run(boolean hashing) {
    operation.begin("files", 0);
    store.condition().faults().forEach(found -> fault("store: " + found.text()));
    store.checkEngine().forEach(this::fault);
    long artifacts = hashing ? hashArtifacts() : 0;
    long entries = followLedger();
    long crates = compareViews();
    return new FsckReport(crates, artifacts, entries, faults, repaired);
  }

  private synchronized void fault(String fault) {
    if (faults.size() < FsckReport.MAX_FAULTS) {
      faults.add(fault);
    }
  }

  private synchronized void repaired(String what) {
    repaired.add(what);
  }

  private long hashArtifacts() {
    long count = 0;
    operation.begin("artifacts", store.counts().artifacts());
    try (Stream<Sha256> all = store.artifactsInPages()) {
      for (Iterator<Sha256> rest = all.iterator(); rest.hasNext(); count++) {
        Sha256 cksum = rest.next();
        operation.step();
        try {
          if (!scrub(cksum)) {
            fault("artifact " + cksum.hex() + " is corrupt");
            if (!store.condition().withholds()) {
              repaired("artifact " + cksum.hex() + " was removed; the log says what to do");
            }
          }
        } catch (StoreException e) {
          fault("artifact " + cksum.hex() + " cannot be read: " + e.getMessage());
        }
      }
    }
    return count;
  }

  private boolean scrub(Sha256 cksum) {
    if (store.condition().withholds()) {
      return store.artifact(cksum).map(Sha256::of).filter(cksum::equals).isPresent();
    }
    return cache.scrub(cksum);
  }

  private long followLedger() {
    Map<String, Long> byCrate = new HashMap<>();
    Sha256 previous = LedgerEntry.GENESIS;
    long sequence = 0;
    operation.begin("ledger", store.ledgerHead().map(LedgerEntry::sequence).orElse(0L), "entries");
    try (Stream<LedgerEntry> all = store.ledger(0)) {
      for (Iterator<LedgerEntry> rest = all.iterator(); rest.hasNext(); ) {
        LedgerEntry entry = rest.next();
        sequence++;
        operation.step();
        if (entry.sequence() != sequence) {
          fault("the ledger has entry %d, expected %d".formatted(entry.sequence(), sequence));
          sequence = entry.sequence();
        }
        if (!entry.intact() || !entry.previous().equals(previous)) {
          fault("the ledger's chain breaks at entry " + entry.sequence());
        }
        previous = entry.hash();
        if (entry.event() instanceof Decision decision) {
          byCrate.merge(decision.id().name().collisionKey(), 1L, Long::sum);
        }
      }
    } catch (StoreException | MalformedException e) {
      fault("the ledger cannot be read after entry " + sequence + ": " + e.getMessage());
    }
    byCrate.forEach(this::compareDecisions);
    return sequence;
  }

  private void compareDecisions(String collisionKey, long inLedger) {
    int byCrate = store.recordedDecisions(CrateName.parse(collisionKey)).size();
    if (byCrate < inLedger) {
      fault(
          "crate %s has %d decisions, the ledger has %d"
              .formatted(collisionKey, byCrate, inLedger));
    }
  }

  /// Compares views on a few threads of its own, so that disk reads and evaluations do not delay
  /// clients.
  private long compareViews() {
    AtomicLong count = new AtomicLong();
    operation.begin("crates", store.counts().crates());
    try (Stream<String> all = store.namesInPages()) {
      Iterator<String> rest = all.iterator();
      WorkerThreads.run("fsck-", () -> compareViews(rest, count));
    } catch (StoreException | MalformedException e) {
      fault("crates cannot be read after the first " + count + ": " + e.getMessage());
    }
    return count.get();
  }

  private void compareViews(Iterator<String> rest, AtomicLong count) {
    for (List<String> some = next(rest); !some.isEmpty(); some = next(rest)) {
      for (String key : some) {
        CrateName name = CrateName.parse(key);
        try {
          compareView(name);
        } catch (StoreException | MalformedException e) {
          fault("crate " + key + " cannot be read: " + e.getMessage());
        }
        count.incrementAndGet();
        operation.step();
      }
    }
  }

  private static List<String> next(Iterator<String> rest) {
    List<String> some = new ArrayList<>(CHUNK);
    synchronized (rest) {
      while (some.size() < CHUNK && rest.hasNext()) {
        some.add(rest.next());
      }
    }
    return some;
  }

  private void compareView(CrateName name) {
    if (!files.viewAgrees(name)) {
      fault("the view of " + name.published() + " differs from its crate, decisions and policy");
      if (store.condition().withholds()) {
        return;
      }
      CrateState _ = files.rebuildView(name);
      repaired("the view of " + name.published() + " was rebuilt");
    }
  }
}
