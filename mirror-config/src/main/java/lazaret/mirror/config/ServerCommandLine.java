package lazaret.mirror.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.vetting.Excerpt;
import lazaret.vetting.SpellingSuggestion;
import org.jspecify.annotations.Nullable;

/// The options of the server's command line.
///
/// @param values the text of each option that sets a key, by the option's name
/// @param config the file of `--config`; null if absent
/// @param asked the action
/// @param mistakes in the order of the line
public record ServerCommandLine(
    Map<String, String> values, @Nullable Path config, Asked asked, List<ConfigMistake> mistakes) {

  static final String CONFIG = "--config";

  /// The actions of the command line.
  public enum Asked {
    /// Serve.
    SERVE,
    /// Print the configuration and the origin of each value.
    PRINT_CONFIG,
    /// Print the options.
    HELP,
    /// Print the version.
    VERSION
  }

  /// Reads a command line.
  ///
  /// @param arguments as the program got them: `--option VALUE` or `--option=VALUE`
  public static ServerCommandLine parse(List<String> arguments) {
    return new Reading(arguments).read();
  }

  /// The parser of one command line.
  private static final class Reading {
    private final List<String> arguments;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<ConfigMistake> mistakes = new ArrayList<>();
    private @Nullable Path config;
    private Asked asked = Asked.SERVE;
    private int next;

    private Reading(List<String> arguments) {
      this.arguments = arguments;
    }

    private ServerCommandLine read() {
      while (next < arguments.size()) {
        String argument = arguments.get(next++);
        int equals = argument.indexOf('=');
        boolean joined = argument.startsWith("--") && equals > 0;
        option(
            joined ? argument.substring(0, equals) : argument,
            joined ? argument.substring(equals + 1) : null);
      }
      return new ServerCommandLine(Map.copyOf(values), config, asked, List.copyOf(mistakes));
    }

    private void option(String name, @Nullable String joined) {
      switch (name) {
        case "--print-config" -> ask(Asked.PRINT_CONFIG, name, joined);
        case "--help", "-h" -> ask(Asked.HELP, name, joined);
        case "--version", "-V" -> ask(Asked.VERSION, name, joined);
        case CONFIG -> value(name, joined).ifPresent(this::config);
        default -> key(name, joined);
      }
    }

    private void ask(Asked what, String name, @Nullable String joined) {
      if (joined != null) {
        mistake(name, "takes no value");
      }
      asked = what;
    }

    private void config(String text) {
      try {
        config = Path.of(text);
      } catch (InvalidPathException _) {
        mistake(CONFIG, "'" + Excerpt.of(text) + "': expected a path");
      }
    }

    private void key(String name, @Nullable String joined) {
      Optional<ConfigKey<?>> key =
          ConfigKeys.ALL.stream().filter(k -> name.equals(k.option())).findFirst();
      if (key.isEmpty()) {
        mistake(Excerpt.of(name), "there is no such option" + hint(name));
        return;
      }
      boolean flag = key.get().type().toml() == ConfigValueType.Toml.BOOLEAN;
      Optional<String> text = flag && joined == null ? Optional.of("true") : value(name, joined);
      text.ifPresent(
          t -> {
            if (values.put(name, t) != null) {
              mistake(name, "is named twice");
            }
          });
    }

    private static String hint(String name) {
      List<String> known =
          Stream.concat(
                  ConfigKeys.ALL.stream().map(ConfigKey::option).flatMap(Stream::ofNullable),
                  Stream.of(CONFIG, "--print-config", "--help", "--version"))
              .toList();
      return SpellingSuggestion.of(name, known)
          .map(k -> "; did you mean '" + k + "'?")
          .orElse("; --help lists all options");
    }

    private Optional<String> value(String name, @Nullable String joined) {
      if (joined != null) {
        return Optional.of(joined);
      }
      if (next < arguments.size() && !arguments.get(next).startsWith("--")) {
        return Optional.of(arguments.get(next++));
      }
      mistake(name, "needs a value");
      return Optional.empty();
    }

    private void mistake(String option, String text) {
      mistakes.add(new ConfigMistake(new ConfigOrigin.Option(option), text));
    }
  }
}
