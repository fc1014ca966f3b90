package lazaret.vetting.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lazaret.vetting.audit.AuditStep.Kind;
import lazaret.vetting.audit.files.AuditEntry;
import lazaret.vetting.audit.files.AuditKind;
import lazaret.vetting.audit.files.Criteria;
import lazaret.vetting.audit.files.Exemption;
import lazaret.vetting.audit.files.TrustEntry;
import lazaret.vetting.audit.files.Unpublished;
import lazaret.vetting.audit.files.VetPublication;
import lazaret.vetting.audit.files.VetStore;
import lazaret.vetting.audit.files.VetVersion;
import lazaret.vetting.audit.files.WildcardEntry;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.VersionReq;
import org.jspecify.annotations.Nullable;

/// The entries of a store for one crate, prepared for searching.
final class CrateAudits {
  /// The maximum number of contradicted entries that are kept for one violation; enough to show the
  /// problem.
  private static final int MAX_CONTRADICTIONS = 16;

  /// A violation.
  ///
  /// @param peer nickname of the import that reports it; null if it is our own
  /// @param versions violating versions
  /// @param each closures of the single criteria. A violation of one of two criteria violates both,
  ///   and an entry with a stronger criterion is contradicted too
  /// @param entry the entry
  private record Violation(
      @Nullable String peer, VersionReq versions, List<Long> each, AuditEntry entry) {
    boolean isCarriedBy(long criteria) {
      return each.stream().anyMatch(one -> (criteria & one) == one);
    }

    boolean touches(AuditStep step) {
      VetVersion from = step.from();
      return versions.matches(step.to().version())
          || (from != null && versions.matches(from.version()));
    }

    AuditConflict conflict(boolean namesVersion, @Nullable AuditStep contradicts) {
      return new AuditConflict(
          peer,
          versions.toString(),
          entry.criteria(),
          entry.who(),
          entry.notes(),
          namesVersion,
          contradicts);
    }
  }

  /// An audit or exemption that a violation can contradict.
  private record Claim(AuditStep step, long criteria) {}

  private final Criteria criteria;
  private final AuditGraph graph = new AuditGraph();
  private final List<Violation> violations = new ArrayList<>();
  private final List<Claim> claims = new ArrayList<>();
  private final List<AuditConflict> contradictions = new ArrayList<>();

  private CrateAudits(Criteria criteria) {
    this.criteria = criteria;
  }

  /// Returns the entries of a store for a crate.
  ///
  /// @param store the store
  /// @param names names of the crate in its files
  static CrateAudits of(VetStore store, Criteria criteria, List<String> names) {
    var crate = new CrateAudits(criteria);
    for (String name : names) {
      crate.addAudits(null, entries(store.local().audits(), name));
    }
    for (String name : names) {
      store.imports().forEach((peer, file) -> crate.addAudits(peer, entries(file.audits(), name)));
    }
    for (String name : names) {
      crate.addPublications(store, name);
    }
    for (String name : names) {
      entries(store.exemptions(), name).forEach(crate::addExemption);
    }
    for (String name : names) {
      entries(store.unpublished(), name).forEach(crate::addUnpublished);
    }
    crate.contradict();
    return crate;
  }

  private static <T> List<T> entries(Map<String, List<T>> byCrate, String name) {
    return byCrate.getOrDefault(name, List.of());
  }

  private void addAudits(@Nullable String peer, List<AuditEntry> entries) {
    for (AuditEntry entry : entries) {
      switch (entry.kind()) {
        case AuditKind.Full(VetVersion version) -> addAudit(peer, entry, null, version);
        case AuditKind.Delta(VetVersion from, VetVersion to) -> addAudit(peer, entry, from, to);
        case AuditKind.Violation(VersionReq versions) ->
            violations.add(
                new Violation(
                    peer,
                    versions,
                    entry.criteria().stream()
                        .filter(criteria::knows)
                        .map(name -> criteria.set(List.of(name)))
                        .toList(),
                    entry));
      }
    }
  }

