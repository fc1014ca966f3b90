package lazaret.vetting.policy.file;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import lazaret.vetting.Bytes;
import lazaret.vetting.Durations;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.SpellingSuggestion;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.license.LicenseExpression;
import lazaret.vetting.license.LicenseTerm;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.text.KebabCase;
import lazaret.vetting.toml.OperatorToml;
import lazaret.vetting.toml.TomlPosition;
import org.jspecify.annotations.Nullable;

/// One table of a policy file. A caller that reads a key states the expected form; a key that was
/// never read is a mistake. Mistakes are collected, and a wrong value is replaced by the default.
/// Not thread-safe.
final class PolicyTable {
  private final String path;
  private final OperatorToml.Table table;
  private final List<PolicyMistake> mistakes;
  private final @Nullable FormerPolicyNames former;
  private final Set<String> known = new LinkedHashSet<>();

  private PolicyTable(
      String path,
      OperatorToml.Table table,
      List<PolicyMistake> mistakes,
      @Nullable FormerPolicyNames former) {
    this.path = path;
    this.table = former == null ? table : former.renamed(path, table);
    this.mistakes = mistakes;
    this.former = former;
  }

  /// Reads a document; its faults are mistakes. If `former` is null, no former name is accepted.
  static PolicyTable document(
      Bytes document, List<PolicyMistake> mistakes, @Nullable FormerPolicyNames former) {
    OperatorToml read = OperatorToml.read(document);
    for (OperatorToml.Fault fault : read.faults()) {
      mistakes.add(new PolicyMistake(fault.place().line(), fault.place().column(), fault.detail()));
    }
    return new PolicyTable("", read.root(), mistakes, former);
  }

  private @Nullable Object raw(String key) {
    known.add(key);
    return table.get(key);
  }

  int line() {
    return table.place().line();
  }

  boolean has(String key) {
    return table.entries().containsKey(key);
  }

  String named(String key) {
    return "'" + path + key + "'";
  }

  private void mistake(TomlPosition where, String text) {
    mistakes.add(new PolicyMistake(where.line(), where.column(), text));
  }

  void mistakeAt(String key, String text) {
    mistake(table.place(key), text);
  }

  /// Adds a mistake of the table as a whole.
  void mistake(String text) {
    mistake(table.place(), text);
  }

  <T> @Nullable T value(
      String key, String expected, Function<Object, @Nullable T> reader, @Nullable T initial) {
    Object raw = raw(key);
    if (raw == null) {
      return initial;
    }
    String why = null;
    try {
      T value = reader.apply(raw);
      if (value != null) {
        return value;
      }
    } catch (IllegalArgumentException | MalformedException | DateTimeParseException e) {
      why = e.getMessage();
    }
    String found = raw instanceof String s ? " is '" + Excerpt.of(s) + "'" : "";
    mistakeAt(
        key,
        named(key)
            + found
            + (found.isEmpty() ? " must be " : ": expected ")
            + expected
            + (why == null || why.startsWith("expected") ? "" : " (" + why + ")"));
    return initial;
  }

  private static @Nullable String string(Object raw) {
    return raw instanceof String s && s.chars().allMatch(c -> c >= ' ' && c != 0x7f) ? s : null;
  }

  @Nullable String text(String key) {
    return value(key, "text in quotes, without control characters", PolicyTable::string, null);
  }

  /// Returns a value if it is a text, or null. Other forms are not reported as a mistake.
  @Nullable String textOrNull(String key) {
    return raw(key) instanceof String text ? text : null;
  }

  /// Returns today's code if a word is a former code of a reason, otherwise the word.
  String code(String key, String word) {
    return former == null ? word : former.code(named(key), table.place(key), word);
  }

  /// Returns a required text, or an empty one with a mistake.
  String needed(String key, String meaning) {
    String text = text(key);
    if (text == null && !has(key)) {
      mistake("%s lacks %s: %s".formatted(where(), "'" + key + "'", meaning));
    } else if (text != null && text.isBlank()) {
      mistakeAt(key, named(key) + " is empty: " + meaning);
    }
    return text == null ? "" : text;
  }

