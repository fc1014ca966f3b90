package lazaret.vetting.gate.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Policy;
import org.jspecify.annotations.Nullable;

/// The versions of a crate in use: approved, or past their cooldown. They are valid until time adds
/// or removes one. Bases and fixes of all versions are computed in one pass, since a pass for each
/// version would cost the square of their number. Immutable.
final class VersionsInUse {
  private final Instant from;
  private final @Nullable Instant end;

  /// The versions with which others are compared, ascending. Of equal ones, the first in the index
  /// file comes first.
  private final List<StoredLine> bases = new ArrayList<>();

  private final Map<CrateVersion, SortedSet<String>> fixes = new HashMap<>();

  private VersionsInUse(Instant from, @Nullable Instant end) {
    this.from = from;
    this.end = end;
  }

  static VersionsInUse at(CrateEvaluation evaluation, Instant now) {
    CrateState file = evaluation.file();
    Policy policy = evaluation.rulebook().policy();
    Duration wait = policy.buildCooldown();
    Instant end = null;
    for (StoredLine line : file.lines()) {
      end = earliest(end, policy.ageFrom(line).plus(wait), now);
      for (Decision approval : file.decisions(line.entry().version()).approvals()) {
        end = earliest(end, approval.expires(), now);
      }
    }
    VersionsInUse found = new VersionsInUse(now, end);
    List<StoredLine> used =
        file.lines().stream().filter(line -> evaluation.inUse(line, now)).toList();
    used.stream()
        .filter(line -> isBase(evaluation, line, now))
        .sorted(Comparator.comparing(line -> line.entry().version()))
        .forEach(found.bases::add);
    if (evaluation.hasAdvisories()) {
      found.findFixes(evaluation, used);
    }
    return found;
  }

  /// Returns whether a version in use is a base. The index, the decisions and the feeds determine
  /// it, never the presence of its bytes. A yanked version counts only if a person approved it,
  /// since perhaps no client ever had it. A hostile version is skipped.
  private static boolean isBase(CrateEvaluation evaluation, StoredLine line, Instant now) {
    CrateState file = evaluation.file();
    CrateVersion version = line.entry().version();
    boolean changed = line.removedSince() != null || line.changedCksum() != null;
    boolean malware =
        evaluation.hits(version).stream().anyMatch(hit -> hit.kind() == AdvisoryKind.MALWARE);
    boolean hostile =
        file.findings(line.entry().cksum()).filter(found -> !found.conformant()).isPresent();
    boolean offered = !line.entry().yanked() || file.approvedAt(version, now);
    return offered && !changed && !malware && !hostile;
  }

  private static @Nullable Instant earliest(
      @Nullable Instant end, @Nullable Instant moment, Instant now) {
    boolean sooner = moment != null && moment.isAfter(now) && (end == null || moment.isBefore(end));
    return sooner ? moment : end;
  }

  /// Returns whether the same versions are in use at a moment.
  boolean covers(Instant moment) {
    return !moment.isBefore(from) && (end == null || moment.isBefore(end));
  }

  /// Returns the ids of the vulnerabilities for which a version is the smallest fix of an older
  /// version in use.
  List<String> fixedBy(CrateVersion version) {
    SortedSet<String> ids = fixes.get(version);
    return ids == null ? List.of() : List.copyOf(ids);
  }

  /// Returns the moment from which other versions may be in use, or null if time changes none.
  @Nullable Instant end() {
    return end;
  }

  /// Returns the nearest lower base of a version, or null if there is none.
  @Nullable StoredLine base(CrateVersion version) {
    int below = lower(version);
    if (below == 0) {
      return null;
    }
    int at = below - 1;
    CrateVersion nearest = bases.get(at).entry().version();
    while (at > 0 && bases.get(at - 1).entry().version().compareTo(nearest) == 0) {
      at--;
    }
    return bases.get(at);
  }

  /// Returns the number of bases below a version.
  private int lower(CrateVersion version) {
    int low = 0;
    int high = bases.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bases.get(middle).entry().version().compareTo(version) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void findFixes(CrateEvaluation evaluation, List<StoredLine> used) {
    AdvisorySet advisories = evaluation.rulebook().advisories();
    CrateName name = evaluation.file().crate().name();
    List<CrateVersion> secure =
        evaluation.offered().stream().filter(v -> !advisories.endangers(name, v)).sorted().toList();
    List<CrateVersion> releases = secure.stream().filter(v -> !v.isPreRelease()).toList();
    for (StoredLine line : used) {
      CrateVersion older = line.entry().version();
      List<AdvisoryGroup> vulnerabilities =
          evaluation.hits(older).stream()
              .filter(hit -> hit.kind() == AdvisoryKind.VULNERABILITY)
              .toList();
      List<CrateVersion> above = older.isPreRelease() ? secure : releases;
      CrateVersion fix = vulnerabilities.isEmpty() ? null : firstAbove(above, older);
      if (fix != null) {
        SortedSet<String> ids = fixes.computeIfAbsent(fix, _ -> new TreeSet<>());
        vulnerabilities.forEach(hit -> ids.add(hit.id()));
      }
    }
  }

  /// Returns the first of ascending versions that is greater than another one, or null if there is
  /// none.
  private static @Nullable CrateVersion firstAbove(List<CrateVersion> sorted, CrateVersion other) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted.get(middle).compareTo(other) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == sorted.size() ? null : sorted.get(low);
  }
}
