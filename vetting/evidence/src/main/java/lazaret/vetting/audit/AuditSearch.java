package lazaret.vetting.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import lazaret.vetting.audit.AuditStep.Kind;
import lazaret.vetting.audit.files.Criteria;
import lazaret.vetting.crates.CrateVersion;

/// The search in the audits of one crate.
///
/// @param criteria known criteria
/// @param crate audits of the crate
record AuditSearch(Criteria criteria, CrateAudits crate) {
  /// Returns the conflicts of a version for the requested criteria.
  List<AuditConflict> conflicts(CrateVersion version, Collection<String> asked) {
    return crate.conflicts(version, criteria.set(asked));
  }

  /// Returns the verdict on a version, with a path for each criterion. Unknown criteria are not
  /// met.
  AuditVerdict search(CrateVersion version, Collection<String> asked) {
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
        ? graded(version, criteria.set(asked), paths)
        : new AuditVerdict.NotVetted(missing);
  }

  /// Returns the verdict with the effect of exemptions. As in cargo-vet, each implied criterion
  /// needs a path too, and an exemption on any of them counts.
  private AuditVerdict graded(CrateVersion version, long required, List<AuditPath> paths) {
    boolean exempted = false;
    boolean directly = false;
    for (int bit = 0; bit < criteria.size(); bit++) {
      List<AuditStep> way = (required >>> bit & 1) == 0 ? null : crate.search(version, bit);
      if (way != null) {
        exempted |= way.stream().anyMatch(step -> step.kind() == Kind.EXEMPTION);
        directly |= way.stream().allMatch(AuditSearch::isNoAudit);
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
