package lazaret.vetting.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import lazaret.vetting.audit.AuditStep.Kind;
import lazaret.vetting.crates.CrateVersion;

/// The search over everything that is said of one crate.
///
/// @param criteria what can be asked for
/// @param crate what is said
record AuditSearch(Criteria criteria, CrateAudits crate) {
  /// Returns what stands against a version, for criteria that are asked for.
  List<AuditConflict> conflicts(CrateVersion version, Collection<String> asked) {
    return crate.conflicts(version, criteria.set(asked));
  }

  /// Searches a way to a version for each criterion; those that nobody defines are not met.
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

  /// cargo-vet searches a way for each implied criterion too, and any exemption on any of them
  /// counts.
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