  private String where() {
    return path.isEmpty() ? "the file" : "[" + path.substring(0, path.length() - 1) + "]";
  }

  boolean flag(String key, boolean initial) {
    Boolean read =
        value(
            key, "true or false, without quotes", r -> r instanceof Boolean b ? b : null, initial);
    return read == null ? initial : read;
  }

  @Nullable Double number(String key, double min, double max) {
    return value(
        key,
        "a number from %s to %s".formatted(min, max),
        r -> {
          double n = r instanceof Double d ? d : r instanceof Long l ? (double) l : Double.NaN;
          return n >= min && n <= max ? n : null;
        },
        null);
  }

  Duration duration(String key, Duration initial) {
    Duration read =
        value(
            key,
            "a duration like \"7d\" or \"12h\"",
            PolicyValues.ofText(Durations::parse),
            initial);
    return read == null ? initial : read;
  }

  /// Returns the constant of an enum, written in lower case with dashes.
  <E extends Enum<E>> E word(String key, Class<E> type, E initial) {
    E read =
        value(
            key,
            PolicyValues.choice(type),
            PolicyValues.ofText(word -> KebabCase.parse(type, word).orElse(null)),
            initial);
    return read == null ? initial : read;
  }

  PolicyLevel level(String key, PolicyLevel initial) {
    return word(key, PolicyLevel.class, initial);
  }

  /// Returns a table of codes and levels. The codes are not checked, since each release of the
  /// inspector can add some.
  SortedMap<String, PolicyLevel> levels(String key, SortedMap<String, PolicyLevel> initial) {
    if (!has(key)) {
      known.add(key);
      return initial;
    }
    PolicyTable codes = table(key);
    SortedMap<String, PolicyLevel> levels = new TreeMap<>(initial);
    for (String code : codes.table.entries().keySet()) {
      levels.put(code, codes.level(code, PolicyLevel.REVIEW));
    }
    return levels;
  }

  List<String> texts(String key, List<String> initial) {
    return list(key, "a list of texts in quotes", initial, PolicyTable::string);
  }

  <E extends Enum<E>> List<E> words(String key, Class<E> type, List<E> initial) {
    return list(
        key,
        "a list of " + PolicyValues.choice(type),
        initial,
        PolicyValues.ofText(word -> KebabCase.parse(type, word).orElse(null)));
  }

  /// Returns a list of crates: `NAME`, `NAME@VERSION` or `NAME@REQ`.
  List<CrateSpec> crates(String key) {
    return list(
        key,
        "a list of names of crates, with or without @REQ",
        List.of(),
        PolicyValues.ofText(CrateSpec::parse));
  }

  List<LicenseTerm> licenses(String key) {
    return list(
        key,
        "a list of SPDX identifiers",
        List.of(),
        PolicyValues.ofText(LicenseExpression::parseTerm));
  }

  /// Returns a list whose elements have one form.
  <T> List<T> list(
      String key, String expected, List<T> initial, Function<Object, @Nullable T> reader) {
    List<T> read =
        value(
            key,
            expected,
            r -> r instanceof OperatorToml.Array a ? PolicyValues.each(a, reader) : null,
            initial);
    return read == null ? initial : read;
  }

  /// Returns a required crate name; null with a mistake.
  @Nullable CrateName crate(String key) {
    return crate(key, "the name of a crate", CrateName::parse);
  }

  /// Returns a required crate name, with or without `@REQ`; null with a mistake.
  @Nullable CrateSpec spec(String key) {
    return crate(key, "the name of a crate, with or without @REQ", CrateSpec::parse);
  }

  private <T> @Nullable T crate(String key, String expected, Function<String, @Nullable T> reader) {
    if (!has(key)) {
      known.add(key);
      mistake("%s lacks '%s': the name of a crate".formatted(where(), key));
      return null;
    }
    return value(key, expected, PolicyValues.ofText(reader), null);
  }

