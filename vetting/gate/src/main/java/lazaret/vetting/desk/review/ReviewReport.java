package lazaret.vetting.desk.review;

import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.inspect.CapabilityDelta;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.ExternalEvidence;
import lazaret.vetting.review.CrateDiff;
import lazaret.vetting.review.DependencyChange;
import lazaret.vetting.review.DiffStat;
import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// The data for a reviewer of one version.
///
/// @param version the report on the version after its inspection
/// @param evidence the advisories, audits and takeover signals of the version
/// @param base the version for comparison; null if no version of the crate is vetted, so that all
///   of it must be read
/// @param otherBases other versions for comparison, which require more reading
/// @param dependencies the crates that it needs to build and run, with their status; new ones first
/// @param dependencyChanges the changes of dependencies of every kind since the base
/// @param delta the capabilities that the base does not have; null if there is no base or one of
///   the two was not inspected
/// @param diff the text to read; null if the artifact is not available
/// @param unread the reason for the missing difference; null if there is one
public record ReviewReport(
    VersionReport version,
    ExternalEvidence evidence,
    @Nullable Base base,
    List<Base> otherBases,
    List<Dependency> dependencies,
    List<DependencyChange> dependencyChanges,
    @Nullable CapabilityDelta delta,
    @Nullable CrateDiff diff,
    @Nullable NotReadable unread) {
  /// Copies the lists.
  public ReviewReport {
    otherBases = List.copyOf(otherBases);
    dependencies = List.copyOf(dependencies);
    dependencyChanges = List.copyOf(dependencyChanges);
  }

  /// A version for comparison.
  ///
  /// @param version the version
  /// @param origin the reason for which it was chosen
  /// @param stat the amount to read from it to the reviewed version
  public record Base(CrateVersion version, BaseOrigin origin, DiffStat stat) {}

  /// The reason for which a version is a base.
  public enum BaseOrigin implements Coded {
    /// A version that an approval or audit certifies.
    APPROVED("approved"),
    /// A version that the rules serve, and still did after its inspection.
    SERVED("served"),
    /// A version that the rules would allow except for an advisory.
    ADVISORY("advised-against"),
    /// A version that the reviewer named.
    NAMED("named");

    private final String code;

    BaseOrigin(String code) {
      this.code = code;
    }

    /// Returns the kebab-case form, such as `approved`.
    @Override
    public String code() {
      return code;
    }
  }

  /// A dependency of the index line, with its status.
  ///
  /// @param dependency the requirement
  /// @param added whether the base did not require the crate
  /// @param version the newest matching version that is served, else the newest that matches; null
  ///   if none does or the crate is unknown
  /// @param verdict the verdict on that version; null if there is none
  /// @param served whether it would be served
  /// @param detail the reason for a missing version; empty if there is one
  public record Dependency(
      IndexDependency dependency,
      boolean added,
      @Nullable CrateVersion version,
      @Nullable Verdict verdict,
      boolean served,
      String detail) {}

  /// The reason for which an artifact could not be read.
  ///
  /// @param code the kind of failure: `upstream-unavailable`, `vetting-in-progress`, `unknown`,
  ///   `cksum-mismatch` or `refused-by-policy` for a hostile archive
  /// @param detail one clause for a person
  public record NotReadable(ErrorCode code, String detail) {}
}
