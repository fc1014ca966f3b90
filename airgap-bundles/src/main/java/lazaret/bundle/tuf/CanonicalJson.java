package lazaret.bundle.tuf;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Bytes;

/// The one encoding of a JSON value that is signed: no white space, keys in the order of their code
/// points, only `"` and `\` escaped, UTF-8 (OLPC's canonical JSON, which the TUF specification
/// names under *Document formats*).
final class CanonicalJson {
  private CanonicalJson() {}

  /// Encodes a value.
  static Bytes of(JsonValue value) {
    var out = new StringBuilder();
    write(value, out);
    return Bytes.of(out.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void write(JsonValue value, StringBuilder out) {
    switch (value) {
      case JsonValue.Fields(Map<String, JsonValue> fields) -> fields(fields, out);
      case JsonValue.Items(List<JsonValue> items) -> items(items, out);
      case JsonValue.Text(String text) -> text(text, out);
      case JsonValue.Whole(long number) -> out.append(number);
      case JsonValue.Truth(boolean truth) -> out.append(truth);
      case JsonValue.Nothing() -> out.append("null");
    }
  }

  private static void fields(Map<String, JsonValue> fields, StringBuilder out) {
    List<Map.Entry<String, JsonValue>> sorted =
        fields.entrySet().stream().sorted(Map.Entry.comparingByKey(codePoints())).toList();
    char before = '{';
    for (Map.Entry<String, JsonValue> field : sorted) {
      out.append(before);
      text(field.getKey(), out);
      out.append(':');
      write(field.getValue(), out);
      before = ',';
    }
    out.append(before == '{' ? "{}" : "}");
  }

  private static void items(List<JsonValue> items, StringBuilder out) {
    char before = '[';
    for (JsonValue item : items) {
      out.append(before);
      write(item, out);
      before = ',';
    }
    out.append(before == '[' ? "[]" : "]");
  }

  private static void text(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
    out.append('"');
  }

  /// By code points, as other implementations sort: UTF-16 puts what lies beyond the first plane
  /// before U+E000.
  private static Comparator<String> codePoints() {
    return (a, b) -> {
      int[] left = a.codePoints().toArray();
      int[] right = b.codePoints().toArray();
      return java.util.Arrays.compare(left, right);
    };
  }
}
