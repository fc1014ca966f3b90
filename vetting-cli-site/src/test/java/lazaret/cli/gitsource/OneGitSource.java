package lazaret.cli.gitsource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.git.tree.GitTreeEntry;
import lazaret.git.tree.GitTreeFile;
import lazaret.git.tree.GitTreeWriter;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.deskapi.GitSourceOperations;
import lazaret.vetting.deskapi.site.GitSourceDecisionRequest;
import lazaret.vetting.deskapi.site.GitSourceInfo;
import lazaret.vetting.deskapi.site.GitSourcePackageInfo;
import lazaret.vetting.deskapi.site.GitSourceStatus;
import lazaret.vetting.deskapi.site.GitSourceTreeReply;
import lazaret.vetting.deskapi.site.GitSourcesReply;

/// A gate that has one Git source with the package `tool`.
final class OneGitSource implements HandlerSource {
  static final String URL = "https://git.example.org/tool?branch=main";
  static final String COMMIT = "4f2c1d0a9b37d5e6f708192a3b4c5d6e7f809102";
  static final Sha256 KEY = Sha256.of(Bytes.utf8(URL));

  /// A lockfile with the package.
  static final String LOCKFILE =
      """
      version = 4

      [[package]]
      name = "app"
      version = "0.1.0"
      dependencies = ["tool"]

      [[package]]
      name = "tool"
      version = "1.2.3"
      source = "git+%s#%s"
      """
          .formatted(URL, COMMIT);

  final AtomicInteger downloads = new AtomicInteger();
  final List<GitSourceDecisionRequest> decisions = new CopyOnWriteArrayList<>();
  volatile GitSourceStatus state = GitSourceStatus.APPROVED;
  volatile Runnable atEachDownload = () -> {};
  private final Bytes tree;
  private final Sha256 hash;

  /// Makes the tree of the source.
  ///
  /// @param folder a folder for its file
  OneGitSource(Path folder) throws IOException {
    Path file = folder.resolve("tool.tar");
    try (GitTreeWriter writer = new GitTreeWriter(file)) {
      add(
          writer,
          "Cargo.toml",
          "[package]\nname = \"tool\"\nversion = \"1.2.3\"\nedition = \"2021\"\n");
      add(writer, "src/lib.rs", "pub fn one() -> u8 { 1 }\n");
      writer.finish();
    }
    try (GitTreeFile read = GitTreeFile.open(file)) {
      hash = read.hash();
    }
    tree = Bytes.of(Files.readAllBytes(file));
  }

  private static void add(GitTreeWriter writer, String path, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    writer.add(path, GitTreeEntry.Kind.FILE, bytes.length, new ByteArrayInputStream(bytes));
  }

  @Override
  public void addTo(HandlerTable handlers) {
    handlers.add(GitSourceOperations.GIT_SOURCES, (_, _) -> new GitSourcesReply(List.of(source())));
    handlers.add(GitSourceOperations.GIT_SOURCE_TREE, (_, _) -> downloaded());
    handlers.add(
        GitSourceOperations.DECIDE_GIT_SOURCE,
        (request, _) -> {
          decisions.add(request);
          return source();
        });
  }

  private GitSourceTreeReply downloaded() {
    downloads.incrementAndGet();
    atEachDownload.run();
    return new GitSourceTreeReply(tree, tree.length());
  }

  GitSourceInfo source() {
    return new GitSourceInfo(
        KEY,
        URL,
        COMMIT,
        hash,
        tree.length(),
        List.of(new GitSourcePackageInfo("tool", "1.2.3", "", hash, List.of())),
        state,
        Instant.parse("2026-11-30T12:00:00Z"),
        "ada",
        null,
        null,
        null);
  }
}
