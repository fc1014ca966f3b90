package lazaret.vetting.desk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.vetting.audit.AuditEntry;
import lazaret.vetting.audit.AuditKind;
import lazaret.vetting.audit.AuditsFile;
import lazaret.vetting.audit.Criteria;
import lazaret.vetting.audit.CriteriaEntry;
import lazaret.vetting.audit.VetVersion;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.ledger.Decision;
import org.jspecify.annotations.Nullable;

/// Our own decisions as an `audits.toml` that others import: what stands of each version is one
/// entry. An approval is an audit, of the difference where it was given for one; a refusal is a
/// violation. Exemptions are left out: nobody read what they exempt.
final class AuditExport {
  private final SortedMap<String, List<AuditEntry>> audits = new TreeMap<>();
  private final Set<String> criteria = new TreeSet<>();

  private AuditExport() {}

  /// Makes the file.
  ///
  /// @param decisions all decisions on all crates; those on one version the oldest first
  static AuditsFile of(Collection<Decision> decisions) {
    var standing = new HashMap<String, Map<CrateVersion, Decision>>();
    for (Decision decision : decisions) {
      standing
          .computeIfAbsent(decision.id().name().published(), _ -> new HashMap<>())
          .put(decision.id().version(), decision);
    }
    var export = new AuditExport();
    standing.forEach(export::crate);
    return new AuditsFile(export.defined(), new TreeMap<>(), export.audits, new TreeMap<>());
  }

  private void crate(String name, Map<CrateVersion, Decision> standing) {
    var refused = new HashSet<CrateVersion>();
    standing.forEach(
        (version, decision) -> {
          if (!decision.kind().serves()) {
            refused.add(version);
          }
        });
    var entries = new ArrayList<AuditEntry>();
    for (Decision decision : standing.values()) {
      // A difference to what is refused now says nothing that others could build on, and cargo-vet
      // takes it for a contradiction of the whole crate.
      CrateVersion base = decision.delta();
      if (base == null || !refused.contains(base)) {
        AuditEntry entry = entry(decision);
        if (entry != null) {
          entries.add(entry);
        }
      }
    }
    audits.put(name, entries);
  }

  private @Nullable AuditEntry entry(Decision decision) {
    VetVersion version = VetVersion.of(decision.id().version());
    return switch (decision.kind()) {
      case EXEMPT -> null;
      case APPROVE -> {
        criteria.addAll(decision.criteria());
        yield OwnAudits.entry(decision);
      }
      // What is refused is not even handed to those who would only run it.
      case DENY, REVOKE ->
          audit(
              decision,
              List.of(Criteria.SAFE_TO_RUN),
              new AuditKind.Violation(VersionReq.parse("=" + withoutBuild(version))));
    };
  }

  /// Build metadata has no meaning in a requirement.
  private static String withoutBuild(VetVersion version) {
    String text = version.version().text();
    int plus = text.indexOf('+');
    return plus < 0 ? text : text.substring(0, plus);
  }

  private static AuditEntry audit(Decision decision, List<String> criteria, AuditKind kind) {
    return new AuditEntry(
        List.of(decision.by()), criteria, kind, true, decision.reason(), List.of());
  }

  /// cargo-vet takes no entry whose criteria the file does not define.
  private SortedMap<String, CriteriaEntry> defined() {
    var defined = new TreeMap<String, CriteriaEntry>();
    for (String name : criteria) {
      if (!name.equals(Criteria.SAFE_TO_RUN) && !name.equals(Criteria.SAFE_TO_DEPLOY)) {
        defined.put(
            name,
            new CriteriaEntry(
                "As the reviewers of this gate use the word; ask them.",
                null,
                List.of(),
                List.of()));
      }
    }
    return defined;
  }
}
