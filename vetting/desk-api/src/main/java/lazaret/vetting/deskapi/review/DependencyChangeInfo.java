package lazaret.vetting.deskapi.review;

import org.jspecify.annotations.Nullable;

/// A change of a dependency between two versions.
///
/// @param name the crate
/// @param req the requirement; that of the base if the dependency was removed
/// @param kind the kind of the dependency
/// @param optional whether a feature enables the dependency
/// @param target the platform; null for all platforms
/// @param change the change
/// @param before the requirement of the base; null if the base does not have the dependency
public record DependencyChangeInfo(
    String name,
    String req,
    ReviewDependencyInfo.Kind kind,
    boolean optional,
    @Nullable String target,
    Change change,
    @Nullable String before) {
  /// The changes of dependencies.
  public enum Change {
    /// The base does not have the dependency.
    ADDED,
    /// Only the base has the dependency.
    REMOVED,
    /// The dependency differs.
    CHANGED
  }
}
