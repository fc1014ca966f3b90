package lazaret.mirror.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.signin.workload.WorkloadBinding;
import lazaret.signin.workload.WorkloadIssuer;
import lazaret.storage.files.DataFolderFiles;
import lazaret.storage.files.UserFolders;
import lazaret.vetting.Excerpt;
import lazaret.vetting.SpellingSuggestion;
import org.jspecify.annotations.Nullable;

/// The value of every key and its origin. The sources are defaults, file, environment and options;
/// each overrides the ones before it.
public final class ConfigSettings {
  /// Environment variables of the project that do not set a key.
  private static final Set<String> RESERVED =
      Set.of(
          "LAZARET_CONFIG",
          "LAZARET_SHARED",
          "LAZARET_SERVER",
          "LAZARET_TOKEN",
          "LAZARET_TOKEN_FILE",
          "LAZARET_PIN_FILE",
          "LAZARET_JAVA_OPTS",
          "LAZARET_AOT",
          "LAZARET_ALL");

  private final Map<ConfigKey<?>, Setting> values;
  private final List<WorkloadIssuer> issuers;
  private final List<String> warnings;

  private ConfigSettings(
      Map<ConfigKey<?>, Setting> values, List<WorkloadIssuer> issuers, List<String> warnings) {
    this.values = values;
    this.issuers = issuers;
    this.warnings = warnings;
  }

  /// One value.
  ///
  /// @param text the value as it was written
  /// @param value the parsed value
  record Setting(String text, Object value, ConfigOrigin origin) {}

  /// The sources of values.
  ///
  /// @param line the command line
  /// @param environment all environment variables
  /// @param workingFolder the folder against which relative paths of options and variables are
  ///   resolved
  public record Sources(
      ServerCommandLine line, Map<String, String> environment, Path workingFolder) {}

