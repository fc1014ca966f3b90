package lazaret.vetting.index;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.VersionReq;
import org.jspecify.annotations.Nullable;

/// A dependency of one version of a crate. Always on a crate of the same registry: a line with a
/// foreign one is left out.
///
/// Source: Cargo reference, *Registry Index*, *JSON schema*.
///
/// @param name the name in the manifest: an alias where the dependency is renamed, and then any
///   text
/// @param packageName the crate that is meant
/// @param req which of its versions do
/// @param features features of it that are switched on
/// @param optional whether a feature switches the dependency on
/// @param defaultFeatures whether its default features are on
/// @param target a target triple or `cfg(...)` that limits it to platforms, or null for all
/// @param kind when it is needed
public record IndexDependency(
    String name,
    CrateName packageName,
    VersionReq req,
    List<String> features,
    boolean optional,
    boolean defaultFeatures,
    @Nullable String target,
    DependencyKind kind) {
  /// Copies the list.
  public IndexDependency {
    features = List.copyOf(features);
  }
}
