package lazaret.vetting.audit.files;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.toml.TomlNode;
import lazaret.vetting.toml.TomlScalar.Kind;
import org.jspecify.annotations.Nullable;

/// A table of a store's file with the conversions of cargo-vet. A list may be written as its only
/// element, and a date is a string. Messages name the table and the key.
///
/// @param where name of the table for messages: `[[audits.serde]]`
/// @param table keys and values
record VetTable(String where, TomlNode.Table table) {
  /// A date as cargo-vet writes it, with a year of exactly four digits.
  private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");

  private static final Pattern NUMBER = Pattern.compile("\\d{1,19}");

  /// Refuses unknown keys, since the meaning of an entry must not be guessed.
  void onlyKeys(Set<String> known) {
    for (String key : table.entries().keySet()) {
      if (!known.contains(key)) {
        throw complaint("unknown key '" + Excerpt.of(key) + "'");
      }
    }
  }

  boolean has(String key) {
    return table.entries().containsKey(key);
  }

  /// Returns a text, or null if the key is absent.
  @Nullable String text(String key) {
    TomlNode node = table.entries().get(key);
    return node == null ? null : string(key, node);
  }

  /// Returns a required text.
  String requiredText(String key) {
    String text = text(key);
    if (text == null) {
      throw complaint("'" + key + "' is missing");
    }
    return text;
  }

  /// Returns a list, or empty if the key is absent.
  List<String> texts(String key) {
    TomlNode node = table.entries().get(key);
    return node == null ? List.of() : strings(key, node);
  }

  /// Returns a list whose key is required.
  List<String> requiredTexts(String key) {
    if (!has(key)) {
      throw complaint("'" + key + "' is missing");
    }
    return texts(key);
  }

  /// Returns a boolean, or null if the key is absent.
  @Nullable Boolean flag(String key) {
    TomlNode node = table.entries().get(key);
    return switch (node) {
      case null -> null;
      case TomlNode.Scalar(var value, int _) when value.kind() == Kind.BOOLEAN -> value.isTrue();
      default -> throw complaint("'" + key + "' must be true or false, found " + node.what());
    };
  }

  /// Returns a whole number that is not negative, or null if the key is absent.
  @Nullable Long number(String key) {
    TomlNode node = table.entries().get(key);
    if (node == null) {
      return null;
    }
    if (node instanceof TomlNode.Scalar(var value, int _) && value.kind() == Kind.OTHER) {
      String digits = value.text().replace("_", "");
      if (NUMBER.matcher(digits).matches()) {
        try {
          return Long.parseLong(digits);
        } catch (NumberFormatException _) {
          // Beyond 2^63 - 1: TOML does not have such integers, "Integer".
        }
      }
    }
    throw complaint("'" + key + "' must be a whole number, found " + node.what());
  }

  /// Returns a required day.
  LocalDate requiredDate(String key) {
    String text = requiredText(key);
    Matcher date = DATE.matcher(text);
    try {
      if (date.matches()) {
        return LocalDate.of(
            Integer.parseInt(date.group(1)),
            Integer.parseInt(date.group(2)),
            Integer.parseInt(date.group(3)));
      }
    } catch (DateTimeException _) {
      // The form is right, but the day does not exist; the refusal follows below.
    }
    throw complaint(
        "'" + key + "' must be a day like 2026-11-24, found '" + Excerpt.of(text) + "'");
  }

  /// Returns lists by key, or empty if the key is absent.
  SortedMap<String, List<String>> textsByKey(String key) {
    var lists = new TreeMap<String, List<String>>(VetOrder.BYTES);
    for (Map.Entry<String, TomlNode> entry : child(key).table().entries().entrySet()) {
      lists.put(entry.getKey(), strings(key + '.' + entry.getKey(), entry.getValue()));
    }
    return lists;
  }

  /// Returns a table within this one, without entries if the key is absent.
  VetTable child(String key) {
    String name = where + '.' + key;
    return switch (table.entries().get(key)) {
      case null -> new VetTable(name, new TomlNode.Table(Map.of(), table.offset()));
      case TomlNode.Table child -> new VetTable(name, child);
      case TomlNode other ->
          throw complaint("'" + key + "' must be a table, found " + other.what());
    };
  }

  /// Returns the tables of a required array.
  List<VetTable> children(String key) {
    TomlNode node = table.entries().get(key);
    if (!(node instanceof TomlNode.Array(List<TomlNode> elements, int _))) {
      throw complaint("'" + Excerpt.of(key) + "' must be an array of tables");
    }
    var children = new ArrayList<VetTable>();
    for (TomlNode element : elements) {
      if (!(element instanceof TomlNode.Table child)) {
        throw complaint("'" + Excerpt.of(key) + "' must be an array of tables");
      }
      children.add(new VetTable("[[" + where + '.' + Excerpt.of(key) + "]]", child));
    }
    return children;
  }

  MalformedException complaint(String what) {
    return new MalformedException("cannot read " + where + ": " + what);
  }

  private List<String> strings(String key, TomlNode node) {
    if (!(node instanceof TomlNode.Array(List<TomlNode> elements, int _))) {
      return List.of(string(key, node));
    }
    return elements.stream().map(element -> string(key, element)).toList();
  }

  private String string(String key, TomlNode node) {
    if (node instanceof TomlNode.Scalar(var value, int _) && value.kind() == Kind.STRING) {
      return value.text();
    }
    throw complaint("'" + Excerpt.of(key) + "' must be a string, found " + node.what());
  }
}
