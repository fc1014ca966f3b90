package lazaret.vetting.hosting;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.hosting.manifest.RegistryAddresses;
import lazaret.vetting.origin.PatternOrigins;
import org.jspecify.annotations.Nullable;

/// The settings of the private registry of a gate.
///
/// @param addresses the addresses of its index, today's and former ones
/// @param sizes the limits of archives
/// @param requiredMetadata of `description`, `license`, `repository`, `documentation`
/// @param patterns the names for private crates, reserved names, and exceptions
/// @param otherNames whether a name that no pattern matches can become private
/// @param authRequired whether reading needs a token
/// @param nameList the file with all public names; null if there is none
public record HostingSettings(
    RegistryAddresses addresses,
    Sizes sizes,
    List<String> requiredMetadata,
    PatternOrigins patterns,
    boolean otherNames,
    boolean authRequired,
    @Nullable Path nameList) {
  /// The settings of a gate that has none.
  public static final HostingSettings OFF =
      new HostingSettings(
          new RegistryAddresses(List.of()),
          Sizes.DEFAULT,
          List.of(),
          new PatternOrigins(List.of(), List.of(), List.of()),
          false,
          true,
          null);

  /// Copies the list.
  public HostingSettings {
    requiredMetadata = List.copyOf(requiredMetadata);
  }

  /// Returns whether publishing is possible.
  public boolean isOn() {
    return otherNames || !patterns.privates().isEmpty();
  }

  /// The limits of archives.
  ///
  /// @param max the limit in bytes
  /// @param larger the limits of single crates in bytes, by collision key
  public record Sizes(int max, Map<String, Integer> larger) {
    /// The limit of crates.io.
    public static final Sizes DEFAULT = new Sizes(10 << 20, Map.of());

    /// Copies the map.
    public Sizes {
      larger = Map.copyOf(larger);
    }

    /// Returns the limit of a crate.
    public int of(CrateName name) {
      return larger.getOrDefault(name.collisionKey(), max);
    }

    /// Returns the largest limit of all crates.
    public int largest() {
      return larger.values().stream().reduce(max, Math::max);
    }
  }
}
