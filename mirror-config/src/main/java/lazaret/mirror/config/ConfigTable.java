package lazaret.mirror.config;

import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.Excerpt;
import lazaret.vetting.LazaretException;
import lazaret.vetting.SpellingSuggestion;
import lazaret.vetting.toml.OperatorToml;
import lazaret.vetting.toml.TomlPosition;

/// One table of `mirror.toml` that can occur several times. A caller reads each key by its form; a
/// key that was never read is a mistake. Mistakes are collected with their positions. Not
/// thread-safe.
final class ConfigTable {
  private final String path;
  private final OperatorToml.Table table;
  private final Path file;
  private final List<ConfigMistake> mistakes;
  private final Set<String> known = new LinkedHashSet<>();

  /// Creates a table.
  ///
  /// @param path its name in messages: `ci.issuer`
  /// @param file the file, an absolute path
  /// @param mistakes receives the mistakes
  ConfigTable(String path, OperatorToml.Table table, Path file, List<ConfigMistake> mistakes) {
    this.path = path;
    this.table = table;
    this.file = file;
    this.mistakes = mistakes;
  }

  /// A conversion of a value. It throws [IllegalArgumentException] or [LazaretException] with the
  /// expected form.
  interface Form<T> {
    T read(String text);
  }

  /// Returns whether the table has a key.
  boolean has(String key) {
    return table.entries().containsKey(key);
  }

  /// Returns the number of mistakes so far.
  int mistakes() {
    return mistakes.size();
  }

  /// Reads a text; empty if it is absent or a mistake.
  <T> Optional<T> text(String key, Form<T> form) {
    known.add(key);
    Object value = table.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String text) || text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      mistake(key, "must be a text in quotes, without control characters");
      return Optional.empty();
    }
    try {
      return Optional.of(form.read(text));
    } catch (IllegalArgumentException | LazaretException e) {
      String why = String.valueOf(e.getMessage());
      mistake(key, "is '%s': %s".formatted(ConfigSettings.shown(text), why));
      return Optional.empty();
    }
  }

  /// Reads a text; if it is absent, that is a mistake.
  <T> Optional<T> needed(String key, String meaning, Form<T> form) {
    if (!has(key)) {
      known.add(key);
      mistake("lacks '%s': %s".formatted(key, meaning));
      return Optional.empty();
    }
    return text(key, form);
  }

  /// Reads a positive number, in digits or as a text of digits, because CI systems show ids in both
  /// forms. If it is absent, that is a mistake.
  Optional<Long> id(String key, String meaning) {
    known.add(key);
    Object value = table.get(key);
    if (value == null) {
      mistake("lacks '%s': %s".formatted(key, meaning));
      return Optional.empty();
    }
    String text = value instanceof Long || value instanceof String ? value.toString() : "";
    if (!text.matches("[1-9][0-9]{0,18}") || new BigInteger(text).bitLength() >= Long.SIZE) {
      mistake(key, "must be the positive number of " + meaning);
      return Optional.empty();
    }
    return Optional.of(Long.valueOf(text));
  }

  /// Reads a flag; false if it is absent or a mistake.
  boolean flag(String key) {
    known.add(key);
    Object value = table.get(key);
    if (value != null && !(value instanceof Boolean)) {
      mistake(key, "must be true or false, without quotes");
    }
    return Boolean.TRUE.equals(value);
  }

  /// Reads a list of texts; empty if it is absent or a mistake.
  List<String> texts(String key) {
    known.add(key);
    Object value = table.get(key);
    if (value == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    if (value instanceof OperatorToml.Array array) {
      for (OperatorToml.Entry element : array.elements()) {
        if (element.value() instanceof String text) {
          texts.add(text);
        }
      }
      if (texts.size() == array.elements().size()) {
        return List.copyOf(texts);
      }
    }
    mistake(key, "must be a list of texts in quotes");
    return List.of();
  }

  /// Reads a table of texts; empty if it is absent or a mistake.
  Map<String, String> textsByName(String key) {
    known.add(key);
    Map<String, String> texts = new LinkedHashMap<>();
    Object value = table.get(key);
    if (value instanceof OperatorToml.Table inner) {
      inner
          .entries()
          .forEach(
              (name, entry) -> {
                if (entry.value() instanceof String text) {
                  texts.put(name, text);
                } else {
                  add(
                      entry.place(),
                      "'%s.%s' must be a text in quotes".formatted(name(key), shown(name)));
                }
              });
    } else if (value != null) {
      mistake(key, "must be a table of texts in quotes");
    }
    return texts;
  }

  /// Reads an array of tables; empty if it is absent or a mistake.
  List<ConfigTable> tables(String key) {
    known.add(key);
    Object value = table.get(key);
    List<ConfigTable> tables = new ArrayList<>();
    if (value instanceof OperatorToml.Array array) {
      for (OperatorToml.Entry element : array.elements()) {
        if (element.value() instanceof OperatorToml.Table inner) {
          tables.add(new ConfigTable(name(key), inner, file, mistakes));
        }
      }
      if (tables.size() == array.elements().size()) {
        return tables;
      }
    }
    if (value != null) {
      mistake(key, "must be tables under [[%s]]".formatted(name(key)));
    }
    return List.of();
  }

  /// Resolves a path against the folder of the file.
  Path resolved(String text) {
    try {
      return file.resolveSibling(text).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("expected a path", e);
    }
  }

  /// Adds the keys that were never read to the mistakes.
  void end() {
    table
        .entries()
        .forEach(
            (key, entry) -> {
              if (!known.contains(key)) {
                String hint =
                    SpellingSuggestion.of(key, List.copyOf(known))
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("; it has " + String.join(", ", known));
                add(
                    entry.place(),
                    "unknown key '%s' in [[%s]]%s".formatted(shown(key), path, hint));
              }
            });
  }

  /// Adds a mistake of the table as a whole.
  void mistake(String text) {
    add(table.place(), "[[%s]] %s".formatted(path, text));
  }

  /// Adds a mistake of one key.
  void mistake(String key, String text) {
    add(table.place(key), "'%s' %s".formatted(name(key), text));
  }

  private String name(String key) {
    return path + "." + key;
  }

  private static String shown(String text) {
    return Excerpt.of(text);
  }

  private void add(TomlPosition place, String text) {
    mistakes.add(
        new ConfigMistake(new ConfigOrigin.File(file, place.line(), place.column()), text));
  }
}
