package lazaret.vetting.gitsource;

import java.util.List;
import lazaret.vetting.crates.Sha256;

/// A package of a Git source that a lockfile has.
///
/// @param name the name
/// @param version the exact version
/// @param folder the folder in the tree; empty for the root
/// @param archive the SHA-256 of its files as a `.crate` file, under which its findings are stored
/// @param signals the signals that ask for a review, as `CODE at PLACE: EXCERPT`
public record GitSourcePackage(
    String name, String version, String folder, Sha256 archive, List<String> signals) {
  /// Copies the list.
  public GitSourcePackage {
    signals = List.copyOf(signals);
  }
}
