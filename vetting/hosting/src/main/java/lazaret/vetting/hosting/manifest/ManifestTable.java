package lazaret.vetting.hosting.manifest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.toml.TomlNode;
import lazaret.vetting.toml.TomlScalar;
import org.jspecify.annotations.Nullable;

/// A table of a published manifest, whose values must have their types.
///
/// @param name the path of the table, for messages
/// @param entries its values
record ManifestTable(String name, Map<String, TomlNode> entries) {
  /// Returns the refusal of a manifest.
  ///
  /// @param rule the expected and the found state, with `%s` for each foreign text
  /// @param found the foreign texts
  static MalformedException malformed(String rule, Object... found) {
    Object[] excerpts =
        Arrays.stream(found).map(each -> Excerpt.of(String.valueOf(each))).toArray();
    return new MalformedException("cannot publish: in Cargo.toml " + rule.formatted(excerpts));
  }

  /// Returns the text of a string, or null if the node is not one.
  static @Nullable String text(TomlNode node) {
    return node instanceof TomlNode.Scalar(TomlScalar value, int _)
            && value.kind() == TomlScalar.Kind.STRING
        ? value.text()
        : null;
  }

  /// Returns whether a node is a boolean.
  static boolean isFlag(@Nullable TomlNode node) {
    return node instanceof TomlNode.Scalar(TomlScalar value, int _)
        && value.kind() == TomlScalar.Kind.BOOLEAN;
  }

  /// Returns the keys.
  Set<String> keys() {
    return entries.keySet();
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  private MalformedException wrong(String key, String expected, TomlNode found) {
    return malformed("'%s.%s' must be %s; found %s", name, key, expected, found.what());
  }

  /// Returns a text; null if the key is missing.
  @Nullable String text(String key, int maxLength) {
    TomlNode node = entries.get(key);
    if (node == null) {
      return null;
    }
    String text = text(node);
    if (text == null) {
      throw wrong(key, "a string", node);
    }
    if (text.length() > maxLength) {
      throw malformed(
          "'%s.%s' must have at most %s characters; found %s", name, key, maxLength, text.length());
    }
    return text;
  }

  /// Returns a list of texts; empty if the key is missing.
  List<String> texts(String key, int most) {
    TomlNode node = entries.get(key);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof TomlNode.Array(List<TomlNode> elements, int _))) {
      throw wrong(key, "a list of strings", node);
    }
    if (elements.size() > most) {
      throw malformed(
          "'%s.%s' must have at most %s values; found %s", name, key, most, elements.size());
    }
    List<String> texts = new ArrayList<>();
    for (TomlNode element : elements) {
      String text = text(element);
      if (text == null) {
        throw wrong(key, "a list of strings", element);
      }
      texts.add(text);
    }
    return texts;
  }

  /// Returns a boolean.
  ///
  /// @param initial the value if the key is missing
  boolean flag(String key, boolean initial) {
    TomlNode node = entries.get(key);
    if (node == null) {
      return initial;
    }
    if (node instanceof TomlNode.Scalar(TomlScalar value, int _) && isFlag(node)) {
      return value.isTrue();
    }
    throw wrong(key, "true or false", node);
  }

  /// Returns a table within this one, or empty if the key is missing.
  Optional<ManifestTable> table(String key) {
    TomlNode node = entries.get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof TomlNode.Table(Map<String, TomlNode> inner, int _)) {
      return Optional.of(new ManifestTable(name.isEmpty() ? key : name + "." + key, inner));
    }
    throw wrong(key, "a table", node);
  }

  /// Returns a table that has two spellings, or empty if it has neither.
  ///
  /// @throws MalformedException if both are there
  Optional<ManifestTable> table(String key, String other) {
    if (has(key) && has(other)) {
      throw malformed("there are both '%s' and '%s'; expected one of them", key, other);
    }
    return table(has(other) ? other : key);
  }
}
