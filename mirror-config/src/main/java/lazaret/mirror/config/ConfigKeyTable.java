package lazaret.mirror.config;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The table of keys as text: `--help` and the manual.
public final class ConfigKeyTable {
  private ConfigKeyTable() {}

  /// Returns the text of `--help`.
  public static String help() {
    StringBuilder text =
        new StringBuilder(
            """
            Usage: mirror-server [OPTIONS]

            The gate: a sparse registry for cargo that serves vetted crates only, and the desk's API.

            """);
    option(
        text,
        "--config FILE",
        "Configuration file. Without it: LAZARET_CONFIG, else ~/.config/lazaret/mirror.toml.");
    for (OptionForm option : options()) {
      String value = option.value();
      option(text, value == null ? option.name() : option.name() + " " + value, option.doc());
    }
    option(text, "--print-config", "Print every value and its origin, and exit.");
    option(text, "--help", "Print this, and exit.");
    option(text, "--version", "Print the version, and exit.");
    text.append(
        """

        Every key of docs/configuration.md can be set in the file, in an environment variable
        (LAZARET_POLICY_COOLDOWN=7d for policy.cooldown) and, if it has one, in an option: the later takes precedence.

        Exit codes: 0 stopped, 2 mistakes in options or configuration, 3 cannot start or serve.
        """);
    return text.toString();
  }

  /// The form of an option that sets a key.
  ///
  /// @param name the option: `--listen`
  /// @param value the placeholder of its value; null if it takes none
  /// @param choices the words that it accepts; empty if it accepts others
  /// @param doc one or more sentences, with the default
  public record OptionForm(String name, @Nullable String value, List<String> choices, String doc) {
    /// Copies the list.
    public OptionForm {
      choices = List.copyOf(choices);
    }
  }

  /// Returns the options that set keys, for manual pages and completion in shells.
  public static List<OptionForm> options() {
    List<OptionForm> options = new ArrayList<>();
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      String option = key.option();
      if (option != null) {
        boolean flag = key.type().toml() == ConfigValueType.Toml.BOOLEAN;
        options.add(
            new OptionForm(
                option,
                flag ? null : placeholder(key),
                key.type().choices(),
                plain(key.doc()) + initial(key)));
      }
    }
    return List.copyOf(options);
  }

  private static void option(StringBuilder text, String option, String doc) {
    text.append("  ").append(option).append('\n');
    int column = 0;
    for (String word : doc.split(" ", -1)) {
      if (column == 0 || column + word.length() > 90) {
        text.append(column == 0 ? "      " : "\n      ").append(word);
        column = word.length();
      } else {
        text.append(' ').append(word);
        column += word.length() + 1;
      }
    }
    text.append('\n');
  }

  private static String placeholder(ConfigKey<?> key) {
    return switch (key.typeName()) {
      case "path" -> "DIR";
      case "HOST:PORT" -> "HOST:PORT";
      case "URL" -> "URL";
      case "URL or folder" -> "URL|FOLDER";
      default -> key.typeName().replace(" or ", "|");
    };
  }

  private static String initial(ConfigKey<?> key) {
    return key.initial() == null ? "" : " Default: " + key.initial() + ".";
  }

  private static String plain(String doc) {
    return doc.replace("`", "");
  }

  /// Returns the table of the manual in Markdown, one part for each TOML table.
  public static String markdown() {
    StringBuilder text = new StringBuilder();
    String table = null;
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      int dot = key.name().indexOf('.');
      String own = dot < 0 ? "" : key.name().substring(0, dot);
      if (!own.equals(table)) {
        text.append(own.isEmpty() ? "### Top level\n\n" : "\n### `[%s]`\n\n".formatted(own));
        text.append(
            "| key | takes | default | option and variable | meaning |\n|---|---|---|---|---|\n");
        table = own;
      }
      text.append(row(key, key.name().substring(dot + 1)));
    }
    return text.toString();
  }

  /// Returns the table of former names in Markdown.
  public static String formerNames() {
    StringBuilder text =
        new StringBuilder("| former key and variable | key and variable |\n|---|---|\n");
    new TreeMap<>(ConfigKeys.FORMER)
        .forEach(
            (name, key) ->
                text.append(
                    "| `%s`, `%s` | `%s`, `%s` |\n"
                        .formatted(name, ConfigKey.variable(name), key.name(), key.variable())));
    return text.toString();
  }

  private static String row(ConfigKey<?> key, String name) {
    String initial = key.initial();
    return "| `%s` | %s | %s | %s`%s` | %s |\n"
        .formatted(
            name,
            key.typeName(),
            initial == null || initial.isEmpty() ? "-" : "`" + initial + "`",
            key.option() == null ? "" : "`" + key.option() + "`, ",
            key.variable(),
            key.doc());
  }
}
