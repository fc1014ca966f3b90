package lazaret.storage.files;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The standard folders for a user's files of this program.
///
/// Source: XDG Base Directory Specification 0.8.
///
/// @param environment the environment variables
/// @param home the home folder; null if the user has none
public record UserFolders(Map<String, String> environment, @Nullable Path home) {
  private static final String NAME = "lazaret";

  /// Copies the variables.
  public UserFolders {
    environment = Map.copyOf(environment);
  }

  /// Returns the folders of the user whom the variable `HOME` names.
  public static UserFolders of(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return new UserFolders(environment, home.startsWith("/") ? Path.of(home) : null);
  }

  /// Returns the folder of data: `$XDG_DATA_HOME/lazaret`, else `~/.local/share/lazaret`; empty if
  /// there is no home folder.
  public Optional<Path> data() {
    return folder("XDG_DATA_HOME", ".local/share");
  }

  /// Returns the folder of configuration files: `$XDG_CONFIG_HOME/lazaret`, else
  /// `~/.config/lazaret`; empty if there is no home folder.
  public Optional<Path> config() {
    return folder("XDG_CONFIG_HOME", ".config");
  }

  /// Returns the folder of files that can be made again: `$XDG_CACHE_HOME/lazaret`, else
  /// `~/.cache/lazaret`; empty if there is no home folder.
  public Optional<Path> cache() {
    return folder("XDG_CACHE_HOME", ".cache");
  }

  /// Returns the folder that the service manager made for the sockets of the server; empty if it
  /// made none. The folder is the first in `RUNTIME_DIRECTORY`, systemd.exec(5).
  public Optional<Path> runtime() {
    String first = environment.getOrDefault("RUNTIME_DIRECTORY", "").split(":", 2)[0];
    return first.startsWith("/") ? Optional.of(Path.of(first)) : Optional.empty();
  }

  private Optional<Path> folder(String variable, String below) {
    String named = environment.getOrDefault(variable, "");
    // A relative path must be ignored (XDG Base Directory Specification, *Basics*).
    if (named.startsWith("/")) {
      return Optional.of(Path.of(named, NAME));
    }
    return Optional.ofNullable(home).map(folder -> folder.resolve(below).resolve(NAME));
  }
}
