package lazaret.vetting.inventory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import lazaret.vetting.Bytes;
import lazaret.vetting.Durations;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.text.KebabCase;
import lazaret.vetting.text.SizeText;
import lazaret.vetting.toml.OperatorToml;
import lazaret.vetting.toml.TomlPosition;
import org.jspecify.annotations.Nullable;

/// A reader of the file with rules of retention. All mistakes are reported at once, each with line
/// and column. For one document.
final class RetentionRulesReader {
  private static final int MAX_RULES = 100;
  private static final int MAX_NAME = 80;
  private static final int MAX_MISTAKES = 20;
  private static final int PER_RUN = 1_000;
  private static final int MOST_PER_RUN = 100_000;
  private static final long PER_RUN_BYTES = 10L << 30;
  private static final Duration LEAST = Duration.ofDays(1);

  private static final String RULE = "rule";
  private static final String PER_RUN_KEY = "per-run";
  private static final String PER_RUN_SIZE_KEY = "per-run-size";
  private static final String NAME = "name";
  private static final String UNUSED_FOR = "unused-for";
  private static final String OLDER_THAN = "older-than";
  private static final String LARGER_THAN = "larger-than";
  private static final String ORIGIN = "origin";

  private final List<String> mistakes = new ArrayList<>();
  private final Set<String> names = new HashSet<>(Set.of(RetentionRules.MAX_SIZE));

  private RetentionRulesReader() {}

  /// Reads a file.
  ///
  /// @throws MalformedException if it has mistakes, naming the first of them
  static RetentionRules read(Bytes document) {
    return new RetentionRulesReader().rules(document);
  }

  private RetentionRules rules(Bytes document) {
    OperatorToml read = OperatorToml.read(document);
    read.faults().forEach(fault -> mistake(fault.place(), fault.detail()));
    requireNoMistake();
    OperatorToml.Table root = read.root();
    requireKnown(root, Set.of(RetentionRules.MAX_SIZE, PER_RUN_KEY, PER_RUN_SIZE_KEY, RULE));
    Long maxSize = size(root, RetentionRules.MAX_SIZE);
    Integer perRun =
        value(
            root,
            PER_RUN_KEY,
            "a number from 1 to " + MOST_PER_RUN,
            raw -> raw instanceof Long n && n >= 1 && n <= MOST_PER_RUN ? n.intValue() : null);
    Long perRunBytes = size(root, PER_RUN_SIZE_KEY);
    List<RetentionRule> rules = tables(root).stream().map(this::rule).toList();
    requireNoMistake();
    return new RetentionRules(
        Sha256.of(document),
        rules,
        maxSize == null ? 0 : maxSize,
        perRun == null ? PER_RUN : perRun,
        perRunBytes == null ? PER_RUN_BYTES : perRunBytes);
  }

  private List<OperatorToml.Table> tables(OperatorToml.Table root) {
    Object raw = root.get(RULE);
    if (raw == null) {
      return List.of();
    }
    List<OperatorToml.Table> tables = new ArrayList<>();
    if (raw instanceof OperatorToml.Array array && array.elements().size() <= MAX_RULES) {
      for (OperatorToml.Entry element : array.elements()) {
        if (element.value() instanceof OperatorToml.Table table) {
          tables.add(table);
        } else {
          mistake(element.place(), "'rule' must be an array of tables: [[rule]]");
        }
      }
    } else {
      mistake(
          root.place(RULE),
          "'rule' must be an array of at most %d tables: [[rule]]".formatted(MAX_RULES));
    }
    return tables;
  }

  private RetentionRule rule(OperatorToml.Table table) {
    requireKnown(table, Set.of(NAME, UNUSED_FOR, OLDER_THAN, LARGER_THAN, ORIGIN));
    String name =
        value(
            table,
            NAME,
            "a text of 1 to %d characters, without control characters".formatted(MAX_NAME),
            RetentionRulesReader::name);
    if (name == null && table.get(NAME) == null) {
      mistake(table.place(), "[[rule]] lacks 'name': the ledger names the rule of a removal");
    } else if (name != null && !names.add(name)) {
      mistake(table.place(NAME), "'name' is '%s', which is used already".formatted(name));
    }
    RetentionRule rule =
        new RetentionRule(
            name == null ? "" : name,
            duration(table, UNUSED_FOR),
            duration(table, OLDER_THAN),
            size(table, LARGER_THAN),
            value(
                table,
                ORIGIN,
                "\"upstream\" or \"import\"",
                raw ->
                    raw instanceof String text
                        ? KebabCase.parse(ArtifactOrigin.class, text).orElse(null)
                        : null));
    if (!rule.isConditional()) {
      mistake(
          table.place(),
          "[[rule]] lacks a condition: 'unused-for', 'older-than', 'larger-than' or 'origin'");
    }
    return rule;
  }

  private static @Nullable String name(Object raw) {
    return raw instanceof String text
            && !text.isBlank()
            && text.length() <= MAX_NAME
            && text.chars().allMatch(c -> c >= ' ' && c != 0x7f)
        ? text
        : null;
  }

  private @Nullable Duration duration(OperatorToml.Table table, String key) {
    return value(
        table,
        key,
        "a duration of at least a day, like \"180d\"",
        raw -> {
          Duration read = raw instanceof String text ? Durations.parse(text) : null;
          return read == null || read.compareTo(LEAST) < 0 ? null : read;
        });
  }

  private @Nullable Long size(OperatorToml.Table table, String key) {
    return value(
        table,
        key,
        "a size above zero, like \"400GiB\"",
        raw -> {
          long read =
              switch (raw) {
                case Long bytes -> bytes;
                case String text -> SizeText.parse(text);
                default -> 0;
              };
          return read > 0 ? read : null;
        });
  }

  /// Returns a value, or null if the key is absent or, with a mistake, has another form.
  private <T> @Nullable T value(
      OperatorToml.Table table, String key, String expected, Function<Object, @Nullable T> reader) {
    Object raw = table.get(key);
    if (raw == null) {
      return null;
    }
    try {
      T value = reader.apply(raw);
      if (value != null) {
        return value;
      }
    } catch (IllegalArgumentException _) {
      // Reported below, like a value of another type.
    }
    mistake(table.place(key), "'%s' must be %s".formatted(key, expected));
    return null;
  }

  private void requireKnown(OperatorToml.Table table, Set<String> known) {
    for (String key : table.entries().keySet()) {
      if (!known.contains(key)) {
        mistake(
            table.place(key),
            "unknown key '%s'; docs/retention.md lists all keys".formatted(Excerpt.of(key)));
      }
    }
  }

  private void mistake(TomlPosition place, String text) {
    mistakes.add(place + ": " + text);
  }

  private void requireNoMistake() {
    if (!mistakes.isEmpty()) {
      throw new MalformedException(
          "cannot read the rules of retention: "
              + String.join("; ", mistakes.subList(0, Math.min(MAX_MISTAKES, mistakes.size()))));
    }
  }
}
