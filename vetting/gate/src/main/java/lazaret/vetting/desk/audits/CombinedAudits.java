package lazaret.vetting.desk.audits;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.audit.AuditSet;
import lazaret.vetting.audit.ImportedChecksums;
import lazaret.vetting.audit.files.AuditsFile;
import lazaret.vetting.audit.files.CriteriaEntry;
import lazaret.vetting.audit.files.Exemption;
import lazaret.vetting.audit.files.TrustEntry;
import lazaret.vetting.audit.files.Unpublished;
import lazaret.vetting.audit.files.VetPublication;
import lazaret.vetting.audit.files.VetStore;
import lazaret.vetting.crates.Sha256;

/// The audits of several peers, combined into one set.
public final class CombinedAudits {
  private final SortedMap<String, CriteriaEntry> criteria = new TreeMap<>();
  private final SortedMap<String, AuditsFile> imports = new TreeMap<>();
  private final SortedMap<String, List<TrustEntry>> trusted = new TreeMap<>();
  private final SortedMap<String, List<Exemption>> exemptions = new TreeMap<>();
  private final SortedMap<String, List<VetPublication>> publications = new TreeMap<>();
  private final SortedMap<String, List<Unpublished>> unpublished = new TreeMap<>();
  private final SortedMap<String, SortedMap<String, Sha256>> seen = new TreeMap<>();

  private CombinedAudits() {}

  /// Combines audit files without a gate. The entries are not bound to bytes, since there is no
  /// index with their checksums.
  ///
  /// @param orders the files and their mappings, under distinct nicknames
  /// @param now the day that limits how far ahead wildcard audits may end
  /// @throws MalformedException if a file cannot be read, two files define a criterion differently,
  ///   or there are too many criteria
  public static AuditSet ofFiles(List<AuditImportOrder> orders, Instant now) {
    SortedMap<String, StoredAudits> read = new TreeMap<>();
    orders.forEach(order -> read.put(order.peer(), TranslatedAudits.of(order, now).audits()));
    return of(read);
  }

  /// Combines stored audits.
  ///
  /// @param held the stored audits by nickname
  /// @throws MalformedException if two peers define a criterion differently, or there are too many
  ///   criteria
  static AuditSet of(SortedMap<String, StoredAudits> held) {
    var all = new CombinedAudits();
    held.forEach(all::add);
    var local = new AuditsFile(all.criteria, new TreeMap<>(), new TreeMap<>(), all.trusted);
    return AuditSet.of(
        new VetStore(local, all.imports, all.exemptions, all.publications, all.unpublished),
        new ImportedChecksums(all.seen));
  }

  private void add(String peer, StoredAudits audits) {
    VetStore store = audits.store(peer);
    store.local().criteria().forEach((name, entry) -> define(peer, name, entry));
    imports.putAll(store.imports());
    join(store.local().trusted(), trusted);
    join(store.exemptions(), exemptions);
    join(store.publications(), publications);
    join(store.unpublished(), unpublished);
    audits
        .seen()
        .forEach(
            (crate, versions) -> {
              var known = seen.computeIfAbsent(crate, _ -> new TreeMap<>());
              versions.forEach((version, cksum) -> known.putIfAbsent(version, cksum));
            });
  }

  /// Adds the definition of a criterion. A project may define a criterion that a mapping names.
  private void define(String peer, String name, CriteriaEntry entry) {
    CriteriaEntry before = criteria.get(name);
    if (before == null || isMapped(before)) {
      criteria.put(name, entry);
    } else if (!isMapped(entry) && !before.implies().equals(entry.implies())) {
      throw new MalformedException(
          "cannot import the audits of '%s': its criterion '%s' has other implications than in another import"
              .formatted(peer, Excerpt.of(name)));
    }
  }

  private static boolean isMapped(CriteriaEntry entry) {
    return TranslatedAudits.MAPPED.equals(entry.description());
  }

  private static <T> void join(SortedMap<String, List<T>> more, Map<String, List<T>> all) {
    more.forEach((crate, list) -> all.computeIfAbsent(crate, _ -> new ArrayList<>()).addAll(list));
  }
}
