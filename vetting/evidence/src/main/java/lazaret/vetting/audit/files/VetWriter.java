package lazaret.vetting.audit.files;

import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import lazaret.vetting.toml.TomlStringWriter;
import org.jspecify.annotations.Nullable;

/// A writer of tables in the format of cargo-vet. There is an empty line before each header except
/// the first, and one key a line. A list of one element is written as the element. A list that
/// would exceed the line length has one element a line.
final class VetWriter {
  /// The maximum length of a line with a list, in characters.
  private static final int MAX_LIST = 80;

  /// The maximum length of a line with an inline table, in characters.
  private static final int MAX_INLINE = 120;

  private final StringBuilder out = new StringBuilder();
  private boolean first = true;

  /// Creates a writer and writes the heading.
  ///
  /// @param heading comment that names the file
  VetWriter(String heading) {
    out.append("\n# ").append(heading).append('\n');
  }

  /// Writes the empty line between the heading and a file that starts with a table.
  void begin() {
    out.append('\n');
  }

  /// Writes a header.
  ///
  /// @param keys keys of its path
  void table(String... keys) {
    header("[", keys, "]");
  }

  /// Writes the header of an array's element.
  void element(String... keys) {
    header("[[", keys, "]]");
  }

  private void header(String open, String[] keys, String close) {
    if (!first) {
      out.append('\n');
    }
    first = false;
    out.append(open)
        .append(List.of(keys).stream().map(TomlStringWriter::key).collect(Collectors.joining(".")))
        .append(close)
        .append('\n');
  }

  /// Writes a text, unless it is null.
  void text(String key, @Nullable String text) {
    if (text != null) {
      line(key, TomlStringWriter.string(text));
    }
  }

  /// Writes a number, a boolean or another literal, unless it is null.
  void bare(String key, @Nullable Object value) {
    if (value != null) {
      line(key, value.toString());
    }
  }

  /// Writes a list, even if it is empty.
  void list(String key, List<String> texts) {
    String value = inline(texts);
    boolean wrapped = texts.size() != 1 && length(key, value) > MAX_LIST;
    line(key, wrapped ? wrapped(texts) : value);
  }

  /// Writes a list unless it is empty.
  void listIfAny(String key, List<String> texts) {
    if (!texts.isEmpty()) {
      list(key, texts);
    }
  }

  /// Returns whether lists by key fit on one line.
  static boolean fitsInline(String key, SortedMap<String, List<String>> lists) {
    return length(key, inline(lists)) <= MAX_INLINE;
  }

  /// Writes lists by key as an inline table.
  void inlineTable(String key, SortedMap<String, List<String>> lists) {
    line(key, inline(lists));
  }

  private void line(String key, String value) {
    first = false;
    out.append(TomlStringWriter.key(key)).append(" = ").append(value).append('\n');
  }

  private static int length(String key, String value) {
    return key.codePointCount(0, key.length())
        + value.codePointCount(0, value.length())
        + " = ".length();
  }

  private static String inline(SortedMap<String, List<String>> lists) {
    return lists.entrySet().stream()
        .map(entry -> TomlStringWriter.key(entry.getKey()) + " = " + inline(entry.getValue()))
        .collect(Collectors.joining(", ", "{ ", " }"));
  }

  private static String inline(List<String> texts) {
    return texts.size() == 1
        ? TomlStringWriter.string(texts.getFirst())
        : texts.stream().map(TomlStringWriter::string).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String wrapped(List<String> texts) {
    return texts.stream()
        .map(text -> "    " + TomlStringWriter.string(text) + ",\n")
        .collect(Collectors.joining("", "[\n", "]"));
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
