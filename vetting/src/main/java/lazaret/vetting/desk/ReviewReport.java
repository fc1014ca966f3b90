package lazaret.vetting.desk;

import java.util.List;
import java.util.Locale;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.inspect.CapabilityDelta;
import lazaret.vetting.policy.Testimony;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.review.CrateDiff;
import lazaret.vetting.review.DependencyChange;
import lazaret.vetting.review.DiffStat;
import org.jspecify.annotations.Nullable;

/// What a reviewer of one version wants to know.
///
/// @param version what is known of it, as it is now that its artefact was looked into
/// @param testimony what advisories and audits say of it, and which signs of a takeover it shows
/// @param base what it is compared with; null where nothing of the crate is vetted, and all of it
///   is to be read
/// @param otherBases what it could be compared with as well, at more reading
/// @param dependencies the crates that it needs to build and run, with what the gate would serve of
///   them; new ones first
/// @param dependencyChanges what became of its dependencies since the base, of every kind
/// @param delta what it can do that the base could not; null where there is no base or one of the
///   two was not inspected
/// @param diff what is to be read; null where the artefact could not be had
/// @param unread why there is no difference; null where there is one
public record ReviewReport(
    VersionReport version,
    Testimony testimony,
    @Nullable Base base,
    List<Base> otherBases,
    List<Dependency> dependencies,
    List<DependencyChange> dependencyChanges,
    @Nullable CapabilityDelta delta,
    @Nullable CrateDiff diff,
    @Nullable Unread unread) {
  /// Copies the lists.
  public ReviewReport {
    otherBases = List.copyOf(otherBases);
    dependencies = List.copyOf(dependencies);
    dependencyChanges = List.copyOf(dependencyChanges);
  }

  /// A version to compare with.
  ///
  /// @param version which
  /// @param origin why it was chosen
  /// @param stat how much there is to read from it to the reviewed version
  public record Base(CrateVersion version, Origin origin, DiffStat stat) {}

  /// Why a version is something to compare with.
  public enum Origin {
    /// A person vouched for it.
    APPROVED,
    /// The rules serve it, also once it was inspected.
    SERVED,
    /// The rules would let it through but for an advisory.
    ADVISED_AGAINST,
    /// The reviewer asked for it.
    NAMED;

    /// Returns the kebab-case form: `approved`.
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// A dependency as the index line has it, with what the gate says of it.
  ///
  /// @param dependency what is required
  /// @param added whether the base did not require the crate
  /// @param version the newest matching version that is served, else the newest that matches; null
  ///   where none does or the crate is not known
  /// @param verdict what the rules say of that version; null where there is none
  /// @param served whether it would be handed out
  /// @param detail why there is no version; empty where there is one
  public record Dependency(
      IndexDependency dependency,
      boolean added,
      @Nullable CrateVersion version,
      @Nullable Verdict verdict,
      boolean served,
      String detail) {}

  /// Why an artefact could not be read.
  ///
  /// @param code the kind of failure: `upstream-unavailable`, `vetting-in-progress`, `unknown`,
  ///   `cksum-mismatch` or `refused-by-policy` for a hostile archive
  /// @param detail one clause for a person
  public record Unread(ErrorCode code, String detail) {}
}
