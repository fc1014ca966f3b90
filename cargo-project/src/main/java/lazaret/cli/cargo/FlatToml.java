package lazaret.cli.cargo;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.toml.TomlOutcome;
import lazaret.vetting.toml.TomlReader;
import lazaret.vetting.toml.TomlScalar;
import lazaret.vetting.toml.TomlVisitor;

/// A flattened TOML document: the values by their paths. An array is the list of its elements in
/// order. The values of inline tables in an array are at the path of the array and the key.
///
/// @param values texts by their paths, in the order of the document
/// @param tables the paths of the tables and arrays, which may be empty
public record FlatToml(Map<List<String>, List<String>> values, Set<List<String>> tables) {
  private static final int MAX_BYTES = 4 << 20;

  /// Creates a document without empty tables.
  public FlatToml(Map<List<String>, List<String>> values) {
    this(values, Set.of());
  }

  /// Reads a file.
  ///
  /// @throws MalformedException if the file cannot be read, is over 4 MiB, or is not TOML; the
  ///   message names file, line and column
  public static FlatToml read(Path file) {
    byte[] bytes;
    try {
      bytes = ProjectFile.read(file, MAX_BYTES);
    } catch (IOException e) {
      throw new MalformedException("cannot read '" + file + "': " + reason(e), e);
    }
    return parse(Bytes.of(bytes), file.toString());
  }

  /// Parses a text.
  ///
  /// @param name its name in messages
  /// @throws MalformedException if it is not TOML; the message has the name, line and column
  static FlatToml parse(Bytes text, String name) {
    return switch (TomlReader.read(text, new Collector())) {
      case TomlOutcome.Document(Collector collector) ->
          new FlatToml(collector.values, collector.tables);
      case TomlOutcome.Malformed(int line, int column, String detail) ->
          throw new MalformedException("%s:%d:%d: %s".formatted(name, line, column, detail));
    };
  }

  private static String reason(IOException e) {
    // The message of this type is only the path.
    return e instanceof FileSystemException
        ? e.getClass().getSimpleName()
        : String.valueOf(e.getMessage());
  }

  /// Returns the path that a value of a file names, relative to the file's folder. The result is
  /// empty if the value cannot be a path, for example because of a zero character.
  public static Optional<Path> position(Path file, String value) {
    try {
      return Optional.of(file.resolveSibling(value).normalize());
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  /// Returns the value at a path, or the first element if it is an array.
  public Optional<String> get(List<String> path) {
    return all(path).stream().findFirst();
  }

  /// Returns the elements of the array at a path, or the single value there.
  public List<String> all(List<String> path) {
    return values.getOrDefault(path, List.of());
  }

  /// Returns whether a key of the top level is present, even as an empty table.
  boolean has(String key) {
    return Stream.concat(values.keySet().stream(), tables.stream())
        .anyMatch(path -> path.getFirst().equals(key));
  }

  /// Returns the keys directly below a path.
  Set<String> below(String... path) {
    List<String> start = List.of(path);
    Set<String> keys = new LinkedHashSet<>();
    for (List<String> candidate : values.keySet()) {
      if (candidate.size() > start.size() && candidate.subList(0, start.size()).equals(start)) {
        keys.add(candidate.get(start.size()));
      }
    }
    return keys;
  }

  /// A visitor that collects the values of a document by their paths.
  private static final class Collector implements TomlVisitor {
    private final Map<List<String>, List<String>> values = new LinkedHashMap<>();
    private final Set<List<String>> tables = new LinkedHashSet<>();

    @Override
    public void table(List<String> path, boolean element) {
      tables.add(List.copyOf(path));
    }

    @Override
    public void startTable(List<String> path) {
      tables.add(List.copyOf(path));
    }

    @Override
    public void startArray(List<String> path) {
      tables.add(List.copyOf(path));
    }

    @Override
    public void value(List<String> path, TomlScalar value) {
      values.computeIfAbsent(List.copyOf(path), _ -> new ArrayList<>()).add(value.text());
    }
  }
}
