package lazaret.mirror.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where a user's files belong. Source: XDG Base Directory Specification 0.8.
public final class Folders {
  private Folders() {}

  /// Returns the folder of the store where nothing names one: `$XDG_DATA_HOME/lazaret`, else
  /// `~/.local/share/lazaret`; empty where there is no home.
  public static Optional<Path> data(Map<String, String> environment) {
    return folder(environment, "XDG_DATA_HOME", ".local/share");
  }

  /// Returns the folder of configuration files: `$XDG_CONFIG_HOME/lazaret`, else
  /// `~/.config/lazaret`; empty where there is no home.
  public static Optional<Path> config(Map<String, String> environment) {
    return folder(environment, "XDG_CONFIG_HOME", ".config");
  }

  private static Optional<Path> folder(
      Map<String, String> environment, String variable, String below) {
    String named = environment.getOrDefault(variable, "");
    // A relative path is to be ignored (XDG Base Directory Specification, *Basics*).
    if (named.startsWith("/")) {
      return Optional.of(Path.of(named, "lazaret"));
    }
    String home = environment.getOrDefault("HOME", "");
    return home.startsWith("/") ? Optional.of(Path.of(home, below, "lazaret")) : Optional.empty();
  }
}
