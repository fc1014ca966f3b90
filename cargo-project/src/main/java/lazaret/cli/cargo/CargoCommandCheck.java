package lazaret.cli.cargo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;

/// The check that a command of cargo in the sandbox builds by the lockfile that was checked.
///
/// Source: the Cargo book, *cargo build* (`--manifest-path`, `--config`), *Configuration*
/// (`resolver.lockfile-path`, stable since cargo 1.97).
///
/// @param root the folder of that lockfile
/// @param project the folder that the command sees
/// @param within the working folder, relative to the project
public record CargoCommandCheck(Path root, Path project, Path within) {
  private static final String MANIFEST = "Cargo.toml";
  private static final String LOCKFILE_VARIABLE = CargoConfig.variable("resolver", "lockfile-path");

  /// The start of variables for aliases. An alias may add options to `b` or `clippy`.
  private static final String ALIAS_VARIABLE = CargoConfig.variable("alias", "");

  private static final String LOCKFILE_OPTION = "--lockfile-path";

  /// The commands of cargo that pass all words from the first argument of the program on to it.
  private static final Set<String> RUNNING = Set.of("run", "r");

  /// Checks a command.
  ///
  /// @param command the program and its arguments; empty for none
  /// @param variables the names of the variables that it gets
  /// @param ownConfiguration whether cargo sees the configuration of the project
  /// @throws MalformedException if it could build by another lockfile
  public void check(List<String> command, Collection<String> variables, boolean ownConfiguration) {
    checkLockfile();
    checkRoot();
    for (String variable : variables) {
      if (variable.equals(LOCKFILE_VARIABLE) || variable.startsWith(ALIAS_VARIABLE)) {
        throw refused("no variable that chooses a lockfile", variable, "leave it out");
      }
    }
    if (ownConfiguration) {
      checkConfiguration(command);
    }
    if (command.isEmpty() || !command.getFirst().equals("cargo")) {
      return;
    }
    // Words after cargo's own -- are for the program that cargo runs.
    int end = command.contains("--") ? command.indexOf("--") : command.size();
    List<String> words = command.subList(1, end);
    try {
      checkOptions(words);
    } catch (MalformedException e) {
      if (words.isEmpty() || !RUNNING.contains(words.getFirst())) {
        throw e;
      }
      throw new MalformedException(
          e.getMessage() + ", or write arguments of the program after a further --", e);
    }
  }

  /// Checks the options after the subcommand. Cargo's own option `-C` can only stand before it,
  /// where the sandbox permits none.
  private void checkOptions(List<String> words) {
    if (!values(words, LOCKFILE_OPTION).isEmpty()) {
      throw refused("no option " + LOCKFILE_OPTION, "one", "leave it out");
    }
    values(words, "--manifest-path").forEach(this::checkManifest);
    values(words, "--config").forEach(this::checkSetting);
  }

  private Path folder() {
    return project.resolve(within).normalize();
  }

  /// Checks that the sandbox shows the lockfile as it is here.
  private void checkLockfile() {
    Path lockfile = root.resolve("Cargo.lock");
    if (Files.isSymbolicLink(lockfile)) {
      throw refused(
          "a regular file " + lockfile, "a symbolic link", "replace it by a copy of the file");
    }
  }

  /// Checks that no manifest above the project determines the root. The sandbox does not show it.
  private void checkRoot() {
    Path inside = CargoProject.rootWithin(folder(), project).orElse(project);
    if (!inside.equals(root)) {
      throw refused(
          "the workspace " + root + " without the manifests above " + project,
          inside.toString(),
          "name a folder that contains all of these manifests with --project");
    }
  }

  private void checkConfiguration(List<String> command) {
    CargoConfigReader reader = CargoConfigReader.inSandbox(folder(), project);
    CargoConfig config = reader.read(Map.of());
    if (!reader.findings().isEmpty()) {
      throw refused(
          "a configuration of cargo that can be read, and that is the same in the sandbox",
          reader.findings().getFirst().what(),
          "use few regular files in the project with relative includes, or leave out"
              + " --honor-project-config");
    }
    Optional<CargoConfig.Setting> other = config.get("resolver", "lockfile-path");
    if (other.isPresent()) {
      throw refused(
          "no setting resolver.lockfile-path",
          "one in " + other.get().origin(),
          "remove it, or leave out --honor-project-config");
    }
    if (command.size() > 1 && config.below("alias").contains(command.get(1))) {
      throw refused(
          "a command of cargo itself",
          "the alias '%s' of a configuration".formatted(command.get(1)),
          "write out the command");
    }
  }

  private void checkManifest(String value) {
    Path manifest = manifest(value);
    Path named = CargoProject.rootWithin(manifest.resolveSibling(""), project).orElse(root);
    if (!named.equals(root)) {
      throw refused(
          "a manifest of the workspace " + root,
          "one of " + named,
          "start the command in %s without --manifest-path".formatted(named));
    }
  }

  /// Returns the path of a manifest, which cargo does not look for in folders above.
  private Path manifest(String value) {
    String next = "start the command in the folder of that manifest";
    try {
      Path manifest = folder().resolve(value).normalize();
      if (value.startsWith("/")
          || !manifest.endsWith(MANIFEST)
          || !manifest.toRealPath().equals(manifest)) {
        throw refused(
            "--manifest-path with a relative path of a Cargo.toml without symbolic links",
            "'" + value + "'",
            next);
      }
      return manifest;
    } catch (IOException | InvalidPathException _) {
      throw refused("--manifest-path with a file", "'" + value + "'", next);
    }
  }

  private void checkSetting(String value) {
    FlatToml keys = setting(value);
    boolean other = keys.has("include") || keys.has("alias");
    if (other || keys.values().containsKey(List.of("resolver", "lockfile-path"))) {
      throw refused(
          "--config without a file, an alias and resolver.lockfile-path",
          "'" + value + "'",
          "leave it out");
    }
  }

  /// Reads a setting. Cargo prefers a file of that name.
  private FlatToml setting(String value) {
    try {
      if (!Files.exists(folder().resolve(value), LinkOption.NOFOLLOW_LINKS)) {
        return FlatToml.parse(Bytes.utf8(value), "--config");
      }
    } catch (MalformedException | InvalidPathException _) {
      // The refusal below is for all values of another form.
    }
    throw refused(
        "--config KEY=VALUE", "'" + value + "'", "name the settings of a file one by one");
  }

  /// Returns the values of an option in both of its forms.
  private static List<String> values(List<String> words, String option) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith(option + "=")) {
        values.add(word.substring(option.length() + 1));
      } else if (word.equals(option)) {
        values.add(i + 1 < words.size() ? words.get(i + 1) : "");
      }
    }
    return values;
  }

  private static MalformedException refused(String expected, String found, String next) {
    return new MalformedException(
        "cannot build by the checked lockfile: expected %s, found %s; %s"
            .formatted(expected, found, next));
  }
}
