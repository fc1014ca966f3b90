package lazaret.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// A bare repository for tests, made of single objects, so that it may have any tree.
public final class BareRepository {
  /// The program.
  static final Path PROGRAM = Path.of("/usr/bin/git");

  /// The folder of the repository.
  public final Path folder;

  /// A line of a tree.
  ///
  /// @param object the id of a blob, a tree or a commit
  public record Line(String mode, String name, String object) {}

  /// Creates an empty repository.
  public BareRepository(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    String _ = git(new byte[0], "init", "--bare", "--quiet", "--initial-branch=main", ".");
    String _ = git(new byte[0], "config", "uploadpack.allowAnySHA1InWant", "true");
  }

  /// Runs git and returns its output without the line end.
  public String git(byte[] input, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "-C"));
    command.add(folder.toString());
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put("HOME", folder.toString());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    for (String role : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + role + "_NAME", "Test");
      environment.put("GIT_" + role + "_EMAIL", "test@example.org");
      environment.put("GIT_" + role + "_DATE", "2026-01-01T00:00:00Z");
    }
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (OutputStream out = process.getOutputStream()) {
      out.write(input);
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("git " + String.join(" ", words) + " failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return output.strip();
  }

  /// Writes a file and returns its id.
  public String blob(String content) throws IOException {
    return git(content.getBytes(StandardCharsets.UTF_8), "hash-object", "-w", "--stdin");
  }

  /// Writes a tree without the checks of git.
  public String tree(List<Line> lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Line line : lines) {
      out.writeBytes((line.mode() + " " + line.name()).getBytes(StandardCharsets.UTF_8));
      out.write(0);
      out.writeBytes(HexFormat.of().parseHex(line.object()));
    }
    return git(out.toByteArray(), "hash-object", "-w", "-t", "tree", "--literally", "--stdin");
  }

  /// Commits files to the branch `main`, in folders as their paths say.
  public String commit(Map<String, String> files) throws IOException {
    StringBuilder index = new StringBuilder();
    for (Map.Entry<String, String> each : files.entrySet()) {
      index.append("100644 ").append(blob(each.getValue())).append('\t').append(each.getKey());
      index.append('\n');
    }
    Files.deleteIfExists(folder.resolve("index"));
    byte[] lines = index.toString().getBytes(StandardCharsets.UTF_8);
    String _ = git(lines, "update-index", "--add", "--index-info");
    return commit(git(new byte[0], "write-tree"));
  }

  /// Commits a tree to the branch `main`.
  public String commit(String tree) throws IOException {
    byte[] none = new byte[0];
    String parent = git(none, "for-each-ref", "--format=%(objectname)", "refs/heads/main");
    String commit =
        parent.isEmpty()
            ? git(none, "commit-tree", "-m", "test", tree)
            : git(none, "commit-tree", "-p", parent, "-m", "test", tree);
    String _ = git(new byte[0], "update-ref", "refs/heads/main", commit);
    return commit;
  }
}
