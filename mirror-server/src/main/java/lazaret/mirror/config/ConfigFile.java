package lazaret.mirror.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.Excerpt;
import lazaret.vetting.Nearest;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// A reader of `mirror.toml` that returns the text of each key with its position.
final class ConfigFile {
  /// The maximum size of a configuration file in bytes.
  private static final long MAX_BYTES = 1 << 20;

  private final Path path;
  private final List<Assignment> assignments = new ArrayList<>();
  private final List<Mistake> mistakes = new ArrayList<>();

  private ConfigFile(Path path) {
    this.path = path;
  }

  /// One value that a source sets.
  ///
  /// @param text the value as it was written
  /// @param base the folder against which relative paths are resolved
  record Assignment(Key<?> key, String text, Origin origin, Path base) {}

  /// The content of a file.
  ///
  /// @param assignments of known keys with values of the right TOML type
  /// @param mistakes in no order
  record Content(List<Assignment> assignments, List<Mistake> mistakes) {}

  /// Reads a file. An unreadable file is a mistake in the result.
  ///
  /// @param path an absolute path
  static Content read(Path path) {
    ConfigFile file = new ConfigFile(path);
    try {
      if (Files.size(path) > MAX_BYTES) {
        file.mistake(null, "the file is larger than 1 MiB");
      } else {
        file.read(Toml.parse(path));
      }
    } catch (IOException e) {
      file.mistake(
          null, "cannot read the file: " + (Files.exists(path) ? e.getMessage() : "there is none"));
    }
    return new Content(List.copyOf(file.assignments), List.copyOf(file.mistakes));
  }

  private void read(TomlParseResult parsed) {
    for (TomlParseError error : parsed.errors()) {
      String message = error.getMessage();
      mistake(error.position(), message == null ? "this is not TOML" : message);
    }
    table("", parsed);
  }

  private void table(String prefix, TomlTable table) {
    for (String name : table.keySet()) {
      List<String> path = List.of(name);
      String full = prefix + name;
      Object value = table.get(path);
      TomlPosition position = table.inputPositionOf(path);
      Optional<Key<?>> key = Keys.named(full);
      if (key.isPresent()) {
        value(key.get(), value, position);
      } else if (value instanceof TomlTable inner && isTable(full)) {
        table(full + ".", inner);
      } else {
        mistake(position, "unknown key '" + shown(full) + "'" + hint(full));
      }
    }
  }

  private static boolean isTable(String name) {
    return Keys.ALL.stream().anyMatch(k -> k.name().startsWith(name + "."));
  }

  private static String hint(String name) {
    List<String> known = Keys.ALL.stream().<String>map(Key::name).toList();
    Optional<String> tail = known.stream().filter(k -> k.endsWith("." + name)).findFirst();
    return tail.or(() -> Nearest.of(name, known))
        .map(k -> "; did you mean '" + k + "'?")
        .orElse("; docs/configuration.md lists all keys");
  }

  private static String shown(String name) {
    return Excerpt.of(name);
  }

  private void value(Key<?> key, @Nullable Object value, @Nullable TomlPosition position) {
    Optional<String> text =
        switch (key.type().toml()) {
          case STRING -> value instanceof String s ? Optional.of(s) : Optional.empty();
          case BOOLEAN -> value instanceof Boolean b ? Optional.of(b.toString()) : Optional.empty();
          case INTEGER -> value instanceof Long n ? Optional.of(n.toString()) : Optional.empty();
          case STRING_OR_INTEGER ->
              value instanceof String || value instanceof Long
                  ? Optional.of(value.toString())
                  : Optional.empty();
          case ARRAY_OF_STRINGS -> value instanceof TomlArray a ? texts(a) : Optional.empty();
        };
    if (text.isEmpty()) {
      mistake(position, "'" + key.name() + "' must be " + expected(key));
      return;
    }
    Path folder = path.getParent();
    assignments.add(
        new Assignment(key, text.get(), place(position), folder == null ? path : folder));
  }

  private static String expected(Key<?> key) {
    return switch (key.type().toml()) {
      case STRING -> "a string (" + key.typeName() + " in quotes)";
      case BOOLEAN -> "true or false, without quotes";
      case INTEGER -> "a whole number, without quotes";
      case STRING_OR_INTEGER -> "a string like \"512MiB\" or a number of bytes";
      case ARRAY_OF_STRINGS -> "a list of strings";
    };
  }

  private static Optional<String> texts(TomlArray array) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      if (!(array.get(i) instanceof String text) || text.contains(",")) {
        return Optional.empty();
      }
      texts.add(text);
    }
    return Optional.of(String.join(",", texts));
  }

  private Origin place(@Nullable TomlPosition position) {
    return position == null
        ? new Origin.File(path, 1, 1)
        : new Origin.File(path, position.line(), position.column());
  }

  private void mistake(@Nullable TomlPosition position, String text) {
    mistakes.add(new Mistake(place(position), text));
  }
}
