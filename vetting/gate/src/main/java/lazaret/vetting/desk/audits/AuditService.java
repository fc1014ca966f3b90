package lazaret.vetting.desk.audits;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.audit.AuditConflict;
import lazaret.vetting.audit.AuditSet;
import lazaret.vetting.audit.files.Criteria;
import lazaret.vetting.audit.files.VetPrinter;
import lazaret.vetting.desk.decisions.DecisionService;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.LeaseRun;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.ledger.VersionDecisions;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.trace.CurrentSpan;
import org.jspecify.annotations.Nullable;

/// The service that imports the audits of others and exports the gate's own decisions as audits.
/// Thread-safe; blocks.
public final class AuditService {
  /// The maximum number of peers whose audits are stored.
  public static final int MAX_PEERS = 64;

  private final GateContext parts;
  private final Gate gate;
  private final LineNoteLookup lineNotes;
  private final DecisionService.Settlement settlement;
  private final LeaseRun turn;
  private final ReentrantLock lock = new ReentrantLock();
  private final SortedMap<String, StoredAudits> held = new TreeMap<>();
  private final Map<String, FeedService.Failure> failures = new ConcurrentHashMap<>();
  private final Map<String, VersionDecisions> decided = new LinkedHashMap<>();
  private long read;

  /// Creates the service and puts the stored audits in force.
  ///
  /// @param lineNotes the notes on lines, for the export
  /// @param settlement the notices that are recorded if an imported exemption settles a request
  public AuditService(
      GateContext parts,
      Gate gate,
      LineNoteLookup lineNotes,
      DecisionService.Settlement settlement) {
    this.parts = parts;
    this.gate = gate;
    this.lineNotes = lineNotes;
    this.settlement = settlement;
    this.turn = new LeaseRun(parts.store(), "audits");
    readStored();
    if (!held.isEmpty()) {
      enforce(CombinedAudits.of(held));
    }
  }

  private void readStored() {
    SortedMap<String, StoredAudits> stored = new TreeMap<>();
    for (String peer :
        parts.store().meta(MetaKey.AUDIT_PEERS).map(Bytes::text).orElse("").lines().toList()) {
      parts
          .store()
          .meta(MetaKey.AUDITS_PREFIX.named(peer))
          .ifPresent(v -> stored.put(peer, StoredAudits.decode(v)));
    }
    // All or nothing: a read can fail.
    held.clear();
    held.putAll(stored);
  }

  /// Reads the audits again after another node changed them, and puts them in force.
  public void reload() {
    lock.lock();
    try {
      readStored();
      enforce(CombinedAudits.of(held));
    } finally {
      lock.unlock();
    }
  }

  /// Runs a change while no other node makes one, on what is stored.
  private <T> T change(Supplier<T> action) {
    return turn.run(
        () -> {
          if (parts.store().shared().isPresent()) {
            reload();
          }
          lock.lock();
          try {
            return action.get();
          } finally {
            lock.unlock();
          }
        });
  }

  /// A peer whose audits can be fetched again.
  ///
  /// @param peer the nickname
  /// @param source the address of its audits
  /// @param reading the mapping of its criteria
  /// @param validators the validators that the source gave for conditional requests
  public record Followed(
      String peer, String source, AuditImportOrder.Mapping reading, Validators validators) {}

  /// Imports the audits of a peer and replaces its previous ones. Versions in the index are bound
  /// to their checksums. Earlier bindings remain. Exemptions of a project become exemptions of the
  /// gate.
  ///
  /// @param by the name of the person who orders it, for the ledger
  /// @throws lazaret.vetting.MalformedException if a file cannot be read, has less than half of the
  ///   previous entries and the order does not accept that, contradicts other criteria, or exceeds
  ///   [#MAX_PEERS] peers
  public AuditImportReport take(AuditImportOrder order, String by) {
    return CurrentSpan.child("import audits", _ -> imported(order, by));
  }

  private AuditImportReport imported(AuditImportOrder order, String by) {
    TranslatedAudits reading = TranslatedAudits.of(order, parts.clock().instant());
    StoredAudits audits = change(() -> keep(order, reading, by));
    failures.remove(order.peer());
    List<String> warnings = new ArrayList<>(reading.warnings());
    int exempted = 0;
    if (audits.project() != null) {
      var exempting = new ExemptionImporter(parts, gate, settlement, order.peer(), by);
      exempting.take(audits.project().config().exemptions(), Criteria.of(audits.file().criteria()));
      exempted = exempting.exempted();
      warnings.addAll(exempting.warnings());
      // The exemptions made the gate fetch index files that it did not have.
      audits = confirm(order.peer()).orElse(audits);
    }
    return audits.report(order.peer(), TranslatedAudits.bounded(warnings), exempted);
  }