  private void addAudit(
      @Nullable String peer, AuditEntry entry, @Nullable VetVersion from, VetVersion to) {
    var step = new AuditStep(Kind.AUDIT, peer, from, to, entry.who());
    long carried = criteria.set(entry.criteria());
    // The entries of a peer that are not importable were dropped at import.
    graph.add(step, carried, peer != null || entry.importable());
    claims.add(new Claim(step, carried));
  }

  private void addPublications(VetStore store, String name) {
    List<VetPublication> publications = entries(store.publications(), name);
    for (VetPublication publication : publications) {
      addWildcards(null, entries(store.local().wildcardAudits(), name), publication);
      store
          .imports()
          .forEach(
              (peer, file) ->
                  addWildcards(peer, entries(file.wildcardAudits(), name), publication));
    }
    for (VetPublication publication : publications) {
      // Only our own trust counts, since trust is not transitive.
      for (TrustEntry trust : entries(store.local().trusted(), name)) {
        if (trust.window().holds(publication.publisher(), publication.when())) {
          var step = new AuditStep(Kind.TRUSTED, null, null, publication.version(), List.of());
          graph.add(step, criteria.set(trust.criteria()), true);
        }
      }
    }
  }

  private void addWildcards(
      @Nullable String peer, List<WildcardEntry> entries, VetPublication publication) {
    for (WildcardEntry entry : entries) {
      if (entry.window().holds(publication.publisher(), publication.when())) {
        var step = new AuditStep(Kind.WILDCARD, peer, null, publication.version(), entry.who());
        graph.add(step, criteria.set(entry.criteria()), true);
      }
    }
  }

  private void addExemption(Exemption exemption) {
    var step = new AuditStep(Kind.EXEMPTION, null, null, exemption.version(), List.of());
    long carried = criteria.set(exemption.criteria());
    graph.add(step, carried, true);
    claims.add(new Claim(step, carried));
  }

  private void addUnpublished(Unpublished unpublished) {
    graph.add(
        new AuditStep(
            Kind.UNPUBLISHED, null, unpublished.auditedAs(), unpublished.version(), List.of()),
        criteria.all(),
        true);
  }

  /// Collects the contradictions of all violations. They apply to the whole crate, as in cargo-vet:
  /// two auditors who disagree about one version may both be wrong about the next.
  private void contradict() {
    violations.forEach(violation -> contradictions.addAll(contradictions(violation)));
  }

  private List<AuditConflict> contradictions(Violation violation) {
    return claims.stream()
        .filter(claim -> violation.isCarriedBy(claim.criteria()) && violation.touches(claim.step()))
        .limit(MAX_CONTRADICTIONS)
        .map(claim -> violation.conflict(false, claim.step()))
        .toList();
  }

  /// Returns the conflicts of a version, those that name it first.
  List<AuditConflict> conflicts(CrateVersion version, long asked) {
    if (violations.isEmpty()) {
      return List.of();
    }
    var conflicts = new ArrayList<AuditConflict>();
    for (Violation violation : violations) {
      if (violation.isCarriedBy(asked) && violation.versions().matches(version)) {
        conflicts.add(violation.conflict(true, null));
      }
    }
    conflicts.addAll(contradictions);
    return conflicts;
  }

  /// Returns every reported violation, with the entries that it contradicts.
  List<AuditConflict> reported() {
    var reported = new ArrayList<AuditConflict>();
    for (Violation violation : violations) {
      List<AuditConflict> against = contradictions(violation);
      reported.addAll(against.isEmpty() ? List.of(violation.conflict(false, null)) : against);
    }
    return reported;
  }

  /// Returns the path to a version for a criterion, or null if there is none.
  @Nullable List<AuditStep> search(CrateVersion version, int bit) {
    return graph.search(VetVersion.of(version), bit);
  }
}