  /// Reads all sources.
  ///
  /// @throws ConfigException if there are mistakes, naming all of them
  public static ConfigSettings read(Sources sources) {
    List<ConfigMistake> mistakes = new ArrayList<>(sources.line().mistakes());
    List<ConfigFile.Assignment> assignments = new ArrayList<>();
    List<WorkloadIssuer> issuers = new ArrayList<>();
    file(sources)
        .ifPresent(
            path -> {
              ConfigFile.Content content = ConfigFile.read(path);
              assignments.addAll(content.assignments());
              issuers.addAll(content.issuers());
              mistakes.addAll(content.mistakes());
            });
    variables(sources, assignments, mistakes);
    options(sources, assignments);
    ConfigSettings settings =
        new ConfigSettings(
            new LinkedHashMap<>(),
            List.copyOf(issuers),
            FormerConfigNames.check(assignments, mistakes));
    settings.defaults(sources.environment());
    assignments.forEach(a -> settings.set(a, sources.environment(), mistakes));
    ConfigChecks.check(settings, mistakes);
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes.stream().sorted(ConfigSettings::byOrigin).toList());
    }
    return settings;
  }

  /// Compares mistakes in reading order: the file from its top, then variables, then options.
  private static int byOrigin(ConfigMistake one, ConfigMistake other) {
    return Comparator.comparingInt(ConfigSettings::rank)
        .thenComparingInt(o -> o instanceof ConfigOrigin.File file ? file.line() : 0)
        .compare(one.origin(), other.origin());
  }

  /// Returns the place of a source in reading order.
  static int rank(ConfigOrigin origin) {
    return switch (origin) {
      case ConfigOrigin.File _ -> 0;
      case ConfigOrigin.Initial _ -> 1;
      case ConfigOrigin.Variable _ -> 2;
      case ConfigOrigin.Option _ -> 3;
    };
  }

  private static Optional<Path> file(Sources sources) {
    Path named = sources.line().config();
    String variable = sources.environment().get("LAZARET_CONFIG");
    if (named != null) {
      return Optional.of(sources.workingFolder().resolve(named));
    }
    if (variable != null && !variable.isEmpty()) {
      return Optional.of(sources.workingFolder().resolve(variable));
    }
    return UserFolders.of(sources.environment())
        .config()
        .map(folder -> folder.resolve("mirror.toml"))
        .filter(Files::exists);
  }

  private static void variables(
      Sources sources, List<ConfigFile.Assignment> assignments, List<ConfigMistake> mistakes) {
    List<String> known = ConfigKeys.ALL.stream().<String>map(ConfigKey::variable).toList();
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      String text = sources.environment().get(key.variable());
      if (text != null) {
        assignments.add(
            new ConfigFile.Assignment(
                key,
                text,
                new ConfigOrigin.Variable(key.variable()),
                sources.workingFolder(),
                null));
      }
    }
    assignments.addAll(FormerConfigNames.variables(sources));
    sources.environment().keySet().stream()
        .filter(name -> name.startsWith("LAZARET_"))
        .filter(
            name ->
                !known.contains(name)
                    && !RESERVED.contains(name)
                    && !FormerConfigNames.isVariable(name))
        .sorted()
        .forEach(
            name ->
                SpellingSuggestion.of(name, known)
                    .ifPresent(
                        near ->
                            mistakes.add(
                                new ConfigMistake(
                                    new ConfigOrigin.Variable(Excerpt.of(name)),
                                    "there is no such key; did you mean '" + near + "'?"))));
  }

  private static void options(Sources sources, List<ConfigFile.Assignment> assignments) {
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      String option = key.option();
      String text = option == null ? null : sources.line().values().get(option);
      if (option != null && text != null) {
        assignments.add(
            new ConfigFile.Assignment(
                key, text, new ConfigOrigin.Option(option), sources.workingFolder(), null));
      }
    }
  }

  private void defaults(Map<String, String> environment) {
    Path root = Path.of("/");
    UserFolders folders = UserFolders.of(environment);
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      String text =
          switch (key.name()) {
            case "data-dir" -> folders.data().map(Path::toString).orElse(null);
            case "server.socket" ->
                folders
                    .runtime()
                    .map(folder -> folder.resolve(DataFolderFiles.SOCKET).toString())
                    .orElse(null);
            default -> key.initial();
          };
      if (text != null) {
        values.put(key, new Setting(text, key.read(text, root), new ConfigOrigin.Initial()));
      }
    }
  }

  private void set(
      ConfigFile.Assignment assignment,
      Map<String, String> environment,
      List<ConfigMistake> mistakes) {
    ConfigKey<?> key = assignment.key();
    try {
      String text =
          key.type().equals(ConfigValueType.PATH)
              ? CredentialFile.path(assignment.text(), environment)
              : assignment.text();
      Object value = key.read(text, assignment.base());
      values.put(key, new Setting(assignment.text(), value, assignment.origin()));
    } catch (IllegalArgumentException e) {
      mistakes.add(
          new ConfigMistake(
              assignment.origin(),
              "'%s' is '%s': %s".formatted(key.name(), shown(assignment.text()), e.getMessage())));
    }
  }

  /// Returns a value for a message, without the part of an address before an `@` or after a `?`.
  /// Either can be a password or a key.
  static String shown(String text) {
    return Excerpt.of(
        text.replaceAll("//[^/@,]*@", "//***@")
            .replaceAll("(https?://[^?\\s,]*)\\?[^\\s,]*", "$1?***"));
  }

  /// Returns the value of a key, or null if no source sets it and it has no default.
  <T> @Nullable T orNull(ConfigKey<T> key) {
    Setting setting = values.get(key);
    if (setting == null) {
      return null;
    }
    @SuppressWarnings("unchecked") // written by key.read of the same key
    T value = (T) setting.value();
    return value;
  }

  /// Returns the value of a key that has a default.
  ///
  /// @throws IllegalStateException if it has no default and no source sets it
  <T> T value(ConfigKey<T> key) {
    T value = orNull(key);
    if (value == null) {
      throw new IllegalStateException("nothing sets " + key.name());
    }
    return value;
  }

  /// Returns the CI systems of the file, in its order.
  List<WorkloadIssuer> issuers() {
    return issuers;
  }

  /// Returns one line for each former name that a source uses, in the order of the sources. It has
  /// the origin and the name of today.
  public List<String> warnings() {
    return warnings;
  }

  /// Returns the origin of a key's value.
  ConfigOrigin origin(ConfigKey<?> key) {
    Setting setting = values.get(key);
    return setting == null ? new ConfigOrigin.Initial() : setting.origin();
  }

  /// Returns every key with its value and origin, one per line; passwords in addresses are masked.
  /// A CI system has one line, with the names of its bindings.
  public String print() {
    StringBuilder text = new StringBuilder();
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      Setting setting = values.get(key);
      String value = setting == null ? "(not set)" : shown(String.valueOf(setting.text()));
      text.append("%-28s %-40s # %s\n".formatted(key.name(), value, origin(key)));
    }
    for (WorkloadIssuer issuer : issuers) {
      String bindings =
          String.join(", ", issuer.bindings().stream().map(WorkloadBinding::name).toList());
      text.append("%-28s %-40s # file\n".formatted("ci.issuer." + issuer.name(), bindings));
    }
    return text.toString();
  }
}
