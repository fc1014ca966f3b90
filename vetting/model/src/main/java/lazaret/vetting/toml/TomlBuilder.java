package lazaret.vetting.toml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Excerpt;

/// A builder of a tree from the events of a reader. It refuses duplicate keys and tables and
/// additions to closed ones, as toml.io requires.
final class TomlBuilder implements TomlVisitor {
  /// An unfinished node of the tree.
  private sealed interface Draft {}

  private record Leaf(TomlValue value, int offset) implements Draft {}

  /// @param growing whether further `[[headers]]` may add to it
  private record Row(List<Draft> elements, int offset, boolean growing) implements Draft {}

  private static final class Sheet implements Draft {
    private final Map<String, Draft> entries = new LinkedHashMap<>();
    private final int offset;
    private Origin origin;

    Sheet(int offset, Origin origin) {
      this.offset = offset;
      this.origin = origin;
    }
  }

  /// The origin of a table, which determines the permitted additions.
  private enum Origin {
    /// A part of the path in another table's header; a header of its own may follow.
    PASSING,
    /// A header of its own.
    HEADER,
    /// A dotted key; closed for headers.
    DOTTED,
    /// Braces; closed.
    INLINE
  }

  /// A table or array that is open.
  ///
  /// @param keys number of keys in its path
  private record Level(Draft draft, int keys) {}

  private final int maxNodes;
  private final Sheet root = new Sheet(0, Origin.HEADER);
  private final Deque<Level> levels = new ArrayDeque<>();
  private int nodes;
  private int place;

  TomlBuilder(int maxNodes) {
    this.maxNodes = maxNodes;
    levels.push(new Level(root, 0));
  }

  TomlNode.Table root() {
    return table(root);
  }

  @Override
  public void place(int offset) {
    place = offset;
  }

  @Override
  public void table(List<String> path, boolean element) {
    levels.clear();
    Sheet parent = root;
    for (String key : path.subList(0, path.size() - 1)) {
      parent = passed(parent, key);
    }
    String last = path.getLast();
    Sheet sheet = element ? element(parent, last) : headed(parent, last);
    levels.push(new Level(sheet, path.size()));
  }

  private Sheet passed(Sheet parent, String key) {
    return switch (parent.entries.get(key)) {
      case null -> put(parent, key, new Sheet(place, Origin.PASSING));
      case Sheet sheet when sheet.origin != Origin.INLINE -> sheet;
      case Row(List<Draft> rows, int _, boolean growing)
          when growing && rows.getLast() instanceof Sheet sheet ->
          sheet;
      default -> throw twice(key);
    };
  }

  private Sheet headed(Sheet parent, String key) {
    return switch (parent.entries.get(key)) {
      case null -> put(parent, key, new Sheet(place, Origin.HEADER));
      case Sheet sheet when sheet.origin == Origin.PASSING -> {
        sheet.origin = Origin.HEADER;
        yield sheet;
      }
      default -> throw twice(key);
    };
  }

  private Sheet element(Sheet parent, String key) {
    var sheet = new Sheet(place, Origin.HEADER);
    count();
    switch (parent.entries.get(key)) {
      case null -> put(parent, key, new Row(new ArrayList<>(List.of(sheet)), place, true));
      case Row(List<Draft> rows, int _, boolean growing) when growing -> rows.add(sheet);
      default -> throw twice(key);
    }
    return sheet;
  }

  @Override
  public void value(List<String> path, TomlValue value) {
    attach(path, new Leaf(value, place));
  }

  @Override
  public void startArray(List<String> path) {
    open(path, new Row(new ArrayList<>(), place, false));
  }

  @Override
  public void startTable(List<String> path) {
    open(path, new Sheet(place, Origin.INLINE));
  }

  private void open(List<String> path, Draft draft) {
    attach(path, draft);
    levels.push(new Level(draft, path.size()));
  }

  @Override
  public void endArray() {
    levels.pop();
  }

  @Override
  public void endTable() {
    levels.pop();
  }

  private void attach(List<String> path, Draft draft) {
    Level level = levels.getFirst();
    switch (level.draft()) {
      case Row(List<Draft> elements, int _, boolean _) -> {
        count();
        elements.add(draft);
      }
      case Sheet sheet -> {
        Sheet parent = sheet;
        for (String key : path.subList(level.keys(), path.size() - 1)) {
          parent = dotted(parent, key);
        }
        String last = path.getLast();
        if (parent.entries.containsKey(last)) {
          throw twice(last);
        }
        put(parent, last, draft);
      }
      case Leaf _ -> throw new IllegalStateException("a scalar is never open");
    }
  }

  private Sheet dotted(Sheet parent, String key) {
    return switch (parent.entries.get(key)) {
      case null -> put(parent, key, new Sheet(place, Origin.DOTTED));
      case Sheet sheet when sheet.origin == Origin.DOTTED -> sheet;
      default -> throw twice(key);
    };
  }

  private <T extends Draft> T put(Sheet parent, String key, T draft) {
    count();
    parent.entries.put(key, draft);
    return draft;
  }

  private void count() {
    if (++nodes > maxNodes) {
      throw new TomlCursor.Malformed("more than " + maxNodes + " values");
    }
  }

  private static TomlCursor.Malformed twice(String key) {
    return new TomlCursor.Malformed("'" + Excerpt.of(key) + "' is defined before this");
  }

  private static TomlNode node(Draft draft) {
    return switch (draft) {
      case Leaf(TomlValue value, int offset) -> new TomlNode.Scalar(value, offset);
      case Row(List<Draft> elements, int offset, boolean _) ->
          new TomlNode.Array(elements.stream().map(TomlBuilder::node).toList(), offset);
      case Sheet sheet -> table(sheet);
    };
  }

  private static TomlNode.Table table(Sheet sheet) {
    var entries = new LinkedHashMap<String, TomlNode>();
    sheet.entries.forEach((key, draft) -> entries.put(key, node(draft)));
    return new TomlNode.Table(entries, sheet.offset);
  }
}
