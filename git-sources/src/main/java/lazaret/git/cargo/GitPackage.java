package lazaret.git.cargo;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// A package of a tree.
///
/// @param name the name
/// @param version the version
/// @param folder the folder of its manifest; empty for the root of the tree
public record GitPackage(CrateName name, CrateVersion version, String folder) {
  /// Returns the path of its manifest.
  String manifest() {
    return folder.isEmpty() ? "Cargo.toml" : folder + "/Cargo.toml";
  }

  /// Returns the beginning of the paths of its files.
  String prefix() {
    return folder.isEmpty() ? "" : folder + "/";
  }

  /// Returns the name of its folder in a directory source.
  public String unpacked() {
    return name.published() + "-" + version.text();
  }
}
