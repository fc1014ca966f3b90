package lazaret.mirror.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.signin.workload.WorkloadIssuer;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.SpellingSuggestion;
import lazaret.vetting.toml.OperatorToml;
import lazaret.vetting.toml.TomlPosition;
import org.jspecify.annotations.Nullable;

/// A reader of `mirror.toml` that returns the text of each key with its position.
final class ConfigFile {
  private static final TomlPosition START = new TomlPosition(1, 1);

  private final Path path;
  private final List<Assignment> assignments = new ArrayList<>();
  private final List<WorkloadIssuer> issuers = new ArrayList<>();
  private final List<ConfigMistake> mistakes = new ArrayList<>();

  private ConfigFile(Path path) {
    this.path = path;
  }

  /// One value that a source sets.
  ///
  /// @param text the value as it was written
  /// @param base the folder against which relative paths are resolved
  /// @param former the former name by which the source names the key; null if it has today's name
  record Assignment(
      ConfigKey<?> key, String text, ConfigOrigin origin, Path base, @Nullable String former) {}

  /// The content of a file.
  ///
  /// @param assignments of known keys with values of the right TOML type
  /// @param issuers the CI systems of `[[ci.issuer]]`
  /// @param mistakes in no order
  record Content(
      List<Assignment> assignments, List<WorkloadIssuer> issuers, List<ConfigMistake> mistakes) {}

  /// Reads a file. An unreadable file is a mistake in the result.
  ///
  /// @param path an absolute path
  static Content read(Path path) {
    ConfigFile file = new ConfigFile(path);
    try (var in = Files.newInputStream(path)) {
      // One byte over the limit is enough for the refusal.
      file.read(OperatorToml.read(Bytes.of(in.readNBytes(OperatorToml.MAX_BYTES + 1))));
    } catch (IOException e) {
      file.mistake(
          START,
          "cannot read the file: " + (Files.exists(path) ? e.getMessage() : "there is none"));
    }
    return new Content(
        List.copyOf(file.assignments), List.copyOf(file.issuers), List.copyOf(file.mistakes));
  }

  private void read(OperatorToml document) {
    document.faults().forEach(fault -> mistake(fault.place(), fault.detail()));
    table("", document.root());
  }

  private void table(String prefix, OperatorToml.Table table) {
    table.entries().forEach((name, entry) -> entry(prefix + name, entry));
  }

  private void entry(String name, OperatorToml.Entry entry) {
    Optional<ConfigKey<?>> key = ConfigKeys.named(name);
    ConfigKey<?> renamed = ConfigKeys.FORMER.get(name);
    if (key.isPresent()) {
      value(key.get(), entry, null);
    } else if (renamed != null) {
      value(renamed, entry, name);
    } else if (name.equals(WorkloadConfigReader.TABLE)
        && entry.value() instanceof OperatorToml.Table ci) {
      issuers.addAll(WorkloadConfigReader.read(new ConfigTable(name, ci, path, mistakes)));
    } else if (entry.value() instanceof OperatorToml.Table inner && isTable(name)) {
      table(name + ".", inner);
    } else {
      mistake(entry.place(), "unknown key '" + shown(name) + "'" + hint(name));
    }
  }

  private static boolean isTable(String name) {
    return ConfigKeys.ALL.stream().anyMatch(k -> k.name().startsWith(name + "."));
  }

  private static String hint(String name) {
    List<String> known = ConfigKeys.ALL.stream().<String>map(ConfigKey::name).toList();
    Optional<String> tail = known.stream().filter(k -> k.endsWith("." + name)).findFirst();
    return tail.or(() -> SpellingSuggestion.of(name, known))
        .map(k -> "; did you mean '" + k + "'?")
        .orElse("; docs/configuration.md lists all keys");
  }

  private static String shown(String name) {
    return Excerpt.of(name);
  }

  private void value(ConfigKey<?> key, OperatorToml.Entry entry, @Nullable String former) {
    Object value = entry.value();
    Optional<String> text =
        switch (key.type().toml()) {
          case STRING -> value instanceof String s ? Optional.of(s) : Optional.empty();
          case BOOLEAN -> value instanceof Boolean b ? Optional.of(b.toString()) : Optional.empty();
          case INTEGER -> value instanceof Long n ? Optional.of(n.toString()) : Optional.empty();
          case STRING_OR_INTEGER ->
              value instanceof String || value instanceof Long
                  ? Optional.of(value.toString())
                  : Optional.empty();
          case ARRAY_OF_STRINGS ->
              value instanceof OperatorToml.Array a ? texts(a) : Optional.empty();
          case ARRAY_OF_ROLES ->
              value instanceof OperatorToml.Array a ? SignInRolesJson.text(a) : Optional.empty();
        };
    if (text.isEmpty()) {
      String name = former == null ? key.name() : former;
      mistake(entry.place(), "'" + name + "' must be " + expected(key));
      return;
    }
    Path folder = path.getParent();
    assignments.add(
        new Assignment(
            key, text.get(), origin(entry.place()), folder == null ? path : folder, former));
  }

  private static String expected(ConfigKey<?> key) {
    return switch (key.type().toml()) {
      case STRING -> "a string (" + key.typeName() + " in quotes)";
      case BOOLEAN -> "true or false, without quotes";
      case INTEGER -> "a whole number, without quotes";
      case STRING_OR_INTEGER -> "a string like \"512MiB\" or a number of bytes";
      case ARRAY_OF_STRINGS -> "a list of strings";
      case ARRAY_OF_ROLES ->
          "tables under [[sign-in.role]], each with the strings group and role, and if wanted the"
              + " list crates";
    };
  }

  private static Optional<String> texts(OperatorToml.Array array) {
    List<String> texts = new ArrayList<>();
    for (OperatorToml.Entry element : array.elements()) {
      if (!(element.value() instanceof String text) || text.contains(",")) {
        return Optional.empty();
      }
      texts.add(text);
    }
    return Optional.of(String.join(",", texts));
  }

  private ConfigOrigin origin(TomlPosition place) {
    return new ConfigOrigin.File(path, place.line(), place.column());
  }

  private void mistake(TomlPosition place, String text) {
    mistakes.add(new ConfigMistake(origin(place), text));
  }
}
