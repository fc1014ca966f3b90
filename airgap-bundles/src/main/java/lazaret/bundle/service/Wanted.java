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
import lazaret.vetting.crates.Sha256;

/// The fields of a request. A field may be missing unless the verb requires it. Unknown fields are
/// refused by [#done].
final class Wanted {
  /// The name of a field on the command line, if it is not an option of the same name.
  private static final Map<String, String> TYPED =
      Map.of(
          "into", "FOLDER",
          "bundle", "BUNDLE",
          "snapshot", "SNAPSHOT",
          "approval", "--approve");

  private final String verb;
  private final JsonFields fields;
  private final Set<String> left;

  private Wanted(String verb, JsonFields fields) {
    this.verb = verb;
    this.fields = fields;
    this.left = new TreeSet<>(fields.fields().keySet());
  }

  /// Parses a request.
  ///
  /// @param verb the attempted action, for messages, for example `export`
  /// @throws lazaret.bundle.BundleException `metadata-malformed` if it is not a JSON object
  static Wanted parse(String verb, Bytes order) {
    return new Wanted(verb, JsonFields.of(JsonTreeReader.read(order, "the order"), "the order"));
  }

  Optional<String> text(String name) {
    return has(name) ? Optional.of(fields.text(name)) : Optional.empty();
  }

  String needed(String name) {
    return text(name)
        .filter(text -> !text.isBlank())
        .orElseThrow(
            () -> malformed("%s is missing or blank, and must be given".formatted(shown(name))));
  }

  /// Returns a path. It must be absolute, because client and server have different working folders.
  Path path(String name) {
    Path path = Path.of(needed(name));
    if (!path.isAbsolute()) {
      throw malformed(
          "%s is '%s', expected an absolute path on the server"
              .formatted(shown(name), Excerpt.of(path.toString())));
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
    long number = fields.signed(name);
    if (number < least || number > most) {
      throw malformed(
          "%s is %d, expected %s"
              .formatted(
                  shown(name),
                  number,
                  most == Long.MAX_VALUE
                      ? "%d or more".formatted(least)
                      : "%d to %d".formatted(least, most)));
    }
    return number;
  }

  /// Returns a digest given in hex, or empty if the field is missing.
  Optional<Sha256> digest(String name) {
    return text(name)
        .map(
            text -> {
              try {
                return Sha256.parse(text);
              } catch (MalformedException e) {
                throw malformed("%s: %s".formatted(shown(name), e.getMessage()));
              }
            });
  }

  boolean flag(String name) {
    return has(name) && fields.truth(name);
  }

  /// Refuses a request that has fields that were not read.
  void done() {
    Iterator<String> rest = left.iterator();
    if (rest.hasNext()) {
      throw new MalformedException(
          "the order has the unknown field '%s'".formatted(Excerpt.of(rest.next())));
    }
  }

  /// Returns the exception for a malformed request; its message begins with the attempted action.
  MalformedException malformed(String what) {
    return new MalformedException("cannot %s: %s".formatted(verb, what));
  }

  /// Returns the name of a field on the command line and in the request.
  private static String shown(String name) {
    String typed = TYPED.getOrDefault(name, "--" + name.replace('_', '-'));
    return typed.equals("--" + name) ? typed : "%s ('%s')".formatted(typed, name);
  }

  private boolean has(String name) {
    left.remove(name);
    Map<String, JsonValue> all = fields.fields();
    return all.containsKey(name) && !(all.get(name) instanceof JsonValue.Nothing);
  }
}
