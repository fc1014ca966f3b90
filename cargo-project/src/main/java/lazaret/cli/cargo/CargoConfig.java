package lazaret.cli.cargo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The configuration that cargo would use. The environment has precedence over files, and a nearer
/// file over one that is farther away.
///
/// Source: Cargo reference, *Configuration*, *Hierarchical structure* and *Environment variables*.
///
/// @param layers the files, strongest first
/// @param environment all environment variables
public record CargoConfig(List<Layer> layers, Map<String, String> environment) {
  public CargoConfig {
    layers = List.copyOf(layers);
  }

  /// One configuration file.
  public record Layer(Path file, FlatToml keys) {}

  /// A value with its origin.
  ///
  /// @param origin a file, or `environment variable X`
  public record Setting(String value, String origin) {}

  /// Returns the strongest setting of a key, or empty if it is not set.
  public Optional<Setting> get(String... key) {
    // Cargo does not read tables of sources from the environment
    // (`docs/registry-protocol.md` §8.1).
    if (!key[0].equals("source")) {
      String variable = variable(key);
      String value = environment.get(variable);
      if (value != null) {
        return Optional.of(new Setting(value, "environment variable " + variable));
      }
    }
    return inFiles(key).stream().findFirst();
  }

  /// Returns the settings of a key in all files, strongest first.
  List<Setting> inFiles(String... key) {
    List<Setting> settings = new ArrayList<>();
    for (Layer layer : layers) {
      layer
          .keys()
          .get(List.of(key))
          .ifPresent(value -> settings.add(new Setting(value, layer.file().toString())));
    }
    return settings;
  }

  /// Returns the keys directly below a table in all files.
  Set<String> below(String... table) {
    Set<String> keys = new LinkedHashSet<>();
    layers.forEach(layer -> keys.addAll(layer.keys().below(table)));
    return keys;
  }

  /// Returns the environment variable of cargo for a configuration key.
  public static String variable(String... key) {
    return "CARGO_" + String.join("_", key).toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
  }
}
