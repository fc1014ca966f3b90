package lazaret.cli.cargo;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The private registries of gates in cargo's configuration.
public final class PrivateRegistryAddresses {
  private static final String PATH = "/private/index/";
  private static final String SPARSE = "sparse+";
  private static final String VARIABLE = "CARGO_REGISTRIES_";
  private static final String INDEX = "_INDEX";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private PrivateRegistryAddresses() {}

  /// Returns the addresses of the indexes of private registries, by the names that manifests use.
  /// Names and addresses with other characters than those of ordinary ones are left out.
  ///
  /// @param folder the working folder
  /// @param environment the environment variables
  /// @param home the user's home folder
  public static SequencedMap<String, String> of(
      Path folder, Map<String, String> environment, Path home) {
    CargoConfig config =
        new CargoConfigReader(folder, CargoGate.cargoHome(folder, environment, home))
            .read(environment);
    SequencedMap<String, String> found = new LinkedHashMap<>();
    for (String name : new TreeSet<>(config.below("registries"))) {
      if (!NAME.matcher(name).matches()) {
        continue;
      }
      config
          .get("registries", name, "index")
          .map(CargoConfig.Setting::value)
          .filter(PrivateRegistryAddresses::isPrivate)
          .ifPresent(index -> found.put(name, index));
    }
    environment.keySet().stream()
        .sorted()
        .filter(name -> name.startsWith(VARIABLE) && name.endsWith(INDEX))
        .filter(name -> name.length() > VARIABLE.length() + INDEX.length())
        .filter(name -> isPrivate(environment.getOrDefault(name, "")))
        .forEach(name -> add(found, name, environment.getOrDefault(name, "")));
    return found;
  }

  /// Adds the registry of a variable. It does not distinguish `-` and `_`, so that a file with the
  /// name decides how it is spelled.
  private static void add(SequencedMap<String, String> found, String variable, String index) {
    String name = folded(variable.substring(VARIABLE.length(), variable.length() - INDEX.length()));
    if (NAME.matcher(name).matches()
        && found.keySet().stream().map(PrivateRegistryAddresses::folded).noneMatch(name::equals)) {
      found.put(name, index);
    }
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean isPrivate(String index) {
    return index.startsWith(SPARSE)
        && index.endsWith(PATH)
        && index.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
  }
}
