package lazaret.vetting.desk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.audit.AuditEntry;
import lazaret.vetting.audit.AuditKind;
import lazaret.vetting.audit.AuditSet;
import lazaret.vetting.audit.AuditsFile;
import lazaret.vetting.audit.Criteria;
import lazaret.vetting.audit.CriteriaEntry;
import lazaret.vetting.audit.PeerAudits;
import lazaret.vetting.audit.SeenChecksums;
import lazaret.vetting.audit.VetPrinter;
import lazaret.vetting.audit.VetStore;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import org.jspecify.annotations.Nullable;

/// What others have audited, taken over and put in force; and what we have decided, for others.
/// Thread-safe; blocks.
public final class Audits {
  /// The most peers whose audits are held.
  public static final int MAX_PEERS = 64;

  private static final String PEERS = "audits";
  private static final String PEER = "audits/";

  private final GateParts parts;
  private final ReentrantLock lock = new ReentrantLock();
  private final SortedMap<String, HeldAudits> held = new TreeMap<>();
  private final Map<String, Decision> decisions = new LinkedHashMap<>();
  private long read;

  /// Puts what the store holds in force.
  Audits(GateParts parts) {
    this.parts = parts;
    for (String peer : parts.store().meta(PEERS).map(Bytes::text).orElse("").lines().toList()) {
      parts.store().meta(PEER + peer).ifPresent(v -> held.put(peer, HeldAudits.decode(v)));
    }
    if (!held.isEmpty()) {
      enforce();
    }
  }

  /// Takes over a peer's audits in place of what was held of it. Versions that the index names now
  /// are bound to the bytes that it names; versions that were bound before stay bound.
  ///
  /// @param by who orders it, for the ledger
  /// @throws lazaret.vetting.MalformedException if the file cannot be read, or there are more than
  ///   [#MAX_PEERS] peers
  public AuditImport take(AuditOrder order, String by) {
    PeerAudits peer = PeerAudits.read(order.file());
    lock.lock();
    try {
      if (!held.containsKey(order.peer()) && held.size() >= MAX_PEERS) {
        throw new MalformedException(
            "cannot import audits: " + MAX_PEERS + " peers are held; remove one first");
      }
      var targets = new TreeSet<String>();
      order.criteria().values().forEach(targets::addAll);
      AuditsFile file =
          peer.translated(Criteria.of(defined(targets)), order.criteria(), order.exclude());
      file = new AuditsFile(defined(targets), file.wildcardAudits(), file.audits(), file.trusted());
      HeldAudits before = held.get(order.peer());
      HeldAudits audits =
          new HeldAudits(order.source(), parts.clock().instant(), seen(file, before), file);
      held.put(order.peer(), audits);
      write(
          order.peer(),
          audits.encode(),
          by,
          "audits of '%s' taken over from %s".formatted(order.peer(), order.source()));
      return audits.report(order.peer(), peer.warnings());
    } finally {
      lock.unlock();
    }
  }

  /// Takes a peer's audits out of force.
  ///
  /// @return whether there were any
  public boolean remove(String peer, String by) {
    lock.lock();
    try {
      if (held.remove(peer) == null) {
        return false;
      }
      write(peer, Bytes.EMPTY, by, "audits of '%s' taken out of force".formatted(peer));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Returns what is held, by nickname.
  public List<AuditImport> list() {
    lock.lock();
    try {
      var imports = new ArrayList<AuditImport>();
      held.forEach((peer, audits) -> imports.add(audits.report(peer, List.of())));
      return imports;
    } finally {
      lock.unlock();
    }
  }

  /// Returns our own decisions as an `audits.toml`, formatted as cargo-vet does. What was decided
  /// since the last call is read from the ledger.
  public Bytes export() {
    lock.lock();
    try (Stream<LedgerEntry> ledger = parts.store().ledger(read)) {
      ledger.forEach(
          entry -> {
            read = entry.sequence();
            if (entry.event() instanceof Decision decision) {
              decisions.put(
                  decision.id().name().published() + ' ' + decision.id().version(), decision);
            }
          });
      return VetPrinter.print(AuditExport.of(decisions.values()));
    } finally {
      lock.unlock();
    }
  }

  private void write(String peer, Bytes value, String by, String detail) {
    var notice = new Notice(Notice.Kind.IMPORTED, parts.clock().instant(), by, null, null, detail);
    parts
        .store()
        .commit(
            Batch.synced(
                List.of(
                    new Batch.Write.PutMeta(PEER + peer, value),
                    new Batch.Write.PutMeta(PEERS, Bytes.utf8(String.join("\n", held.keySet()))),
                    new Batch.Write.Append(notice))));
    enforce();
  }

  private void enforce() {
    var criteria = new TreeMap<String, CriteriaEntry>();
    var imports = new TreeMap<String, AuditsFile>();
    var seen = new TreeMap<String, SortedMap<String, Sha256>>();
    held.forEach(
        (peer, audits) -> {
          criteria.putAll(audits.file().criteria());
          imports.put(peer, audits.file());
          audits
              .seen()
              .forEach(
                  (crate, versions) ->
                      versions.forEach(
                          (version, cksum) ->
                              seen.computeIfAbsent(crate, _ -> new TreeMap<>())
                                  .putIfAbsent(version, cksum)));
        });
    var local = new AuditsFile(criteria, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    AuditSet set = AuditSet.of(VetStore.of(local, imports), new SeenChecksums(seen));
    parts.rules().change(rulebook -> rulebook.with(set));
  }

  private static SortedMap<String, CriteriaEntry> defined(Set<String> names) {
    var defined = new TreeMap<String, CriteriaEntry>();
    for (String name : names) {
      if (!name.equals(Criteria.SAFE_TO_RUN) && !name.equals(Criteria.SAFE_TO_DEPLOY)) {
        defined.put(name, new CriteriaEntry("mapped at import", null, List.of(), List.of()));
      }
    }
    return defined;
  }

  private SortedMap<String, SortedMap<String, Sha256>> seen(
      AuditsFile file, @Nullable HeldAudits before) {
    var seen = new TreeMap<String, SortedMap<String, Sha256>>();
    file.audits()
        .forEach(
            (crate, entries) -> {
              if (CrateName.isValid(crate)) {
                var bound = bound(CrateName.parse(crate), entries);
                if (!bound.isEmpty()) {
                  seen.put(CrateName.parse(crate).collisionKey(), bound);
                }
              }
            });
    if (before != null) {
      before
          .seen()
          .forEach(
              (crate, versions) ->
                  seen.computeIfAbsent(crate, _ -> new TreeMap<>()).putAll(versions));
    }
    return seen;
  }

  private SortedMap<String, Sha256> bound(CrateName name, List<AuditEntry> entries) {
    var named = new HashMap<String, Sha256>();
    parts
        .store()
        .crate(name)
        .ifPresent(
            crate -> {
              for (HeldLine line : crate.lines()) {
                named.put(line.entry().version().text(), line.entry().cksum());
              }
            });
    var bound = new TreeMap<String, Sha256>();
    for (AuditEntry entry : entries) {
      versions(entry.kind())
          .forEach(
              version -> {
                Sha256 cksum = named.get(version);
                if (cksum != null) {
                  bound.put(version, cksum);
                }
              });
    }
    return bound;
  }

  private static List<String> versions(AuditKind kind) {
    return switch (kind) {
      case AuditKind.Full(var version) -> List.of(version.toString());
      case AuditKind.Delta(var from, var to) -> List.of(from.toString(), to.toString());
      case AuditKind.Violation _ -> List.of();
    };
  }
}
