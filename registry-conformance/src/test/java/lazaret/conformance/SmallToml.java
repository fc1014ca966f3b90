package lazaret.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A reader of the part of TOML that the manifests of the suite use. Values are texts, truth
/// values, lists and maps.
final class SmallToml {
  private final String text;
  private int at;

  private SmallToml(String text) {
    this.text = text;
  }

  static Map<String, Object> parse(String document) {
    Map<String, Object> root = new LinkedHashMap<>();
    Map<String, Object> table = root;
    for (String raw : document.split("\n", -1)) {
      String line = raw.strip();
      if (line.isEmpty()) {
        continue;
      }
      SmallToml reader = new SmallToml(line);
      if (line.startsWith("[")) {
        reader.at = 1;
        table = inside(root, reader.keys());
        reader.take(']');
      } else {
        List<String> keys = reader.keys();
        reader.take('=');
        Map<String, Object> at = inside(table, keys.subList(0, keys.size() - 1));
        if (at.put(keys.getLast(), reader.value()) != null) {
          throw RefusedException.bad("the key " + keys + " occurs twice");
        }
      }
      reader.end();
    }
    return root;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> inside(Map<String, Object> root, List<String> keys) {
    Map<String, Object> table = root;
    for (String key : keys) {
      Object next = table.computeIfAbsent(key, _ -> new LinkedHashMap<String, Object>());
      if (!(next instanceof Map)) {
        throw RefusedException.bad(key + " is not a table");
      }
      table = (Map<String, Object>) next;
    }
    return table;
  }

  private void space() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private char next() {
    space();
    if (at >= text.length()) {
      throw RefusedException.bad("the manifest is not TOML: " + text);
    }
    return text.charAt(at);
  }

  private void take(char expected) {
    if (next() != expected) {
      throw RefusedException.bad("the manifest is not TOML: " + text);
    }
    at++;
  }

  private void end() {
    space();
    if (at < text.length()) {
      throw RefusedException.bad("the manifest is not TOML: " + text);
    }
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>(List.of(key()));
    while (at < text.length() && next() == '.') {
      at++;
      keys.add(key());
    }
    return keys;
  }

  private String key() {
    char first = next();
    if (first == '"' || first == '\'') {
      return quoted();
    }
    int from = at;
    while (at < text.length() && String.valueOf(text.charAt(at)).matches("[A-Za-z0-9_-]")) {
      at++;
    }
    if (at == from) {
      throw RefusedException.bad("the manifest is not TOML: " + text);
    }
    return text.substring(from, at);
  }

  private String quoted() {
    char quote = text.charAt(at);
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw RefusedException.bad("the manifest is not TOML: " + text);
    }
    String value = text.substring(at + 1, end);
    at = end + 1;
    return value;
  }

  private Object value() {
    char first = next();
    if (first == '"' || first == '\'') {
      return quoted();
    }
    if (first == '[') {
      at++;
      List<Object> list = new ArrayList<>();
      while (next() != ']') {
        list.add(value());
        if (next() == ',') {
          at++;
        }
      }
      at++;
      return list;
    }
    if (first == '{') {
      at++;
      Map<String, Object> table = new LinkedHashMap<>();
      while (next() != '}') {
        String key = key();
        take('=');
        table.put(key, value());
        if (next() == ',') {
          at++;
        }
      }
      at++;
      return table;
    }
    for (String word : List.of("true", "false")) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return Boolean.valueOf(word);
      }
    }
    throw RefusedException.bad("the manifest is not TOML: " + text);
  }
}
