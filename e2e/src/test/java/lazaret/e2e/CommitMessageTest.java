package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules for messages of commits, as `docs/hooks/commit-msg` holds them; `bin/commits` runs it
/// over a range.
class CommitMessageTest {
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Add a page for changed stores",
        "Measure starts without a class cache",
        "Fix the count of ß in names that have twenty characters and one of more",
        "Move the reader of feeds\n\nIt serves the gate and the desk.",
        "Test one name\n# a comment of git\n"
      })
  void acceptsAVerbAndAnObject(String message) throws IOException {
    check(message, 20).ok();
  }

  @ParameterizedTest
  @CsvSource({
    "Say in one place why bytes did not come,expected a first word of",
    "add a page,expected a first word of",
    "Addresses of feeds,expected a first word of",
    "Add,expected a first word of",
    "'',expected a first word of",
    "Add a page.,expected no full stop",
    "Add a page\\nand another,expected an empty line after the subject"
  })
  void refusesAnotherForm(String message, String reason) throws IOException {
    ProgramResult ran = check(message.replace("\\n", "\n"), 1).exits(1);

    assertThat(ran.err()).contains("cannot accept", reason);
  }

  @Test
  void refusesASubjectOfMoreThan72Characters() throws IOException {
    check("Add " + "x".repeat(68), 1).ok();

    assertThat(check("Add " + "x".repeat(69), 1).exits(1).err())
        .contains("expected at most 72 characters");
  }

  @Test
  void refusesAChangeOfManyLinesWithoutAReason() throws IOException {
    assertThat(check("Add a page\n\nReviewed-by: ann\n", 21).exits(1).err())
        .contains("expected a body with the reason, since 21 lines change");
    check("Add a page\n\nReaders ask for it.\n", 21).ok();
  }

  /// In a repository, the lines that are staged count.
  @Test
  void countsWhatIsStaged() throws IOException {
    git("init", "-q").ok();
    Path hook = dir.resolve(".git/hooks/commit-msg");
    Files.createDirectories(hook.resolveSibling("."));
    Files.copy(Machine.root().resolve("docs/hooks/commit-msg"), hook);
    assertThat(hook.toFile().setExecutable(true)).isTrue();
    Files.writeString(dir.resolve("page.md"), "line\n".repeat(21));
    git("add", "page.md").ok();

    assertThat(git("commit", "-q", "-m", "Add a page").exits(1).err())
        .contains("since 21 lines change");
    git("commit", "-q", "-m", "Add a page", "-m", "Readers ask for it.").ok();
  }

  private ProgramResult check(String message, int lines) throws IOException {
    Path file = Files.writeString(dir.resolve("message"), message);
    Path hook = Machine.root().resolve("docs/hooks/commit-msg");
    return run(hook.toString(), file.toString(), Integer.toString(lines));
  }

  private ProgramResult git(String... words) {
    String[] command = new String[words.length + 5];
    String[] identity = {
      "git", "-c", "user.name=ann", "-c", "user.email=ann@example.org",
    };
    System.arraycopy(identity, 0, command, 0, identity.length);
    System.arraycopy(words, 0, command, identity.length, words.length);
    return run(command);
  }

  private ProgramResult run(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().keySet().removeIf(name -> name.matches("GIT_(DIR|INDEX_FILE|WORK_TREE)"));
    return ProgramResult.of(builder, Duration.ofMinutes(1));
  }
}
