package lazaret.vetting.desk.lockfiles;

import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.policy.Verdict;

/// The unmet requirements of some versions, and the decisions that would meet them.
///
/// Each requirement is checked alone. Only cargo's resolver can decide whether all of them can be
/// met together (features, `links`, one version of a crate per compatible range).
///
/// @param versions the number of versions that were checked
/// @param requirements the number of their requirements; equal ones count each time
/// @param withheld the selected versions that are not served themselves
/// @param unmet the requirements that no served version meets; at most [#MAX_UNMET]
/// @param approve the versions whose approval would meet all requirements, newest first if there
///   was a choice; without those that only optional requirements need
/// @param prune the served versions to withhold so that no served version has an unmet requirement
/// @param complete false if a look-up failed or a limit was reached
public record ClosureReport(
    long versions,
    long requirements,
    List<Match> withheld,
    List<Unmet> unmet,
    List<CrateId> approve,
    List<CrateId> prune,
    boolean complete) {
  /// The maximum number of unmet requirements that are listed.
  public static final int MAX_UNMET = 10_000;

  /// The maximum number of matching versions that are listed for a requirement, newest first.
  public static final int MAX_MATCHES = 8;

  /// Copies the lists.
  public ClosureReport {
    withheld = List.copyOf(withheld);
    unmet = List.copyOf(unmet);
    approve = List.copyOf(approve);
    prune = List.copyOf(prune);
  }

  /// Returns whether all selected versions are served, all non-optional requirements are met and
  /// all look-ups succeeded.
  public boolean holds() {
    return complete && withheld.isEmpty() && unmet.stream().allMatch(Unmet::optional);
  }

  /// The cause of an unmet requirement.
  public enum Cause {
    /// Matching versions, none of which is served.
    WITHHELD,
    /// A known crate without a matching version.
    NO_MATCH,
    /// A crate that does not exist.
    NO_CRATE,
    /// A crate that is not stored, with upstream unavailable or not asked.
    NOT_LOOKED_UP
  }

  /// A requirement that no served version meets.
  ///
  /// @param by the version that has the requirement
  /// @param dependency the requirement
  /// @param optional whether only a feature needs it on the path from the start of the search
  /// @param cause the cause
  /// @param matches the matching versions, newest first, at most [#MAX_MATCHES]
  public record Unmet(
      CrateId by, IndexDependency dependency, boolean optional, Cause cause, List<Match> matches) {
    /// Copies the list.
    public Unmet {
      matches = List.copyOf(matches);
    }
  }

  /// A version that is not served.
  ///
  /// @param id the version
  /// @param yanked whether it is withheld only because upstream yanked it
  /// @param verdict the verdict of the rules
  public record Match(CrateId id, boolean yanked, Verdict verdict) {}
}