  /// Returns a required expression; null with a mistake.
  @Nullable LicenseExpression expression(String key) {
    if (!has(key)) {
      mistake("%s lacks '%s': an SPDX expression".formatted(where(), key));
    }
    return value(key, "an SPDX expression", PolicyValues.ofText(LicenseExpression::parse), null);
  }

  @Nullable VersionReq req(String key) {
    return value(
        key,
        "a version requirement like \"=1.2.3\" or \"<2\"",
        PolicyValues.ofText(VersionReq::parse),
        null);
  }

  /// Returns a time; a date means the end of that day in UTC.
  @Nullable Instant moment(String key) {
    return value(
        key,
        "a date like 2027-01-31",
        r ->
            switch (r) {
              case LocalDate d -> end(d);
              case OffsetDateTime t -> t.toInstant();
              case String s -> end(LocalDate.parse(s));
              default -> null;
            },
        null);
  }

  private static Instant end(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /// Returns a table within this one, or an empty one if there is none.
  PolicyTable table(String key) {
    Object raw = raw(key);
    if (raw instanceof OperatorToml.Table found) {
      return within(key, found);
    }
    if (raw != null) {
      mistakeAt(key, named(key) + " must be a table: [" + path + key + "]");
    }
    return within(key, OperatorToml.Table.empty(table.place(key)));
  }

  private PolicyTable within(String key, OperatorToml.Table inner) {
    return new PolicyTable(path + key + ".", inner, mistakes, former);
  }

  /// Returns the tables of an array of tables, or empty if the key is absent.
  List<PolicyTable> tables(String key) {
    Object raw = raw(key);
    List<OperatorToml.Table> found =
        raw instanceof OperatorToml.Array array
            ? PolicyValues.each(array, e -> e instanceof OperatorToml.Table t ? t : null)
            : null;
    if (raw != null && found == null) {
      mistakeAt(key, named(key) + " must be an array of tables: [[" + path + key + "]]");
    }
    return found == null ? List.of() : found.stream().map(t -> within(key, t)).toList();
  }

  /// Returns the elements of an array of tables. A text is an abbreviation for a table with one
  /// key.
  ///
  /// @param keyOf returns the key that a text is the value of
  List<PolicyTable> items(String key, String expected, UnaryOperator<String> keyOf) {
    List<PolicyTable> all = new ArrayList<>();
    if (!(raw(key) instanceof OperatorToml.Array array)) {
      if (has(key)) {
        mistakeAt(key, named(key) + " must be a list of " + expected);
      }
      return all;
    }
    for (OperatorToml.Entry element : array.elements()) {
      switch (element.value()) {
        case OperatorToml.Table found -> all.add(within(key, found));
        case String text ->
            all.add(
                within(
                    key,
                    new OperatorToml.Table(Map.of(keyOf.apply(text), element), element.place())));
        default -> mistake(element.place(), named(key) + " must be a list of " + expected);
      }
    }
    return all;
  }

  /// Adds a mistake for a key that is known and has no effect here.
  void refuse(String key, String hint) {
    known.add(key);
    if (has(key)) {
      mistakeAt(key, named(key) + PolicyMistake.NOT_TAKEN + hint);
    }
  }

  /// Adds a mistake with the next step for a table that an earlier release accepted.
  void refuseTable(String key, String next) {
    known.add(key);
    if (has(key)) {
      mistakeAt(
          key,
          "expected the settings of the policy, found the table [%s]; %s"
              .formatted(path + key, next));
    }
  }

  /// Returns whether the table has a key that is not in a list.
  boolean hasOther(List<String> keys) {
    return !keys.containsAll(table.entries().keySet());
  }

  /// Adds a mistake for every key that was never read.
  void done() {
    for (String key : table.entries().keySet()) {
      if (!known.contains(key)) {
        String hint =
            SpellingSuggestion.of(key, known)
                .map(k -> "; did you mean '" + path + k + "'?")
                .orElse("; docs/policy.md lists all keys");
        mistakeAt(key, "unknown key '" + Excerpt.of(path + key) + "'" + hint);
      }
    }
  }
}
