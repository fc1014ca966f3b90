package lazaret.vetting.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.audit.files.AuditEntry;
import lazaret.vetting.audit.files.AuditsFile;
import lazaret.vetting.audit.files.Criteria;
import lazaret.vetting.audit.files.CriteriaEntry;
import lazaret.vetting.audit.files.VetStore;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The audits in force, searched as in cargo-vet. Crates are found by their collision key: upstream
/// cannot have two crates with the same key, and another spelling must not avoid a violation.
/// Immutable and thread-safe. A version of a crate without entries costs one lookup.
public final class AuditSet {
  private static final Sha256 NOTHING = Sha256.of(Bytes.utf8(""));

  /// A set without entries.
  public static final AuditSet NONE = of(VetStore.EMPTY, ImportedChecksums.NONE);

  private final VetStore store;
  private final Criteria criteria;
  private final ImportedChecksums seen;
  private final Map<String, List<String>> spellings;
  private final Map<String, CrateAudits> crates;
  private final Map<String, Sha256> digests;

  private AuditSet(
      VetStore store,
      ImportedChecksums seen,
      Map<String, CrateAudits> crates,
      Map<String, Sha256> digests) {
    this.store = store;
    this.criteria = Criteria.of(store.local().criteria());
    this.seen = seen;
    this.spellings = names(store);
    this.crates = Map.copyOf(crates);
    this.digests = Map.copyOf(digests);
  }

  /// Returns a store prepared for searching.
  ///
  /// @param store entries in the local criteria
  /// @param seen checksums in the index at the time of import
  /// @throws MalformedException if the local criteria are contradictory: see [Criteria#of]
  public static AuditSet of(VetStore store, ImportedChecksums seen) {
    Criteria criteria = Criteria.of(store.local().criteria());
    var crates = new HashMap<String, CrateAudits>();
    var digests = new HashMap<String, Sha256>();
    names(store)
        .forEach(
            (key, names) -> {
              crates.put(key, CrateAudits.of(store, criteria, names));
              digests.put(key, AuditDigest.of(store, seen, key, names));
            });
    return new AuditSet(store, seen, crates, digests);
  }

  /// Returns the crate names of a store by collision key.
  private static Map<String, List<String>> names(VetStore store) {
    var names = new TreeMap<String, List<String>>();
    Stream.of(
            Stream.of(store.local()).flatMap(AuditSet::keySets),
            store.imports().values().stream().flatMap(AuditSet::keySets),
            Stream.of(store.exemptions().keySet(), store.unpublished().keySet()))
        .flatMap(sets -> sets)
        .flatMap(Collection::stream)
        .distinct()
        .forEach(name -> names.computeIfAbsent(key(name), _ -> new ArrayList<>()).add(name));
    return names;
  }

  private static Stream<Collection<String>> keySets(AuditsFile file) {
    return Stream.of(
        file.audits().keySet(), file.wildcardAudits().keySet(), file.trusted().keySet());
  }

  /// Returns the collision key of a name in a file, even if it is not a valid crate name.
  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /// Returns the known criteria.
  public Criteria criteria() {
    return criteria;
  }

  /// Returns whether there are entries for a crate.
  public boolean speaksOf(CrateName name) {
    return crates.containsKey(name.collisionKey());
  }

  /// Returns a digest that changes with every change of a crate's entries. Results under another
  /// digest must be evaluated again.
  public Sha256 digest(CrateName name) {
    return digests.getOrDefault(name.collisionKey(), NOTHING);
  }

  /// Returns the verdict of the audits on a version. Violations have precedence, then different
  /// bytes than at import, then the result of the search.
  ///
  /// @param cksum current checksum of the version in the index
  /// @param asked names of the required criteria; unknown ones are not met
  public AuditVerdict verdict(
      CrateName name, CrateVersion version, Sha256 cksum, Collection<String> asked) {
    CrateAudits crate = crates.get(name.collisionKey());
    return crate == null
        ? new AuditVerdict.NotVetted(List.copyOf(asked))
        : verdict(new AuditSearch(criteria, crate), version, other(name, version, cksum), asked);
  }

