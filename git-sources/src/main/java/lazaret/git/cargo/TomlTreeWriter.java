package lazaret.git.cargo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lazaret.vetting.toml.TomlNode;
import lazaret.vetting.toml.TomlScalar;
import lazaret.vetting.toml.TomlStringWriter;

/// A writer of a TOML document from a tree. Tables get headers, and everything in arrays is inline.
final class TomlTreeWriter {
  private final StringBuilder out = new StringBuilder();

  private TomlTreeWriter() {}

  /// Returns a document.
  static String write(TomlNode.Table root) {
    TomlTreeWriter writer = new TomlTreeWriter();
    writer.table(List.of(), root);
    return writer.out.toString();
  }

  private void table(List<String> path, TomlNode.Table table) {
    List<Map.Entry<String, TomlNode.Table>> below = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    table
        .entries()
        .forEach(
            (key, value) -> {
              if (value instanceof TomlNode.Table inner) {
                below.add(Map.entry(key, inner));
              } else {
                lines.add(TomlStringWriter.key(key) + " = " + inline(value));
              }
            });
    if (!path.isEmpty() && (!lines.isEmpty() || below.isEmpty())) {
      String header = path.stream().map(TomlStringWriter::key).collect(Collectors.joining("."));
      out.append(out.isEmpty() ? "[" : "\n[").append(header).append("]\n");
    }
    lines.forEach(line -> out.append(line).append('\n'));
    for (Map.Entry<String, TomlNode.Table> each : below) {
      List<String> longer = new ArrayList<>(path);
      longer.add(each.getKey());
      table(longer, each.getValue());
    }
  }

  private static String inline(TomlNode node) {
    return switch (node) {
      case TomlNode.Scalar(TomlScalar value, int _) ->
          value.kind() == TomlScalar.Kind.STRING
              ? TomlStringWriter.string(value.text())
              : value.text();
      case TomlNode.Array(List<TomlNode> elements, int _) ->
          elements.stream().map(TomlTreeWriter::inline).collect(Collectors.joining(", ", "[", "]"));
      case TomlNode.Table(Map<String, TomlNode> entries, int _) ->
          entries.entrySet().stream()
              .map(each -> TomlStringWriter.key(each.getKey()) + " = " + inline(each.getValue()))
              .collect(Collectors.joining(", ", "{ ", " }"));
    };
  }
}
