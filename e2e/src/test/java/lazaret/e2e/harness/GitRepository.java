package lazaret.e2e.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A git repository with the pre-commit hook of the documentation.
///
/// @param folder the work tree
/// @param bin a folder with the command line as `vetting-cli`
/// @param data the data folder of the gate that the hook uses
public record GitRepository(Path folder, Path bin, Path data) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Creates a repository in a folder.
  ///
  /// @param data the data folder of a gate, or an empty folder if no gate must reply
  public static GitRepository in(Path folder, Path data) throws IOException {
    List<String> command = new ArrayList<>(Machine.java("256m", FastStart.CLI.options()));
    command.add("lazaret.cli.Main");
    Path bin = WorkFolder.folder("bin");
    Path script = bin.resolve("vetting-cli");
    Files.writeString(script, "#!/bin/sh\nexec '" + String.join("' '", command) + "' \"$@\"\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    GitRepository repository = new GitRepository(folder, bin, data);
    repository.git("init", "-q").ok();
    Path hook = folder.resolve(".git/hooks/pre-commit");
    Files.createDirectories(folder.resolve(".git/hooks"));
    Files.copy(Machine.root().resolve("docs/hooks/pre-commit"), hook);
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwx------"));
    return repository;
  }

  /// Runs git.
  public ProgramResult git(String... words) {
    List<String> command = new ArrayList<>(List.of("/usr/bin/git"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    Machine.clean(environment);
    environment.put("PATH", bin + ":/usr/bin:/bin");
    environment.put("LAZARET_DATA_DIR", data.toString());
    // Port 9 has no listener. It is used if there is no gate with this data folder.
    if (!Files.exists(data.resolve("listening"))) {
      environment.put("LAZARET_SERVER", "http://127.0.0.1:9");
    }
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "somebody");
      environment.put("GIT_" + who + "_EMAIL", "somebody@example.org");
    }
    return ProgramResult.of(builder, PATIENCE);
  }
}
