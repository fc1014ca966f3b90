package lazaret.vetting.policy.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.toml.OperatorToml;
import lazaret.vetting.toml.TomlPosition;

/// The former names of keys and codes in a policy file. A former name is read as the name of today
/// and noted; a table with both names of one key is a mistake. Not thread-safe.
final class FormerPolicyNames {
  /// The names of today by path and former name.
  static final Map<String, String> KEYS =
      Map.of(
          "licences", "licenses",
          "sources.organisations", "organizations",
          "feeds.past-stop", "after-stop",
          "approvals.longest", "max-duration",
          "test.licence", "license");

  private final Set<PolicyMistake> clashes = new LinkedHashSet<>();
  private final Set<PolicyMistake> notes = new LinkedHashSet<>();

  /// Returns a table with the names of today.
  ///
  /// @param path path of the table with a dot at its end; empty for the root
  OperatorToml.Table renamed(String path, OperatorToml.Table table) {
    if (table.entries().keySet().stream().noneMatch(key -> KEYS.containsKey(path + key))) {
      return table;
    }
    Map<String, OperatorToml.Entry> entries = new LinkedHashMap<>();
    table
        .entries()
        .forEach(
            (key, entry) -> {
              String today = KEYS.get(path + key);
              if (today == null) {
                entries.put(key, entry);
              } else if (table.entries().containsKey(today)) {
                clashes.add(
                    at(
                        entry.place(),
                        "'%s' is the former name of '%s', and both are set: remove '%s'"
                            .formatted(path + key, path + today, path + key)));
              } else {
                entries.put(today, entry);
                note(entry.place(), "'" + path + key + "'", path + today);
              }
            });
    return new OperatorToml.Table(entries, table.place());
  }

  /// Returns today's code if a word is a former code of a reason, otherwise the word.
  ///
  /// @param key path of the key that has the word, in quotes
  String code(String key, TomlPosition place, String word) {
    Reason.Code code = Reason.Code.byFormerCode().get(word.toLowerCase(Locale.ROOT));
    if (code == null) {
      return word;
    }
    note(place, "the code '" + word + "' of " + key, code.code());
    return code.code();
  }

  private void note(TomlPosition place, String former, String today) {
    notes.add(
        at(
            place,
            "%s is now '%s'; the former name works until the next release"
                .formatted(former, today)));
  }

  private static PolicyMistake at(TomlPosition place, String text) {
    return new PolicyMistake(place.line(), place.column(), text);
  }

  /// Returns one mistake for each key with both names.
  List<PolicyMistake> clashes() {
    return List.copyOf(clashes);
  }

  /// Returns one note for each former name, in the order of the file.
  List<PolicyMistake> notes() {
    List<PolicyMistake> sorted = new ArrayList<>(notes);
    sorted.sort(PolicyMistake.BY_PLACE);
    return sorted;
  }
}
