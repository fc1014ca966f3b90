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
  private sealed interface OpenValue {}

  private record OpenScalar(TomlScalar value, int offset) implements OpenValue {}

  /// @param growing whether further `[[headers]]` may add to it
  private record OpenArray(List<OpenValue> elements, int offset, boolean growing)
      implements OpenValue {}

  private static final class OpenTable implements OpenValue {
    private final Map<String, OpenValue> entries = new LinkedHashMap<>();
    private final int offset;
    private Origin origin;

    OpenTable(int offset, Origin origin) {
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
  private record Scope(OpenValue draft, int keys) {}

  private final int maxNodes;
  private final OpenTable root = new OpenTable(0, Origin.HEADER);
  private final Deque<Scope> levels = new ArrayDeque<>();
  private int nodes;
  private int position;

  TomlBuilder(int maxNodes) {
    this.maxNodes = maxNodes;
    levels.push(new Scope(root, 0));
  }

  TomlNode.Table root() {
    return table(root);
  }

  @Override
  public void position(int offset) {
    position = offset;
  }

  @Override
  public void table(List<String> path, boolean element) {
    levels.clear();
    OpenTable parent = root;
    for (String key : path.subList(0, path.size() - 1)) {
      parent = passed(parent, key);
    }
    String last = path.getLast();
    OpenTable sheet = element ? element(parent, last) : headed(parent, last);
    levels.push(new Scope(sheet, path.size()));
  }

  private OpenTable passed(OpenTable parent, String key) {
    return switch (parent.entries.get(key)) {
      case null -> put(parent, key, new OpenTable(position, Origin.PASSING));
      case OpenTable sheet when sheet.origin != Origin.INLINE -> sheet;
      case OpenArray(List<OpenValue> rows, int _, boolean growing)
          when growing && rows.getLast() instanceof OpenTable sheet ->
          sheet;
      default -> throw twice(key);
    };
  }

  private OpenTable headed(OpenTable parent, String key) {
    return switch (parent.entries.get(key)) {
      case null -> put(parent, key, new OpenTable(position, Origin.HEADER));
      case OpenTable sheet when sheet.origin == Origin.PASSING -> {
        sheet.origin = Origin.HEADER;
        yield sheet;
      }
      default -> throw twice(key);
    };
  }

  private OpenTable element(OpenTable parent, String key) {
    var sheet = new OpenTable(position, Origin.HEADER);
    count();
    switch (parent.entries.get(key)) {
      case null -> put(parent, key, new OpenArray(new ArrayList<>(List.of(sheet)), position, true));
      case OpenArray(List<OpenValue> rows, int _, boolean growing) when growing -> rows.add(sheet);
      default -> throw twice(key);
    }
    return sheet;
  }

  @Override
  public void value(List<String> path, TomlScalar value) {
    attach(path, new OpenScalar(value, position));
  }

  @Override
  public void startArray(List<String> path) {
    open(path, new OpenArray(new ArrayList<>(), position, false));
  }

  @Override
  public void startTable(List<String> path) {
    open(path, new OpenTable(position, Origin.INLINE));
  }

  private void open(List<String> path, OpenValue draft) {
    attach(path, draft);
    levels.push(new Scope(draft, path.size()));
  }

  @Override
  public void endArray() {
    levels.pop();
  }

  @Override
  public void endTable() {
    levels.pop();
  }

  private void attach(List<String> path, OpenValue draft) {
    Scope level = levels.getFirst();
    switch (level.draft()) {
      case OpenArray(List<OpenValue> elements, int _, boolean _) -> {
        count();
        elements.add(draft);
      }
      case OpenTable sheet -> {
        OpenTable parent = sheet;
        for (String key : path.subList(level.keys(), path.size() - 1)) {
          parent = dotted(parent, key);
        }
        String last = path.getLast();
        if (parent.entries.containsKey(last)) {
          throw twice(last);
        }
        put(parent, last, draft);
      }
      case OpenScalar _ -> throw new IllegalStateException("a scalar is never open");
    }
  }

  private OpenTable dotted(OpenTable parent, String key) {
    return switch (parent.entries.get(key)) {
      case null -> put(parent, key, new OpenTable(position, Origin.DOTTED));
      case OpenTable sheet when sheet.origin == Origin.DOTTED -> sheet;
      default -> throw twice(key);
    };
  }

  private <T extends OpenValue> T put(OpenTable parent, String key, T draft) {
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

  private static TomlNode node(OpenValue draft) {
    return switch (draft) {
      case OpenScalar(TomlScalar value, int offset) -> new TomlNode.Scalar(value, offset);
      case OpenArray(List<OpenValue> elements, int offset, boolean _) ->
          new TomlNode.Array(elements.stream().map(TomlBuilder::node).toList(), offset);
      case OpenTable sheet -> table(sheet);
    };
  }

  private static TomlNode.Table table(OpenTable sheet) {
    var entries = new LinkedHashMap<String, TomlNode>();
    sheet.entries.forEach((key, draft) -> entries.put(key, node(draft)));
    return new TomlNode.Table(entries, sheet.offset);
  }
}
