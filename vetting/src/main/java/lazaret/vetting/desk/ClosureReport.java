package lazaret.vetting.desk;

import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.policy.Verdict;

/// Whether what versions require is served, requirement by requirement, and what would make it so.
///
/// Each requirement is looked at by itself: that all of them can be met together (features,
/// `links`, one version of a crate per compatible range) is for cargo's resolver to say.
///
/// @param versions how many versions were looked at
/// @param requirements how many of their requirements, equal ones counted each time
/// @param withheld versions that were asked about and are not served themselves
/// @param unmet requirements that no served version meets; at most [#MAX_UNMET]
/// @param approve versions that would have to be approved so that everything required is met,
///   newest first where there was a choice; without those that only optional requirements need
/// @param prune served versions that would have to be withheld so that nothing served requires what
///   is not
/// @param complete false where something could not be looked up, or a bound was reached
public record ClosureReport(
    long versions,
    long requirements,
    List<Match> withheld,
    List<Unmet> unmet,
    List<CrateId> approve,
    List<CrateId> prune,
    boolean complete) {
  /// How many unmet requirements are told one by one.
  public static final int MAX_UNMET = 10_000;

  /// How many versions that match a requirement are told one by one, newest first.
  public static final int MAX_MATCHES = 8;

  /// Copies the lists.
  public ClosureReport {
    withheld = List.copyOf(withheld);
    unmet = List.copyOf(unmet);
    approve = List.copyOf(approve);
    prune = List.copyOf(prune);
  }

  /// Tells whether every requirement that is not optional is met and everything could be looked up.
  public boolean holds() {
    return complete && withheld.isEmpty() && unmet.stream().allMatch(Unmet::optional);
  }

  /// Why a requirement is not met.
  public enum Cause {
    /// Versions match, and none of them is served.
    WITHHELD,
    /// The crate is known, and no version of it matches.
    NO_MATCH,
    /// There is no such crate.
    NO_CRATE,
    /// The crate is not held, and upstream could not be asked, or was not.
    NOT_LOOKED_UP
  }

  /// A requirement that no served version meets.
  ///
  /// @param by the version that requires it
  /// @param dependency what it requires
  /// @param optional whether only a feature asks for it, on the way from where the search began
  /// @param cause why it is not met
  /// @param matches versions that match, newest first, at most [#MAX_MATCHES]
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
  /// @param yanked whether it is withheld because upstream yanked it, whatever the rules say
  /// @param verdict what the rules say
  public record Match(CrateId id, boolean yanked, Verdict verdict) {}
}
