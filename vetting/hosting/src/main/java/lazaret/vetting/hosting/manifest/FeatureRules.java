package lazaret.vetting.hosting.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The rules for features of a published package, which are those of crates.io.
///
/// Source: Cargo reference, *Features*.
final class FeatureRules {
  /// The maximum number of features, and of values of one.
  static final int MAX_FEATURES = 300;

  private static final String DEP = "dep:";

  private FeatureRules() {}

  /// Reads the table of features and checks it.
  ///
  /// @param table the table; null for none
  /// @throws lazaret.vetting.MalformedException if a rule is not met
  static SortedMap<String, List<String>> read(
      @Nullable ManifestTable table, List<PublishedDependency> dependencies) {
    SortedMap<String, List<String>> features = new TreeMap<>();
    if (table == null) {
      return features;
    }
    for (String name : table.keys()) {
      if (!isName(name)) {
        throw ManifestTable.malformed(
            "a feature is named '%s'; expected letters, digits, '_', '-', '+' and '.', the first a"
                + " letter, a digit or '_'",
            name);
      }
      features.put(name, table.texts(name, MAX_FEATURES));
    }
    if (features.size() > MAX_FEATURES) {
      throw ManifestTable.malformed(
          "there are %s features; expected at most %s", features.size(), MAX_FEATURES);
    }
    Names names = Names.of(features.keySet(), dependencies);
    features.forEach((name, values) -> values.forEach(value -> check(name, value, names)));
    return features;
  }

  /// The names that values can mean.
  ///
  /// @param features the features
  /// @param dependencies all dependencies
  /// @param optional the optional ones
  private record Names(Set<String> features, Set<String> dependencies, Set<String> optional) {
    static Names of(Set<String> features, List<PublishedDependency> dependencies) {
      Set<String> all = new TreeSet<>();
      Set<String> optional = new TreeSet<>();
      for (PublishedDependency each : dependencies) {
        all.add(each.name());
        if (each.isOptional()) {
          optional.add(each.name());
        }
      }
      return new Names(features, all, optional);
    }
  }

  private static void check(String feature, String value, Names names) {
    boolean known;
    int slash = value.indexOf('/');
    if (slash >= 0) {
      String crate = value.substring(0, slash);
      String plain = crate.endsWith("?") ? crate.substring(0, crate.length() - 1) : crate;
      known = names.dependencies().contains(plain) && isName(value.substring(slash + 1));
    } else if (value.startsWith(DEP)) {
      known = names.optional().contains(value.substring(DEP.length()));
    } else {
      known = names.features().contains(value) || names.optional().contains(value);
    }
    if (!known) {
      throw ManifestTable.malformed(
          "the feature '%s' has '%s'; expected a feature, or an optional dependency",
          feature, value);
    }
  }

  /// Reads the names of the features that a dependency switches on.
  ///
  /// @throws lazaret.vetting.MalformedException if one is not a name
  static List<String> ofDependency(ManifestTable dependency) {
    List<String> names = new ArrayList<>(dependency.texts("features", MAX_FEATURES));
    for (String name : names) {
      // A feature of the required crate can be one of its own dependencies: `serde/std`.
      for (String part : name.split("/", -1)) {
        if (!isName(part)) {
          throw ManifestTable.malformed(
              "'%s' asks for the feature '%s'; expected a name", dependency.name(), name);
        }
      }
    }
    return names;
  }

  /// Returns whether a text is the name of a feature.
  static boolean isName(String text) {
    if (text.isEmpty() || text.length() > 256) {
      return false;
    }
    int first = text.codePointAt(0);
    return (isStart(first) || first == '_' || Character.isDigit(first))
        && text.codePoints().allMatch(FeatureRules::isPart);
  }

  private static boolean isStart(int c) {
    return Character.isUnicodeIdentifierStart(c);
  }

  private static boolean isPart(int c) {
    return (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c))
        || c == '+'
        || c == '-'
        || c == '.';
  }
}