  private StoredAudits keep(AuditImportOrder order, TranslatedAudits reading, String by) {
    StoredAudits before = held.get(order.peer());
    if (before == null && held.size() >= MAX_PEERS) {
      throw new MalformedException(
          "cannot import audits: " + MAX_PEERS + " peers are stored; remove one first");
    }
    if (before != null && !order.fewer()) {
      reading.requireMost(before.origin().said());
    }
    StoredAudits audits = bound(order.peer(), reading.audits(), before);
    var all = new TreeMap<>(held);
    all.put(order.peer(), audits);
    AuditSet set = CombinedAudits.of(all);
    held.put(order.peer(), audits);
    if (before != null && before.isBut(audits)) {
      write(order.peer(), audits.encode(), List.of());
    } else {
      String detail = "audits of '%s' taken over from %s".formatted(order.peer(), order.source());
      write(order.peer(), audits.encode(), List.of(notice(by, detail)));
    }
    enforce(set);
    return audits;
  }

  /// Binds audits to the checksums of the index. Earlier bindings remain.
  private StoredAudits bound(String peer, StoredAudits audits, @Nullable StoredAudits before) {
    var seen = AuditBinding.of(audits.store(peer), parts.store());
    if (before != null) {
      before
          .seen()
          .forEach(
              (crate, versions) ->
                  seen.computeIfAbsent(crate, _ -> new TreeMap<>()).putAll(versions));
    }
    return audits.with(seen);
  }

  /// Records that the source of a peer has not changed. Versions that are new in the index are
  /// bound to their checksums.
  public void confirmed(String peer) {
    confirm(peer);
  }

  private Optional<StoredAudits> confirm(String peer) {
    failures.remove(peer);
    return change(
        () -> {
          StoredAudits audits = held.get(peer);
          if (audits == null) {
            return Optional.empty();
          }
          StoredAudits confirmed =
              bound(peer, audits, audits)
                  .with(audits.origin().confirmedAt(parts.clock().instant()));
          held.put(peer, confirmed);
          write(peer, confirmed.encode(), List.of());
          enforce(CombinedAudits.of(held));
          return Optional.of(confirmed);
        });
  }

  /// Records that the audits of a peer could not be fetched or imported. The stored ones remain.
  public void failed(String peer, String why) {
    failures.put(peer, new FeedService.Failure(parts.clock().instant(), Excerpt.of(why)));
  }

  /// Returns the failures of the last refresh, by nickname.
  public SortedMap<String, FeedService.Failure> failures() {
    return new TreeMap<>(failures);
  }

  /// Returns the peers whose audits came from an address.
  public List<Followed> followed() {
    lock.lock();
    try {
      var followed = new ArrayList<Followed>();
      held.forEach(
          (peer, audits) -> {
            StoredAudits.Origin origin = audits.origin();
            if (origin.isAddress()) {
              followed.add(
                  new Followed(peer, origin.source(), origin.reading(), origin.validators()));
            }
          });
      return followed;
    } finally {
      lock.unlock();
    }
  }

  /// Removes the audits of a peer.
  ///
  /// @return whether the peer had audits
  public boolean remove(String peer, String by) {
    return change(
        () -> {
          if (held.remove(peer) == null) {
            return false;
          }
          failures.remove(peer);
          String detail = "audits of '%s' taken out of force".formatted(peer);
          write(peer, Bytes.EMPTY, List.of(notice(by, detail)));
          enforce(CombinedAudits.of(held));
          return true;
        });
  }

  /// Returns the imported audits, by nickname.
  public List<AuditImportReport> list() {
    lock.lock();
    try {
      var imports = new ArrayList<AuditImportReport>();
      held.forEach((peer, audits) -> imports.add(audits.report(peer, List.of(), 0)));
      return imports;
    } finally {
      lock.unlock();
    }
  }

  /// Returns the reported violations and the audits that they contradict, by crate.
  public SortedMap<String, List<AuditConflict>> conflicts() {
    return parts.rules().current().audits().conflicts();
  }

  /// Returns the gate's own decisions as an `audits.toml` in the format of cargo-vet. Only ledger
  /// entries since the last call are read.
  public Bytes export() {
    lock.lock();
    try (Stream<LedgerEntry> ledger = parts.store().ledger(read)) {
      ledger.forEach(
          entry -> {
            read = entry.sequence();
            if (entry.event() instanceof Decision decision
                && parts.upstream().origin(decision.id().name()) == NameOrigin.PUBLIC) {
              decided.merge(
                  decision.id().name().published() + ' ' + decision.id().version(),
                  VersionDecisions.NONE.plus(decision),
                  (earlier, _) -> earlier.plus(decision));
            }
          });
      return VetPrinter.print(OwnAuditsExport.of(decided.values(), lineNotes));
    } finally {
      lock.unlock();
    }
  }

  private void enforce(AuditSet set) {
    parts.rules().change(rulebook -> rulebook.with(set));
  }

  private Notice notice(String by, String detail) {
    return new Notice(Notice.Kind.IMPORTED, parts.clock().instant(), by, null, null, detail);
  }

  private void write(String peer, Bytes value, List<Notice> notices) {
    var writes = new ArrayList<Batch.Write>();
    writes.add(new Batch.Write.PutMeta(MetaKey.AUDITS_PREFIX.named(peer), value));
    writes.add(
        new Batch.Write.PutMeta(MetaKey.AUDIT_PEERS, Bytes.utf8(String.join("\n", held.keySet()))));
    notices.forEach(notice -> writes.add(new Batch.Write.Append(notice)));
    parts.store().commit(Batch.synced(writes));
  }
}
