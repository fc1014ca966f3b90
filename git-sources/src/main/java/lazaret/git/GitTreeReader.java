package lazaret.git;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import lazaret.git.tree.GitTreeEntry;
import lazaret.git.tree.GitTreePath;
import lazaret.git.tree.GitTreeWriter;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;

/// The reader of the tree of a commit. It uses neither a working tree nor `git archive`: attributes
/// of a repository would change contents.
final class GitTreeReader {
  private static final int MAX_LINE = 200;
  private static final int CHUNK = 64 << 10;
  private static final int MAX_ENTRIES = GitTreeWriter.MAX_ENTRIES;

  /// The maximum length of an entry that Git lists. It has room for the longest path.
  private static final int MAX_ENTRY = 2 << 10;

  /// The maximum length of the list, in bytes. Its entries are in heap.
  private static final int MAX_LISTED = 16 << 20;

  private final GitProgram git;

  GitTreeReader(GitProgram git) {
    this.git = git;
  }

  /// An object of a repository under its path.
  private record Named(String path, GitTreeEntry.Kind kind, String object) {}

  /// Returns the id of the tree of a commit.
  String treeId(Path repository, String commit) {
    String id =
        git.run(repository, Map.of(), List.of("rev-parse", "--verify", commit + "^{tree}"))
            .text()
            .strip();
    if (!GitAddress.isCommit(id)) {
      throw new MalformedException("cannot read the tree: expected its id");
    }
    return id;
  }

  /// Writes the tree of a commit into a new file.
  ///
  /// @throws MalformedException if the tree has paths or kinds that are refused, or is too large
  void write(Path repository, String commit, Path file) {
    List<Named> entries = list(repository, commit);
    StringBuilder objects = new StringBuilder();
    entries.stream()
        .filter(entry -> entry.kind() != GitTreeEntry.Kind.MODULE)
        .forEach(entry -> objects.append(entry.object()).append('\n'));
    GitProgram.Call call =
        new GitProgram.Call(List.of("cat-file", "--batch"), Bytes.utf8(objects.toString()));
    var _ =
        git.run(
            repository,
            Map.of(),
            call,
            output -> {
              copy(entries, new BufferedInputStream(output, CHUNK), file);
              return file;
            });
  }

  private static void copy(List<Named> entries, InputStream in, Path file) throws IOException {
    try (GitTreeWriter writer = new GitTreeWriter(file)) {
      for (Named entry : entries) {
        if (entry.kind() == GitTreeEntry.Kind.MODULE) {
          byte[] id = entry.object().getBytes(StandardCharsets.US_ASCII);
          writer.add(entry.path(), entry.kind(), id.length, new ByteArrayInputStream(id));
        } else {
          writer.add(entry.path(), entry.kind(), length(in, entry), in);
          if (in.read() != '\n') {
            throw new MalformedException("cannot read the tree: git wrote another form");
          }
        }
      }
      writer.finish();
    }
  }

  /// Reads the line before a content: `OBJECT blob LENGTH`.
  private static long length(InputStream in, Named entry) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() > MAX_LINE) {
        throw new MalformedException("cannot read the tree: git wrote another form");
      }
      line.append((char) c);
    }
    String expected = entry.object() + " blob ";
    if (!line.toString().startsWith(expected)) {
      throw new MalformedException(
          "cannot read the tree: '%s' is not a file of the repository".formatted(entry.path()));
    }
    try {
      return Long.parseLong(line.substring(expected.length()));
    } catch (NumberFormatException e) {
      throw new MalformedException("cannot read the tree: a length is not a number", e);
    }
  }

  private List<Named> list(Path repository, String commit) {
    List<Named> entries =
        git.run(
            repository,
            Map.of(),
            List.of("ls-tree", "-r", "-z", "--full-tree", commit + "^{tree}"),
            output -> entries(new BufferedInputStream(output, CHUNK)));
    // Git orders a folder as if its name ended in a slash, which is the order of whole paths.
    entries.sort(Comparator.comparing(Named::path, GitTreePath::compare));
    return entries;
  }

  /// Reads the entries of a tree, each of which ends with a zero byte.
  private static List<Named> entries(InputStream in) throws IOException {
    List<Named> entries = new ArrayList<>();
    byte[] line = new byte[MAX_ENTRY];
    int length = 0;
    int bytes = 0;
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (entries.size() == MAX_ENTRIES) {
        throw tooLarge("at most " + MAX_ENTRIES + " entries");
      }
      if (++bytes > MAX_LISTED) {
        throw tooLarge("a list of at most " + MAX_LISTED + " bytes");
      }
      if (length == line.length) {
        throw tooLarge("entries of at most " + MAX_ENTRY + " bytes");
      }
      if (c == 0) {
        entries.add(named(line, length));
        length = 0;
      } else {
        line[length++] = (byte) c;
      }
    }
    return entries;
  }

  private static MalformedException tooLarge(String expected) {
    return new MalformedException("cannot use the tree: expected " + expected + ", found more");
  }

  /// Reads one entry: `MODE TYPE OBJECT`, a tab and the path.
  private static Named named(byte[] listed, int length) {
    int tab = 0;
    while (tab < length && listed[tab] != '\t') {
      tab++;
    }
    String[] words = new String(listed, 0, tab, StandardCharsets.US_ASCII).split(" ", -1);
    if (tab == length || words.length != 3 || !GitAddress.isCommit(words[2])) {
      throw new MalformedException("cannot read the tree: git wrote another form");
    }
    GitTreeEntry.Kind kind =
        GitTreeEntry.Kind.of(words[0])
            .orElseThrow(
                () -> new MalformedException("cannot use the tree: it has the mode " + words[0]));
    return new Named(GitTreePath.decode(listed, tab + 1, length), kind, words[2]);
  }
}
