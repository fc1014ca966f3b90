package lazaret.vetting.index;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.VersionReq;
import org.jspecify.annotations.Nullable;

/// A dependency of one version of a crate, always on a crate of the same registry. A line with a
/// dependency on another registry is omitted.
///
/// Source: Cargo reference, *Registry Index*, *JSON schema*.
///
/// @param name name in the manifest; if the dependency is renamed, an alias, which can be any text
/// @param packageName name of the crate that is required
/// @param req required versions
/// @param features features of the crate that are enabled
/// @param optional whether a feature enables the dependency
/// @param defaultFeatures whether its default features are enabled
/// @param target target triple or `cfg(...)` that limits it to platforms; null for all
/// @param kind use of the dependency
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
