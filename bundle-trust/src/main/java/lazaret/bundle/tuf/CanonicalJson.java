package lazaret.bundle.tuf;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Bytes;

/// The encoder of JSON values in the one form that is signed. The form is OLPC's canonical JSON,
/// which the TUF specification names under *Document formats*. It has no white space, sorts keys by
/// their code points, escapes only `"` and `\`, and is encoded in UTF-8.
public final class CanonicalJson {
  private final StringBuilder out = new StringBuilder();
  private final boolean document;

  private CanonicalJson(boolean document) {
    this.document = document;
  }

  /// Encodes a value in the form that is signed. Control characters are not escaped, so the result
  /// need not be JSON: a PEM key contains line ends.
  public static Bytes of(JsonValue value) {
    return encoded(value, false);
  }

  /// Encodes a value as a file: the same form, but as JSON in ASCII.
  public static Bytes document(JsonValue value) {
    return encoded(value, true);
  }

  private static Bytes encoded(JsonValue value, boolean document) {
    var encoder = new CanonicalJson(document);
    encoder.write(value);
    return Bytes.of(encoder.out.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void write(JsonValue value) {
    switch (value) {
      case JsonValue.Fields(Map<String, JsonValue> fields) -> fields(fields);
      case JsonValue.Items(List<JsonValue> items) -> items(items);
      case JsonValue.Text(String text) -> text(text);
      case JsonValue.Whole(long number) -> out.append(number);
      case JsonValue.Truth(boolean truth) -> out.append(truth);
      case JsonValue.Nothing() -> out.append("null");
    }
  }

  private void fields(Map<String, JsonValue> fields) {
    List<Map.Entry<String, JsonValue>> sorted =
        fields.entrySet().stream().sorted(Map.Entry.comparingByKey(codePoints())).toList();
    char before = '{';
    for (Map.Entry<String, JsonValue> field : sorted) {
      out.append(before);
      text(field.getKey());
      out.append(':');
      write(field.getValue());
      before = ',';
    }
    out.append(before == '{' ? "{}" : "}");
  }

  private void items(List<JsonValue> items) {
    char before = '[';
    for (JsonValue item : items) {
      out.append(before);
      write(item);
      before = ',';
    }
    out.append(before == '[' ? "[]" : "]");
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\');
      }
      if (document && (c < ' ' || c > '~')) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /// Returns the order by code points, which other implementations use. The order of UTF-16 puts
  /// characters beyond the first plane before U+E000.
  private static Comparator<String> codePoints() {
    return (a, b) -> {
      int[] left = a.codePoints().toArray();
      int[] right = b.codePoints().toArray();
      return java.util.Arrays.compare(left, right);
    };
  }
}
