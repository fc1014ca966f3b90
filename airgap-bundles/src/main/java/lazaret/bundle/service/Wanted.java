package lazaret.bundle.service;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonTreeReader;
import lazaret.bundle.tuf.JsonValue;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// The fields of an order, each of which may be missing but for those that the verb needs; what
/// nobody asked for is a mistake of whoever wrote it.
final class Wanted {
  private final JsonFields fields;
  private final Set<String> left;

  private Wanted(JsonFields fields) {
    this.fields = fields;
    this.left = new TreeSet<>(fields.fields().keySet());
  }

  /// Reads an order.
  ///
  /// @throws lazaret.bundle.BundleException `metadata-malformed` if it is no JSON object
  static Wanted parse(Bytes order) {
    return new Wanted(JsonFields.of(JsonTreeReader.read(order, "the order"), "the order"));
  }

  Optional<String> text(String name) {
    return has(name) ? Optional.of(fields.text(name)) : Optional.empty();
  }

  String needed(String name) {
    return text(name)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> new MalformedException("the order names no '%s'".formatted(name)));
  }

  /// Returns a path; only an absolute one means the same to whoever orders and to the server.
  Path path(String name) {
    Path path = Path.of(needed(name));
    if (!path.isAbsolute()) {
      throw new MalformedException(
          "cannot use '%s' as '%s': expected an absolute path"
              .formatted(Excerpt.of(path.toString()), name));
    }
    return path;
  }

  List<String> texts(String name) {
    return has(name) ? fields.texts(name) : List.of();
  }

  long number(String name, long least, long most, long otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    long number = fields.whole(name);
    if (number < least || number > most) {
      throw new MalformedException(
          "cannot use %d as '%s': expected %d to %d".formatted(number, name, least, most));
    }
    return number;
  }

  boolean flag(String name) {
    return has(name) && fields.truth(name);
  }

  /// Refuses what was not asked for.
  void done() {
    Iterator<String> rest = left.iterator();
    if (rest.hasNext()) {
      throw new MalformedException(
          "the order has the field '%s', which this verb does not know"
              .formatted(Excerpt.of(rest.next())));
    }
  }

  private boolean has(String name) {
    left.remove(name);
    Map<String, JsonValue> all = fields.fields();
    return all.containsKey(name) && !(all.get(name) instanceof JsonValue.Nothing);
  }
}
