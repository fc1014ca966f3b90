package lazaret.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import lazaret.git.tree.GitTreeFile;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scripts in place of git, whose output may have 1,000 bytes in heap.
class GitTreeReaderTest {
  private static final GitProgram.Limits LIMITS =
      new GitProgram.Limits(Duration.ofMinutes(1), 1_000, 64L << 20, 256L << 20);
  private static final String OBJECT = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

  @TempDir Path folder;

  private GitTreeReader script(String text) throws IOException {
    Path program = Files.writeString(folder.resolve("git"), "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new GitTreeReader(new GitProgram(program, folder, LIMITS));
  }

  @Test
  void listIsReadEntryByEntry() throws IOException {
    GitTreeReader reader =
        script(
            """
            case "$*" in
              *ls-tree*)
                i=100
                while [ $i -lt 600 ]; do printf '100644 blob %1$s\\tp%%s\\0' $i; i=$((i+1)); done;;
              *)
                while read id; do printf '%%s blob 0\\n\\n' $id; done;;
            esac
            """
                .formatted(OBJECT));
    Path file = folder.resolve("tree.tar");

    reader.write(folder, OBJECT, file);

    try (GitTreeFile tree = GitTreeFile.open(file)) {
      assertThat(tree.entries()).hasSize(500).containsKey("p599");
    }
  }

  @Test
  void listWithoutAnEndIsRefused() throws IOException {
    GitTreeReader many =
        script("yes \"$(printf '100644 blob %s\\tp')\" | tr '\\n' '\\0'".formatted(OBJECT));

    assertThatThrownBy(() -> many.write(folder, OBJECT, folder.resolve("tree.tar")))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected at most 200000 entries");

    GitTreeReader endless = script("yes | tr -d '\\n'");

    assertThatThrownBy(() -> endless.write(folder, OBJECT, folder.resolve("tree.tar")))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected entries of at most 2048 bytes");
  }

  @Test
  void longListIsRefused() throws IOException {
    GitTreeReader reader =
        script(
            "yes \"$(printf '100644 blob %s\\t%s')\" | tr '\\n' '\\0'"
                .formatted(OBJECT, "p".repeat(900)));

    assertThatThrownBy(() -> reader.write(folder, OBJECT, folder.resolve("tree.tar")))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected a list of at most 16777216 bytes");
  }
}
