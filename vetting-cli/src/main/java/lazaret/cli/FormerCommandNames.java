package lazaret.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The former names of verbs and options. A command line with a former name runs as with the name
/// of today, and a note states the name of today. Former names are absent from help and completion.
final class FormerCommandNames {
  /// The names of today by former verb.
  static final Map<String, String> VERBS = Map.of("debt", "expiring", "events", "log");

  private static final Map<String, String> IMPORT =
      Map.of("--despite-expiry", "--accept-expired", "--early", "--defer");
  private static final Map<String, String> FEWER = Map.of("--fewer", "--allow-fewer");

  /// The names of today by verb and former option.
  static final Map<String, Map<String, String>> OPTIONS =
      Map.of(
          "bundle import", IMPORT,
          "bundle diff", IMPORT,
          "bundle export", Map.of("--dark-days", "--offline-days", "--single", "--single-file"),
          "keys ceremony", Map.of("--single", "--operator"),
          "sign", Map.of("--take", "--add-signatures"),
          "audits import", FEWER,
          "feed import", FEWER);

  private final CommandSpec globals;
  private final List<String> words;
  private final List<String> notes = new ArrayList<>();

  private FormerCommandNames(CommandSpec globals, List<String> words) {
    this.globals = globals;
    this.words = new ArrayList<>(words);
  }

  /// A command line with the names of today.
  ///
  /// @param words the words of the command line
  /// @param notes one note for each former name
  record Renamed(List<String> words, List<String> notes) {
    /// Copies the lists.
    Renamed {
      words = List.copyOf(words);
      notes = List.copyOf(notes);
    }
  }

  /// Replaces the former names of a command line.
  ///
  /// @param globals the options that may come before a verb
  static Renamed replaced(CommandSpec globals, List<String> words) {
    FormerCommandNames line = new FormerCommandNames(globals, words);
    line.replace();
    return new Renamed(line.words, line.notes);
  }

  private void replace() {
    int at = next(0);
    if (at < words.size() && words.get(at).equals("help")) {
      at = next(at + 1);
    }
    if (at == words.size()) {
      return;
    }
    String today = VERBS.get(words.get(at));
    if (today != null) {
      note("'" + words.get(at) + "'", today);
      words.set(at, today);
    }
    String verb = words.get(at);
    int part = next(at + 1);
    options(verb, at + 1);
    if (part < words.size()) {
      options(verb + " " + words.get(part), at + 1);
    }
  }

  /// Returns the index of the next word that is neither an option nor the value of a global option.
  /// The search begins at an index; after the last such word the result is the number of words.
  private int next(int from) {
    int at = from;
    while (at < words.size() && words.get(at).startsWith("-")) {
      OptionSpec option = globals.findOption(words.get(at));
      at += option != null && option.arity().max() > 0 ? 2 : 1;
    }
    return Math.min(at, words.size());
  }

  private void options(String verb, int from) {
    Map<String, String> former = OPTIONS.getOrDefault(verb, Map.of());
    for (int at = from; at < words.size() && !words.get(at).equals("--"); at++) {
      String word = words.get(at);
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      String today = former.get(name);
      if (today != null) {
        note("'" + name + "' of '" + verb + "'", today);
        words.set(at, equals < 0 ? today : today + word.substring(equals));
      }
    }
  }

  private void note(String former, String today) {
    notes.add(
        "%s is now '%s'; the former name works until the next release".formatted(former, today));
  }
}
