package lazaret.vetting.desk.snapshots;

import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexDependency;
import org.jspecify.annotations.Nullable;

/// A draft of a snapshot. Its rows are in the store, but invisible until it is recorded.
///
/// @param sequence the sequence that it will have
/// @param base the sequence of the previous snapshot; 0 if there is none
/// @param stateRoot the state root
/// @param crates the number of crates with lines
/// @param versions the number of lines
/// @param changed the number of crates that differ from the previous snapshot
/// @param missing the requested versions that it cannot have
/// @param unmet the non-optional requirements that it does not meet: at most [#MAX_UNMET] new ones,
///   then as many that were reported before
public record SnapshotDraft(
    long sequence,
    long base,
    Sha256 stateRoot,
    long crates,
    long versions,
    long changed,
    List<Missing> missing,
    List<Unmet> unmet) {
  /// The maximum number of new unmet requirements, and of earlier ones, that are listed.
  public static final int MAX_UNMET = 1_000;

  /// Copies the lists.
  public SnapshotDraft {
    missing = List.copyOf(missing);
    unmet = List.copyOf(unmet);
  }

  /// Returns whether all that is lacking was already lacking in an earlier snapshot and accepted by
  /// a person.
  public boolean whole() {
    return missing.stream().allMatch(Missing::acceptedBefore)
        && unmet.stream().allMatch(Unmet::acceptedBefore);
  }

  /// A requested version that the snapshot cannot have.
  ///
  /// @param name the crate
  /// @param version the version; null if any would suffice
  /// @param why the reason in one clause
  /// @param unknown whether the index does not know it, so that no line of the snapshot can name it
  /// @param acceptedBefore whether a person accepted it before: the previous snapshot denies it, or
  ///   the index did not know it then either
  public record Missing(
      CrateName name,
      @Nullable CrateVersion version,
      String why,
      boolean unknown,
      boolean acceptedBefore) {}

  /// A version of an earlier snapshot that this one neither has nor denies.
  ///
  /// @param name the crate
  /// @param version the version
  /// @param code `not-named` if the export does not need it, `not-held` if its bytes are missing,
  ///   `reserved` if its name is reserved for private crates, otherwise the code of the rule that
  ///   withholds it, see `docs/reasons.md`
  /// @param why the reason in one clause
  public record Dropped(CrateName name, CrateVersion version, String code, String why) {}

  /// A requirement that the snapshot does not meet.
  ///
  /// @param by the version that has it
  /// @param dependency the requirement
  /// @param acceptedBefore whether the previous snapshot had the version and did not meet it either
  public record Unmet(CrateId by, IndexDependency dependency, boolean acceptedBefore) {}
}
