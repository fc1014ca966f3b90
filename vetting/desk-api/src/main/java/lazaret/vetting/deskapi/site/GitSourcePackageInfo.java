package lazaret.vetting.deskapi.site;

import java.util.List;
import lazaret.vetting.crates.Sha256;

/// A package of a Git source.
///
/// @param name the name
/// @param version the version
/// @param folder the folder in the tree; empty for the root
/// @param archive the SHA-256 of its files as a `.crate` file
/// @param signals the signals that ask for a review
public record GitSourcePackageInfo(
    String name, String version, String folder, Sha256 archive, List<String> signals) {
  public GitSourcePackageInfo {
    signals = List.copyOf(signals);
  }
}
