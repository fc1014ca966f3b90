package lazaret.mirror.config;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The rules for former names of keys. A former name sets the key of today and is reported; a
/// source that uses both names of one key is refused.
final class FormerConfigNames {
  private FormerConfigNames() {}

  /// Returns whether a variable has the former name of a key.
  static boolean isVariable(String variable) {
    return ConfigKeys.FORMER.keySet().stream()
        .anyMatch(name -> ConfigKey.variable(name).equals(variable));
  }

  /// Returns the assignments by variables with former names, in the order of these names.
  static List<ConfigFile.Assignment> variables(ConfigSettings.Sources sources) {
    List<ConfigFile.Assignment> found = new ArrayList<>();
    new TreeMap<>(ConfigKeys.FORMER)
        .forEach(
            (name, key) -> {
              String variable = ConfigKey.variable(name);
              String text = sources.environment().get(variable);
              if (text != null) {
                found.add(
                    new ConfigFile.Assignment(
                        key,
                        text,
                        new ConfigOrigin.Variable(variable),
                        sources.workingFolder(),
                        name));
              }
            });
    return found;
  }

  /// Returns one warning for each assignment by a former name. A source with both names of one key
  /// is added to the mistakes.
  static List<String> check(List<ConfigFile.Assignment> assignments, List<ConfigMistake> mistakes) {
    List<String> warnings = new ArrayList<>();
    for (ConfigFile.Assignment assignment : assignments) {
      String former = assignment.former();
      if (former == null) {
        continue;
      }
      ConfigOrigin origin = assignment.origin();
      String today = name(assignment.key().name(), origin);
      String old = name(former, origin);
      if (assignments.stream().anyMatch(other -> isSameKey(assignment, other))) {
        mistakes.add(
            new ConfigMistake(
                origin,
                "'%s' is the former name of '%s', and both are set: remove '%s'"
                    .formatted(old, today, old)));
      } else {
        warnings.add(
            "%s: '%s' is now '%s'; the former name works until the next release"
                .formatted(origin, old, today));
      }
    }
    return List.copyOf(warnings);
  }

  private static boolean isSameKey(ConfigFile.Assignment former, ConfigFile.Assignment other) {
    return other.former() == null
        && former.key().equals(other.key())
        && ConfigSettings.rank(former.origin()) == ConfigSettings.rank(other.origin());
  }

  private static String name(String key, ConfigOrigin origin) {
    return origin instanceof ConfigOrigin.Variable ? ConfigKey.variable(key) : key;
  }
}
