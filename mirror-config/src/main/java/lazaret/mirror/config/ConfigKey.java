package lazaret.mirror.config;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One key of the configuration.
///
/// @param <T> the type of its value
/// @param name as in the file, with the table before a dot: `policy.cooldown`
/// @param type the type of its text
/// @param initial the default as a user would write it; null if there is none
/// @param option the command-line option that sets it, for example `--listen`; null if there is
///   none
/// @param doc one or more sentences for people
public record ConfigKey<T>(
    String name,
    ConfigValueType<T> type,
    @Nullable String initial,
    @Nullable String option,
    String doc) {

  /// Uses the name alone. The hash of all components needs code that the JVM generates at each
  /// start.
  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /// Returns the name of the environment variable that sets it, for example
  /// `LAZARET_POLICY_COOLDOWN`.
  public String variable() {
    return variable(name);
  }

  /// Returns the name of the environment variable of a key's name.
  static String variable(String name) {
    return "LAZARET_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /// Returns the name of its type in the documentation.
  public String typeName() {
    return type.name();
  }

  T read(String text, Path base) {
    return type.reader().read(text, base);
  }
}