  /// Returns the verdict of the audits on a version, whatever its bytes are.
  ///
  /// @param asked names of the required criteria; unknown ones are not met
  public AuditVerdict verdict(CrateName name, CrateVersion version, Collection<String> asked) {
    CrateAudits crate = crates.get(name.collisionKey());
    return crate == null
        ? new AuditVerdict.NotVetted(List.copyOf(asked))
        : verdict(new AuditSearch(criteria, crate), version, null, asked);
  }

  /// The search in the audits of one crate together with our own.
  public interface CombinedSearch {
    /// Returns the verdict on a version. If the audits are of other bytes, only our own count.
    ///
    /// @param cksum current checksum of the version in the index
    AuditVerdict verdict(CrateVersion version, Sha256 cksum);
  }

  /// Prepares the search for any number of versions of one crate.
  ///
  /// @param own our own audits of the crate, of the bytes in the index
  /// @param asked as for [#verdict]
  public CombinedSearch searchWith(CrateName name, List<AuditEntry> own, Collection<String> asked) {
    AuditSearch combined = search(store, name, own, asked);
    return (version, cksum) -> {
      Sha256 other = other(name, version, cksum);
      AuditVerdict together = verdict(combined, version, other, asked);
      if (!(together instanceof AuditVerdict.OtherBytes)) {
        return together;
      }
      AuditVerdict alone = search(VetStore.EMPTY, name, own, asked).search(version, asked);
      return alone instanceof AuditVerdict.Fully ? alone : together;
    };
  }

  /// Returns the verdict of the audits on a version together with our own, as [#searchWith].
  public AuditVerdict verdictWith(
      CrateName name,
      CrateVersion version,
      Sha256 cksum,
      List<AuditEntry> own,
      Collection<String> asked) {
    return searchWith(name, own, asked).verdict(version, cksum);
  }

  /// Returns all entries for a crate, our own first.
  public List<AuditStatement> statements(CrateName name, List<AuditEntry> own) {
    List<String> names = spellings(name);
    return AuditStatement.of(with(store, names.getFirst(), own, criteria.entries()), names);
  }

  /// Returns the reported violations with the entries that they contradict, by the crate name in
  /// the files.
  public SortedMap<String, List<AuditConflict>> conflicts() {
    var conflicts = new TreeMap<String, List<AuditConflict>>();
    crates.forEach(
        (key, crate) -> {
          List<AuditConflict> reported = crate.reported();
          if (!reported.isEmpty()) {
            conflicts.put(spellings.getOrDefault(key, List.of(key)).getFirst(), reported);
          }
        });
    return conflicts;
  }

  /// Returns the number of crates with entries.
  public int size() {
    return crates.size();
  }

  private @Nullable Sha256 other(CrateName name, CrateVersion version, Sha256 cksum) {
    Sha256 before = seen.of(name, version);
    return before == null || before.equals(cksum) ? null : before;
  }

  private static AuditVerdict verdict(
      AuditSearch search, CrateVersion version, @Nullable Sha256 other, Collection<String> asked) {
    List<AuditConflict> conflicts = search.conflicts(version, asked);
    if (!conflicts.isEmpty()) {
      return new AuditVerdict.Violated(conflicts);
    }
    return other != null ? new AuditVerdict.OtherBytes(other) : search.search(version, asked);
  }

  private AuditSearch search(
      VetStore said, CrateName name, List<AuditEntry> own, Collection<String> asked) {
    var named = new TreeSet<>(asked);
    own.forEach(entry -> named.addAll(entry.criteria()));
    Criteria known = criteria.and(named);
    List<String> names = spellings(name);
    VetStore all = with(said, names.getFirst(), own, known.entries());
    return new AuditSearch(known, CrateAudits.of(all, known, names));
  }

  private List<String> spellings(CrateName name) {
    return spellings.getOrDefault(name.collisionKey(), List.of(name.published()));
  }

  private static VetStore with(
      VetStore store,
      String name,
      List<AuditEntry> own,
      SortedMap<String, CriteriaEntry> criteria) {
    AuditsFile local = store.local();
    var audits = new TreeMap<>(local.audits());
    audits.merge(
        name, own, (before, more) -> Stream.of(more, before).flatMap(List::stream).toList());
    return new VetStore(
        new AuditsFile(criteria, local.wildcardAudits(), audits, local.trusted()),
        store.imports(),
        store.exemptions(),
        store.publications(),
        store.unpublished());
  }
}
