package lazaret.mirror.config;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One key of the configuration.
///
/// @param <T> what it is read as
/// @param name as in the file, with the table before a dot: `policy.cooldown`
/// @param type what it takes
/// @param initial the value where nothing sets it, as it would be written; null where there is none
/// @param option the command-line option that sets it, for example `--listen`; null where there is
///   none
/// @param doc one or more sentences for people
public record Key<T>(
    String name, KeyType<T> type, @Nullable String initial, @Nullable String option, String doc) {

  /// By the name alone: the hash of all components is made by code that each start makes anew.
  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /// Returns the name of the environment variable that sets it: `LAZARET_POLICY_COOLDOWN`.
  public String variable() {
    return "LAZARET_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /// Returns the word for what it takes.
  public String typeName() {
    return type.name();
  }

  T read(String text, Path base) {
    return type.reader().read(text, base);
  }
}
