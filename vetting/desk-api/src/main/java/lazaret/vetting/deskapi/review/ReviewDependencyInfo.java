package lazaret.vetting.deskapi.review;

import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import org.jspecify.annotations.Nullable;

/// A dependency of a version, with the version that it resolves to.
///
/// @param name the crate
/// @param req the requirement
/// @param kind the kind of the dependency
/// @param optional whether a feature enables the dependency
/// @param target the platform; null for all platforms
/// @param added whether the base does not have the dependency
/// @param version the newest matching version that is served, otherwise the newest that matches;
///   null if none matches
/// @param verdict the verdict on that version; null if none matches
/// @param served whether that version is served
/// @param detail the cause if no version is shown; null otherwise
public record ReviewDependencyInfo(
    String name,
    String req,
    Kind kind,
    boolean optional,
    @Nullable String target,
    boolean added,
    @Nullable CrateVersion version,
    @Nullable VerdictInfo verdict,
    boolean served,
    @Nullable String detail) {
  /// The kinds of dependencies.
  public enum Kind {
    /// A dependency of the crate.
    NORMAL,
    /// A dependency of the build script.
    BUILD,
    /// A dependency of tests, examples and benchmarks.
    DEV
  }
}
