package lazaret.vetting.desk.snapshots;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The settings of a network that imports bundles.
///
/// @param data the data folder of the store
/// @param networks the names of this network, to which bundles are addressed
/// @param scan the program that scans files before they are imported, by its absolute path, and its
///   first arguments; empty for no scan
/// @param scanPatience the maximum time of a scan of one file
public record BundleSettings(
    Path data, List<String> networks, List<String> scan, Duration scanPatience) {
  /// Copies the lists.
  public BundleSettings {
    networks = List.copyOf(networks);
    scan = List.copyOf(scan);
  }
}
