package lazaret.vetting.desk;

import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexDependency;
import org.jspecify.annotations.Nullable;

/// A snapshot in the making: its rows are in the store, and nobody sees them until it is noted.
///
/// @param sequence the one that it will have
/// @param base the sequence of the one before; 0 where there is none
/// @param stateRoot the root over all of it
/// @param crates how many crates have lines in it
/// @param versions how many lines it has
/// @param changed how many crates differ from the one before
/// @param missing wishes that cannot be met
/// @param unmet requirements, but for optional ones, that nothing in it meets: at most [#MAX_UNMET]
///   new ones, then as many that were told before
public record SnapshotDraft(
    long sequence,
    long base,
    Sha256 stateRoot,
    long crates,
    long versions,
    long changed,
    List<Missing> missing,
    List<Unmet> unmet) {
  /// How many unmet requirements are told.
  public static final int MAX_UNMET = 1_000;

  /// Copies the lists.
  public SnapshotDraft {
    missing = List.copyOf(missing);
    unmet = List.copyOf(unmet);
  }

  /// Tells whether nothing is lacking but what an earlier snapshot lacked, which somebody agreed
  /// to.
  public boolean whole() {
    return missing.stream().allMatch(Missing::told) && unmet.stream().allMatch(Unmet::told);
  }

  /// A wish that cannot be met.
  ///
  /// @param version null where any would have done
  /// @param why in one clause
  /// @param unknown whether the index does not know it, so that no line of the snapshot tells of it
  /// @param told whether somebody answered for it before: the snapshot before carries it as a
  ///   denial, or the index did not know it then either
  public record Missing(
      CrateName name, @Nullable CrateVersion version, String why, boolean unknown, boolean told) {}

  /// A version that an earlier snapshot had and this one has not, and does not deny either.
  ///
  /// @param code of the rule that withholds it now, see `docs/reasons.md`; `not-named` where none
  ///   does, `not-held` where its bytes are not held
  /// @param why in one clause
  public record Dropped(CrateName name, CrateVersion version, String code, String why) {}

  /// A requirement that nothing in the snapshot meets.
  ///
  /// @param by the version that has it
  /// @param told whether the snapshot before had the version and did not meet it either
  public record Unmet(CrateId by, IndexDependency dependency, boolean told) {}
}
