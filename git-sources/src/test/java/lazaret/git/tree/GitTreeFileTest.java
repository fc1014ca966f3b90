package lazaret.git.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import lazaret.git.tree.GitTreeEntry.Kind;
import lazaret.testkit.Mutator;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitTreeFileTest {
  private static final String LONG = "folder/" + "a".repeat(120) + ".rs";

  @TempDir Path folder;

  private Path write(Map<String, String> contents) throws IOException {
    Path file = folder.resolve("tree.tar");
    try (GitTreeWriter writer = new GitTreeWriter(file)) {
      for (Map.Entry<String, String> each : contents.entrySet()) {
        add(writer, each.getKey(), Kind.FILE, each.getValue());
      }
      writer.finish();
    }
    return file;
  }

  private static void add(GitTreeWriter writer, String path, Kind kind, String content)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    writer.add(path, kind, bytes.length, new ByteArrayInputStream(bytes));
  }

  private static Map<String, String> sample() {
    Map<String, String> contents = new LinkedHashMap<>();
    contents.put("Cargo.toml", "[package]\n");
    contents.put(LONG, "x".repeat(1_000));
    contents.put("src/lib.rs", "");
    contents.put("ü.txt", "umlaut");
    return contents;
  }

  @Test
  void entriesAndContentsAreThoseThatWereWritten() throws IOException {
    try (GitTreeFile tree = GitTreeFile.open(write(sample()))) {
      assertThat(tree.entries().keySet()).containsExactlyElementsOf(sample().keySet());
      for (GitTreeEntry entry : tree.entries().values()) {
        Bytes content = tree.content(entry, 1_000);
        assertThat(content.text()).isEqualTo(sample().get(entry.path()));
        assertThat(entry.sha256()).isEqualTo(Sha256.of(content));
      }
      GitTreeEntry large = Optional.ofNullable(tree.entries().get(LONG)).orElseThrow();
      assertThatThrownBy(() -> tree.content(large, 999)).isInstanceOf(MalformedException.class);
    }
  }

  /// Decisions out there name this hash.
  @Test
  void hashIsTheStatedOne() throws IOException {
    Path file = folder.resolve("modes.tar");
    try (GitTreeWriter writer = new GitTreeWriter(file)) {
      add(writer, "a", Kind.FILE, "1");
      add(writer, "b", Kind.PROGRAM, "");
      add(writer, "c", Kind.LINK, "a");
      writer.finish();
    }
    String text =
        "lazaret-tree/1\n"
            + "100644 1 6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b a\0"
            + "100755 0 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 b\0"
            + "120000 1 ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb c\0";

    try (GitTreeFile tree = GitTreeFile.open(file)) {
      assertThat(tree.hash()).isEqualTo(Sha256.of(Bytes.utf8(text)));
    }
  }

  @Test
  void eachChangeOfABitIsFound() throws IOException {
    Path file = write(sample());
    byte[] bytes = Files.readAllBytes(file);
    Sha256 hash;
    try (GitTreeFile tree = GitTreeFile.open(file)) {
      hash = tree.hash();
    }
    for (int at = 0; at < bytes.length; at += 7) {
      byte[] changed = bytes.clone();
      changed[at] ^= 4;
      Path other = Files.write(folder.resolve("changed.tar"), changed);
      try (GitTreeFile tree = GitTreeFile.open(other)) {
        assertThat(tree.hash()).as("byte %d", at).isNotEqualTo(hash);
      } catch (MalformedException e) {
        assertThat(e).hasMessageStartingWith("cannot ");
      }
    }
  }

  @Test
  void mutatedFilesAreReadOrRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(write(sample()));
    Mutator mutator = new Mutator(6);
    for (int round = Mutator.rounds(500); round > 0; round--) {
      Path other = Files.write(folder.resolve("mutated.tar"), mutator.mutate(bytes));
      try (GitTreeFile tree = GitTreeFile.open(other)) {
        assertThat(tree.entries().keySet()).noneMatch(path -> path.contains(".."));
      } catch (MalformedException e) {
        assertThat(e).hasMessageStartingWith("cannot ");
      }
    }
  }

  @Test
  void orderIsThatOfTheBytes() throws IOException {
    try (GitTreeWriter writer = new GitTreeWriter(folder.resolve("order.tar"))) {
      add(writer, "a-b", Kind.FILE, "");
      add(writer, "a/b", Kind.FILE, "");
      for (String path : new String[] {"a/b", "a-c", "A"}) {
        assertThatThrownBy(() -> add(writer, path, Kind.FILE, ""))
            .isInstanceOf(MalformedException.class)
            .hasMessageContaining("twice, or out of order");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/a",
        "a/",
        "a//b",
        "../a",
        "a/../b",
        "./a",
        ".git/config",
        "a/.GIT/hooks/x",
        "a/.git\u200c/x",
        "a\\b",
        "c:x",
        "a\u0007",
        "a\u202eb",
        "a/.git./x"
      })
  void pathsThatLeadElsewhereAreRefused(String path) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> GitTreePath.decode(bytes, 0, bytes.length))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot use the tree: the path ");
  }

  @Test
  void pathsThatAreNotUtf8OrTooLongAreRefused() {
    byte[] latin = {'a', (byte) 0xe4};
    byte[] longPath = "a".repeat(1_025).getBytes(StandardCharsets.UTF_8);
    byte[] deep = "a/".repeat(60).concat("a").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> GitTreePath.decode(latin, 0, 2)).hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> GitTreePath.decode(longPath, 0, longPath.length))
        .hasMessageContaining("longer than 1024 bytes");
    assertThatThrownBy(() -> GitTreePath.decode(deep, 0, deep.length))
        .hasMessageContaining("deeper than 60 folders");
  }
}
