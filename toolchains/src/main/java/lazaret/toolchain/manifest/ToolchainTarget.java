package lazaret.toolchain.manifest;

import java.util.List;

/// A package of a channel for one target.
///
/// @param files its file in each form in which rustup may request it: `zst` and `xz`, or `gz` if
///   there is neither; empty if the package is not available
/// @param components the components of a whole toolchain; empty for other packages
/// @param extensions the components that can be added to it
public record ToolchainTarget(
    List<ComponentFile> files,
    List<ToolchainComponent> components,
    List<ToolchainComponent> extensions) {
  /// Copies the lists.
  public ToolchainTarget {
    files = List.copyOf(files);
    components = List.copyOf(components);
    extensions = List.copyOf(extensions);
  }
}
