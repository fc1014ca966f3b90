package lazaret.vetting.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.audit.AuditStep.Kind;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;

/// The audits in force, searched as cargo-vet searches them. Crates are found by their collision
/// key: upstream cannot have two that differ in nothing else, and a violation must not be escaped
/// by spelling. Immutable and safe for any number of threads; a version of a crate that nobody
/// speaks of costs one look-up.
public final class AuditSet {
  private static final Sha256 NOTHING = Sha256.of(Bytes.utf8(""));

  /// A set in which nothing is said of anything.
  public static final AuditSet NONE = of(VetStore.EMPTY, SeenChecksums.NONE);

  private final Criteria criteria;
  private final SeenChecksums seen;
  private final Map<String, CrateAudits> crates;
  private final Map<String, Sha256> digests;

  private AuditSet(
      Criteria criteria,
      SeenChecksums seen,
      Map<String, CrateAudits> crates,
      Map<String, Sha256> digests) {
    this.criteria = criteria;
    this.seen = seen;
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
    return new AuditSet(criteria, seen, crates, digests);
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
    if (crate == null) {
      return new AuditVerdict.NotVetted(List.copyOf(asked));
    }
    long required = criteria.set(asked);
    List<AuditConflict> conflicts = crate.conflicts(version, required);
    if (!conflicts.isEmpty()) {
      return new AuditVerdict.Violated(conflicts);
    }
    Sha256 before = seen.of(name, version);
    if (before != null && !before.equals(cksum)) {
      return new AuditVerdict.OtherBytes(before);
    }
    return search(crate, version, asked, required);
  }

  private AuditVerdict search(
      CrateAudits crate, CrateVersion version, Collection<String> asked, long required) {
    var missing = new ArrayList<String>();
    var paths = new ArrayList<AuditPath>();
    for (String name : asked) {
      List<AuditStep> way = criteria.knows(name) ? crate.search(version, criteria.bit(name)) : null;
      if (way == null) {
        missing.add(name);
      } else {
        paths.add(new AuditPath(name, way));
      }
    }
    return missing.isEmpty()
        ? graded(crate, version, required, paths)
        : new AuditVerdict.NotVetted(missing);
  }

  /// cargo-vet searches a way for each implied criterion too, and any exemption on any of them
  /// counts.
  private AuditVerdict graded(
      CrateAudits crate, CrateVersion version, long required, List<AuditPath> paths) {
    boolean exempted = false;
    boolean directly = false;
    for (int bit = 0; bit < criteria.size(); bit++) {
      List<AuditStep> way = (required >>> bit & 1) == 0 ? null : crate.search(version, bit);
      if (way != null) {
        exempted |= way.stream().anyMatch(step -> step.kind() == Kind.EXEMPTION);
        directly |= way.stream().allMatch(AuditSet::isNoAudit);
      }
    }
    if (!exempted) {
      return new AuditVerdict.Fully(paths);
    }
    return directly ? new AuditVerdict.WithExemptions(paths) : new AuditVerdict.Partially(paths);
  }

  private static boolean isNoAudit(AuditStep step) {
    return step.kind() == Kind.EXEMPTION || step.kind() == Kind.UNPUBLISHED;
  }
}
