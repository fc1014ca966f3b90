package lazaret.mirror.config;

import java.net.URI;
import java.nio.file.Path;

/// The source of crates.
public sealed interface UpstreamLocation {
  /// Returns the address as a URI.
  default String address() {
    return switch (this) {
      case Registry registry -> registry.toString();
      case Folder folder -> folder.root().toUri().toString();
    };
  }

  /// A sparse registry.
  ///
  /// @param index the root of its index, with a slash at the end
  record Registry(URI index) implements UpstreamLocation {
    /// Returns the address.
    @Override
    public String toString() {
      return index.toString();
    }
  }

  /// A folder with an index in the sparse layout and artifacts next to it.
  ///
  /// @param root an absolute path
  record Folder(Path root) implements UpstreamLocation {
    /// Returns the path.
    @Override
    public String toString() {
      return root.toString();
    }
  }
}
