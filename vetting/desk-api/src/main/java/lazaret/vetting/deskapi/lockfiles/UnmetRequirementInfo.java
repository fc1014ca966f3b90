package lazaret.vetting.deskapi.lockfiles;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.review.ReviewDependencyInfo;
import org.jspecify.annotations.Nullable;

/// A requirement that no served version meets.
///
/// @param name the crate that has the requirement
/// @param version its version
/// @param cksum the SHA-256 of its artifact
/// @param requires the crate that is required
/// @param req the requirement
/// @param kind the kind of the dependency
/// @param optional whether a feature enables the dependency
/// @param target the platform; null for all platforms
/// @param cause the cause
/// @param matches the versions that match
public record UnmetRequirementInfo(
    CrateName name,
    CrateVersion version,
    Sha256 cksum,
    String requires,
    String req,
    ReviewDependencyInfo.Kind kind,
    boolean optional,
    @Nullable String target,
    Cause cause,
    List<RequiredVersionInfo> matches) {
  public UnmetRequirementInfo {
    matches = List.copyOf(matches);
  }

  /// The causes for which a requirement is not met.
  public enum Cause {
    /// Versions match, and none of them is served.
    WITHHELD,
    /// The crate has no matching version.
    NO_MATCH,
    /// The crate does not exist.
    NO_CRATE,
    /// The crate was not looked up, or upstream did not respond.
    NOT_LOOKED_UP
  }
}
