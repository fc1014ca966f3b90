package lazaret.mirror.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import lazaret.storage.files.DataFolderFiles;

/// The standard folders for a user's files.
///
/// Source: XDG Base Directory Specification 0.8.
public final class Folders {
  private Folders() {}

  /// Returns the default folder of the store: `$XDG_DATA_HOME/lazaret`, else
  /// `~/.local/share/lazaret`; empty if there is no home folder.
  public static Optional<Path> data(Map<String, String> environment) {
    return folder(environment, "XDG_DATA_HOME", ".local/share");
  }

  /// Returns the folder of configuration files: `$XDG_CONFIG_HOME/lazaret`, else
  /// `~/.config/lazaret`; empty if there is no home folder.
  public static Optional<Path> config(Map<String, String> environment) {
    return folder(environment, "XDG_CONFIG_HOME", ".config");
  }

  /// Returns the socket in the folder that the service manager made for the server; empty if it
  /// made none. The folder is the first in `RUNTIME_DIRECTORY`, systemd.exec(5).
  public static Optional<Path> runtimeSocket(Map<String, String> environment) {
    String first = environment.getOrDefault("RUNTIME_DIRECTORY", "").split(":", 2)[0];
    return first.startsWith("/") ? Optional.of(Path.of(first, DataFolderFiles.SOCKET)) : Optional.empty();
  }

  private static Optional<Path> folder(
      Map<String, String> environment, String variable, String below) {
    String named = environment.getOrDefault(variable, "");
    // A relative path must be ignored (XDG Base Directory Specification, *Basics*).
    if (named.startsWith("/")) {
      return Optional.of(Path.of(named, "lazaret"));
    }
    String home = environment.getOrDefault("HOME", "");
    return home.startsWith("/") ? Optional.of(Path.of(home, below, "lazaret")) : Optional.empty();
  }
}
