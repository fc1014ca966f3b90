package lazaret.testkit;

import java.util.List;
import java.util.stream.Collectors;

/// A writer of the JSON forms of index lines, without white space. The strings are also valid TOML
/// basic strings.
final class TestJson {
  private TestJson() {}

  static String quote(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  static String quoteAll(List<String> texts) {
    return texts.stream().map(TestJson::quote).collect(Collectors.joining(",", "[", "]"));
  }
}
