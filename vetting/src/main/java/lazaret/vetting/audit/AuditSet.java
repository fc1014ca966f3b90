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
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The audits in force, searched as cargo-vet searches them. Crates are found by their collision
/// key: upstream cannot have two that differ in nothing else, and a violation must not be escaped
/// by spelling. Immutable and safe for any number of threads; a version of a crate that nobody
/// speaks of costs one look-up.
public final class AuditSet {
  private static final Sha256 NOTHING = Sha256.of(Bytes.utf8(""));

  /// A set in which nothing is said of anything.
  public static final AuditSet NONE = of(VetStore.EMPTY, SeenChecksums.NONE);

  private final VetStore store;
  private final Criteria criteria;
  private final SeenChecksums seen;
  private final Map<String, List<String>> spellings;
  private final Map<String, CrateAudits> crates;
  private final Map<String, Sha256> digests;

  private AuditSet(
      VetStore store,
      SeenChecksums seen,
      Map<String, CrateAudits> crates,
      Map<String, Sha256> digests) {
    this.store = store;
    this.criteria = Criteria.of(store.local().criteria());
    this.seen = seen;
    this.spellings = names(store);
    this.crates = Map.copyOf(crates);
    this.digests = Map.copyOf(digests);
  }

  /// Prepares a store for searching.
  ///
  /// @param store what is said, in the words of its local criteria
  /// @param seen what the index named when the audits were imported
  /// @throws MalformedException if the local criteria contradict themselves: see [Criteria#of]
  public static AuditSet of(VetStore store, SeenChecksums seen) {
    Criteria criteria = Criteria.of(store.local().criteria());
    var crates = new HashMap<String, CrateAudits>();
    var digests = new HashMap<String, Sha256>();
    names(store)
        .forEach(
            (key, names) -> {
              crates.put(key, CrateAudits.of(store, criteria, names));
              digests.put(key, CrateDigest.of(store, seen, key, names));
            });
    return new AuditSet(store, seen, crates, digests);
  }

  /// Returns the names that a store speaks of, by collision key.
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

  /// The collision key of what a file takes for a name of a crate, valid or not.
  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /// Returns the criteria that can be asked for.
  public Criteria criteria() {
    return criteria;
  }

  /// Tells whether anything is said of a crate at all.
  public boolean speaksOf(CrateName name) {
    return crates.containsKey(name.collisionKey());
  }

  /// Returns a number that changes with everything that is said of a crate: what was judged under
  /// another one has to be judged again.
  public Sha256 digest(CrateName name) {
    return digests.getOrDefault(name.collisionKey(), NOTHING);
  }

  /// Tells what the audits say of a version. Violations come first, then other bytes than those
  /// that were seen at import, then the search.
  ///
  /// @param cksum what the index names for the version now
  /// @param asked the names of the criteria that have to be met; those that nobody defines are not
  public AuditVerdict verdict(
      CrateName name, CrateVersion version, Sha256 cksum, Collection<String> asked) {
    CrateAudits crate = crates.get(name.collisionKey());
    return crate == null
        ? new AuditVerdict.NotVetted(List.copyOf(asked))
        : verdict(new AuditSearch(criteria, crate), version, other(name, version, cksum), asked);
  }

  /// Tells what the audits say of a version, whatever its bytes.
  ///
  /// @param asked as for the other
  public AuditVerdict verdict(CrateName name, CrateVersion version, Collection<String> asked) {
    CrateAudits crate = crates.get(name.collisionKey());
    return crate == null
        ? new AuditVerdict.NotVetted(List.copyOf(asked))
        : verdict(new AuditSearch(criteria, crate), version, null, asked);
  }

  /// Tells what the audits say of a version together with what we decided ourselves. Where the
  /// audits are of other bytes, our own word alone counts.
  ///
  /// @param cksum what the index names for the version now
  /// @param own our own audits of the crate, of the bytes that the index names now
  /// @param asked as for [#verdict]
  public AuditVerdict verdictWith(
      CrateName name,
      CrateVersion version,
      Sha256 cksum,
      List<AuditEntry> own,
      Collection<String> asked) {
    Sha256 other = other(name, version, cksum);
    AuditVerdict together = verdict(search(store, name, own, asked), version, other, asked);
    if (!(together instanceof AuditVerdict.OtherBytes)) {
      return together;
    }
    AuditVerdict alone = search(VetStore.EMPTY, name, own, asked).search(version, asked);
    return alone instanceof AuditVerdict.Fully ? alone : together;
  }

  /// Returns everything that is said of a crate, ours first.
  public List<Statement> statements(CrateName name, List<AuditEntry> own) {
    List<String> names = spellings(name);
    return Statement.of(with(store, names.getFirst(), own, criteria.entries()), names);
  }

  /// Returns the crates of which violations are reported, and what they contradict, by the name
  /// that the files use.
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

  /// Returns how many crates are spoken of.
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
