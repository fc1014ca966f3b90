package lazaret.vetting.toml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/// A configuration or policy file of the operator, as a tree with positions. No other class uses
/// tomlj. Immutable.
///
/// A document is refused before tomlj sees it if it is larger than [#MAX_BYTES], is not UTF-8, has
/// more than 100,000 values or is nested deeper than [TomlReader#MAX_DEPTH]. The recursion of tomlj
/// has no limit of its own.
///
/// @param root root table; incomplete if there are faults
/// @param faults all faults, in the order in which they were found
public record OperatorToml(Table root, List<Fault> faults) {
  /// The maximum size of a file, in bytes.
  public static final int MAX_BYTES = 1 << 20;

  private static final int MAX_VALUES = 100_000;
  private static final TomlPosition START = new TomlPosition(1, 1);

  /// Copies the list.
  public OperatorToml {
    faults = List.copyOf(faults);
  }

  /// A fault of a document.
  ///
  /// @param place position of the fault
  /// @param detail expected and found text, printable
  public record Fault(TomlPosition place, String detail) {}

  /// A value.
  ///
  /// @param value a `String`, `Boolean`, `Long`, `Double`, `OffsetDateTime`, `LocalDateTime`,
  ///   `LocalDate`, `LocalTime`, [Table] or [Array]
  /// @param place position of the key, or of the value if it is an element of an array
  public record Entry(Object value, TomlPosition place) {}

  /// A table.
  ///
  /// @param entries values by key, in the order of the document
  /// @param place position of the key or header; the start of the document for the root
  public record Table(Map<String, Entry> entries, TomlPosition place) {
    /// Copies the map.
    public Table {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /// Returns an empty table.
    public static Table empty(TomlPosition place) {
      return new Table(Map.of(), place);
    }

    /// Returns the value of a key, or null if the key is absent.
    public @Nullable Object get(String key) {
      Entry entry = entries.get(key);
      return entry == null ? null : entry.value();
    }

    /// Returns the position of a key, or of the table if the key is absent.
    public TomlPosition place(String key) {
      Entry entry = entries.get(key);
      return entry == null ? place : entry.place();
    }
  }

  /// An array, or the tables under one `[[header]]`.
  ///
  /// @param elements elements in order
  public record Array(List<Entry> elements) {
    /// Copies the list.
    public Array {
      elements = List.copyOf(elements);
    }
  }

  /// Reads a document of TOML 1.0. A document that is malformed or over a limit has one fault.
  ///
  /// @param document UTF-8, with or without a byte order mark
  public static OperatorToml read(Bytes document) {
    if (document.length() > MAX_BYTES) {
      return refused(START, "the file is larger than 1 MiB");
    }
    String text = TomlReader.text(document);
    if (text == null) {
      return refused(START, "the file is not UTF-8");
    }
    return switch (TomlReader.readStrictly(text, new ValueCount())) {
      case TomlOutcome.Malformed(int line, int column, String detail) ->
          refused(new TomlPosition(line, column), detail);
      case TomlOutcome.Document<ValueCount> _ -> of(Toml.parse(text));
    };
  }

  private static OperatorToml refused(TomlPosition place, String detail) {
    return new OperatorToml(Table.empty(START), List.of(new Fault(place, detail)));
  }

  private static OperatorToml of(TomlParseResult parsed) {
    List<Fault> faults = new ArrayList<>();
    for (TomlParseError error : parsed.errors()) {
      String message = error.getMessage();
      faults.add(
          new Fault(
              place(error.position(), START),
              message == null ? "the file is not TOML" : Excerpt.of(message)));
    }
    return new OperatorToml(table(parsed, START), faults);
  }

  private static Table table(TomlTable table, TomlPosition place) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (String key : table.keySet()) {
      List<String> path = List.of(key);
      Object value = table.get(path);
      if (value != null) {
        entries.put(key, entry(value, place(table.inputPositionOf(path), place)));
      }
    }
    return new Table(entries, place);
  }

  private static Entry entry(Object value, TomlPosition place) {
    return switch (value) {
      case TomlTable table -> new Entry(table(table, place), place);
      case TomlArray array -> new Entry(array(array, place), place);
      default -> new Entry(value, place);
    };
  }

  private static Array array(TomlArray array, TomlPosition place) {
    List<Entry> elements = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      elements.add(entry(array.get(i), place(array.inputPositionOf(i), place)));
    }
    return new Array(elements);
  }

  private static TomlPosition place(
      org.tomlj.@Nullable TomlPosition position, TomlPosition otherwise) {
    return position == null ? otherwise : new TomlPosition(position.line(), position.column());
  }

  /// A visitor that keeps no value and limits their number.
  private static final class ValueCount implements TomlVisitor {
    private int values;

    @Override
    public void table(List<String> path, boolean element) {
      count();
    }

    @Override
    public void value(List<String> path, TomlScalar value) {
      count();
    }

    @Override
    public void startArray(List<String> path) {
      count();
    }

    @Override
    public void startTable(List<String> path) {
      count();
    }

    private void count() {
      if (++values > MAX_VALUES) {
        throw new TomlCursor.Malformed("more than " + MAX_VALUES + " values");
      }
    }
  }
}
