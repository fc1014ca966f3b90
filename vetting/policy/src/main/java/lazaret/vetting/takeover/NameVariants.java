package lazaret.vetting.takeover;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.takeover.Lookalike.Rule;

/// The names that a given name could be mistaken for, a few thousand at most. They are looked up in
/// the set of established names, so that no index over all names is needed.
///
/// The rules are those of the public registry's own check of new names, with the words of its list
/// and those of published incidents. On names alone they flag about one honest crate in eight, so
/// they do not decide a verdict alone.
public final class NameVariants {
  private static final List<Character> ALPHABET =
      "abcdefghijklmnopqrstuvwxyz0123456789_".chars().mapToObj(c -> (char) c).toList();
  private static final List<String> KEYBOARD =
      List.of("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm");

  /// The minimum length of the longer name for a difference of one character. Shorter names have
  /// too many honest variants.
  private static final int ONE_CHARACTER_FROM = 5;

  /// The minimum length for typing errors: adjacent keys, exchanged and doubled characters. In
  /// names shorter than [#ONE_CHARACTER_FROM] only these count.
  private static final int SLIPS_FROM = 4;

  private static final int MAX_WORDS = 4;
  private static final int TARGET_FROM = 3;

  private static final Set<String> AFFIXES =
      Set.of(
          "api", "cli", "core", "lib", "rs", "rust", "sys", "main", "utils", "sdk", "client",
          "service", "check", "checks", "logger");

  private final String key;
  private final Map<String, Rule> found = new LinkedHashMap<>();

  private NameVariants(String key) {
    this.key = key;
  }

  /// Returns the collision keys that a name could be mistaken for, with the strongest rule of each;
  /// never its own.
  public static Map<String, Rule> of(CrateName name) {
    NameVariants variants = new NameVariants(name.collisionKey());
    variants.separators();
    variants.words();
    variants.characters();
    variants.affixes();
    return variants.found;
  }

  private void add(String other, Rule rule) {
    if (!other.equals(key)
        && other.length() >= TARGET_FROM
        && CrateName.isValid(other)
        && !other.endsWith("_")) {
      found.putIfAbsent(other, rule);
    }
  }

  /// Adds the name with one separator removed or inserted anywhere, and with all of them removed.
  private void separators() {
    add(key.replace("_", ""), Rule.SEPARATORS);
    for (int i = 1; i < key.length(); i++) {
      if (key.charAt(i) == '_') {
        add(key.substring(0, i) + key.substring(i + 1), Rule.SEPARATORS);
      } else if (key.charAt(i - 1) != '_') {
        add(key.substring(0, i) + "_" + key.substring(i), Rule.SEPARATORS);
      }
    }
  }

  private void words() {
    List<String> words = List.of(key.split("_", -1));
    if (words.size() >= 2 && words.size() <= MAX_WORDS) {
      permute(new ArrayList<>(), words);
    }
  }

  private void permute(List<String> taken, List<String> left) {
    if (left.isEmpty()) {
      add(String.join("_", taken), Rule.WORD_ORDER);
      return;
    }
    for (int i = 0; i < left.size(); i++) {
      List<String> more = new ArrayList<>(taken);
      more.add(left.get(i));
      List<String> rest = new ArrayList<>(left);
      rest.remove(i);
      permute(more, rest);
    }
  }

  private void characters() {
    boolean all = key.length() >= ONE_CHARACTER_FROM;
    boolean longer = key.length() + 1 >= ONE_CHARACTER_FROM;
    if (key.length() < SLIPS_FROM) {
      return;
    }
    for (int i = 0; i < key.length(); i++) {
      String before = key.substring(0, i);
      String from = key.substring(i);
      String after = key.substring(i + 1);
      char c = key.charAt(i);
      if (all || (i > 0 && key.charAt(i - 1) == c)) {
        add(before + after, Rule.ONE_CHARACTER);
      }
      if (!after.isEmpty()) {
        add(before + after.charAt(0) + c + after.substring(1), Rule.ONE_CHARACTER);
      }
      add(before + c + from, Rule.ONE_CHARACTER);
      for (char other : ALPHABET) {
        if (all || besideOnKeyboard(c, other)) {
          add(before + other + after, Rule.ONE_CHARACTER);
        }
        if (longer) {
          add(before + other + from, Rule.ONE_CHARACTER);
        }
      }
    }
    for (char other : longer ? ALPHABET : List.<Character>of()) {
      add(key + other, Rule.ONE_CHARACTER);
    }
  }

  private static boolean besideOnKeyboard(char one, char other) {
    for (int row = 0; row < KEYBOARD.size(); row++) {
      int at = KEYBOARD.get(row).indexOf(one);
      for (int near = Math.max(0, row - 1); at >= 0 && near <= row + 1; near++) {
        int there = near < KEYBOARD.size() ? KEYBOARD.get(near).indexOf(other) : -1;
        if (there >= 0 && Math.abs(there - at) <= 1) {
          return true;
        }
      }
    }
    return false;
  }

  private void affixes() {
    for (String affix : AFFIXES) {
      add(key + "_" + affix, Rule.AFFIX);
      add(affix + "_" + key, Rule.AFFIX);
      add(key + affix, Rule.AFFIX);
      if (key.endsWith(affix)) {
        add(strip(key.substring(0, key.length() - affix.length())), Rule.AFFIX);
      }
      if (key.startsWith(affix)) {
        add(strip(key.substring(affix.length())), Rule.AFFIX);
      }
    }
  }

  private static String strip(String text) {
    int start = text.startsWith("_") ? 1 : 0;
    int end = text.endsWith("_") && text.length() > 1 ? text.length() - 1 : text.length();
    return start < end ? text.substring(start, end) : "";
  }
}
