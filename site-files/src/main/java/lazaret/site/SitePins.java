package lazaret.site;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import lazaret.vetting.crates.Sha256;

/// The keys and hosts that the trusted root of a site accepts from outside. All are empty if the
/// root names nothing.
///
/// @param toolchainKeys the SHA-256 of the packets of the keys that may sign toolchains
/// @param gitHosts the hosts of Git repositories
/// @param resultKeys the keys that may sign inspection results
public record SitePins(
    Set<Sha256> toolchainKeys, List<String> gitHosts, List<ResultPin> resultKeys) {
  /// The pins of a root that names nothing.
  public static final SitePins NONE = new SitePins(Set.of(), List.of());

  /// A key of inspection results, as the metadata of bundles writes it.
  ///
  /// @param type the type of the key
  /// @param scheme the scheme of its signatures
  /// @param material the public value
  /// @param until the moment from which it is not accepted any more
  public record ResultPin(String type, String scheme, String material, Instant until) {}

  /// Creates the pins of a root without keys of inspection results.
  public SitePins(Set<Sha256> toolchainKeys, List<String> gitHosts) {
    this(toolchainKeys, gitHosts, List.of());
  }

  /// Copies the collections.
  public SitePins {
    toolchainKeys = Set.copyOf(toolchainKeys);
    gitHosts = List.copyOf(gitHosts);
    resultKeys = List.copyOf(resultKeys);
  }
}
