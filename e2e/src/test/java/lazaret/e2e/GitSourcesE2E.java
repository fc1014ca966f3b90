package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateSettings;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.BareRepository;
import lazaret.testkit.GitHttpServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A Git dependency with real git and real cargo: from the lockfile that cargo wrote to a build
/// without Git.
@Tag("ci")
class GitSourcesE2E {
  private static final Pattern COMMIT = Pattern.compile("\"commit\":\\s*\"([0-9a-f]{40})\"");
  private static final Pattern TREE = Pattern.compile("\"tree_hash\":\\s*\"([0-9a-f]{64})\"");

  @BeforeEach
  void needsGit() {
    assumeTrue(GitHttpServer.isPossible(), "git and its http-backend are not installed");
  }

  /// A workspace whose member inherits a version and a path dependency.
  private static Map<String, String> workspace(int number) {
    Map<String, String> files = new TreeMap<>();
    files.put(
        "Cargo.toml",
        """
        [workspace]
        members = ["tool", "helper"]
        resolver = "2"

        [workspace.package]
        version = "1.2.3"
        edition = "2021"

        [workspace.dependencies]
        helper = { path = "helper" }
        """);
    files.put(
        "helper/Cargo.toml",
        "[package]\nname = \"helper\"\nversion.workspace = true\nedition.workspace = true\n");
    files.put("helper/src/lib.rs", "pub fn one() -> u8 { %d }\n".formatted(number));
    files.put(
        "tool/Cargo.toml",
        """
        [package]
        name = "tool"
        version.workspace = true
        edition.workspace = true

        [dependencies]
        helper.workspace = true
        """);
    files.put("tool/src/lib.rs", "pub fn two() -> u8 { helper::one() + 1 }\n");
    return files;
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  @Test
  void lockedCommitIsApprovedAndBuiltWithoutGit() throws IOException {
    Path folder = WorkFolder.folder("git");
    BareRepository repository = new BareRepository(folder.resolve("tool"));
    String first = repository.commit(workspace(1));
    String second = repository.commit(workspace(2));
    Path empty = Files.createDirectories(WorkFolder.folder("upstream"));
    try (GitHttpServer server = new GitHttpServer(folder);
        GateProcess gate =
            GateProcess.start(
                GateSettings.over(WorkFolder.folder("data"), empty)
                    .set("git-sources.hosts", server.host()))) {
      CargoProjectFolder project =
          CargoProjectFolder.with(
              "tool = { git = \"%s\", rev = \"%s\" }".formatted(server.url("tool"), first));
      Cargo.fresh("").run(project.folder(), "generate-lockfile").ok();
      CliProcess cli = CliProcess.beside(gate).in(project.folder());

      String added = cli.run("git-sources", "add", "Cargo.lock", "--json").ok().out();
      assertThat(found(COMMIT, added)).isEqualTo(first);
      assertThat(cli.run("verify", "Cargo.lock").exits(5).out())
          .contains("waits for a decision on the tree")
          .contains("git-source-waiting");
      assertThat(cli.run("git-sources", "show", first).ok().out())
          .contains("no commit of this repository was approved before");
      cli.run("git-sources", "sync").exits(1);
      cli.run("git-sources", "approve", first, found(TREE, added), "--reason", "read by the test")
          .ok();
      cli.run("verify", "Cargo.lock").ok();
      cli.run("git-sources", "sync").ok();
      assertDifferenceIsShown(server, gate, second);

      server.stop();
      String config = project.folder().resolve(".lazaret/git/config.toml").toString();
      Cargo fresh = Cargo.fresh("");
      fresh.run(project.folder(), "--config", config, "build", "--locked", "--offline").ok();
      fresh.run(project.folder(), "--config", config, "metadata", "--locked", "--offline").ok();

      cli.run("git-sources", "deny", first, found(TREE, added), "--reason", "stolen").ok();
      assertThat(cli.run("verify", "Cargo.lock").exits(5).out()).contains("denied by");
      cli.run("git-sources", "sync").exits(1);
    }
  }

  /// Checks what a reviewer sees of a later commit.
  private static void assertDifferenceIsShown(
      GitHttpServer server, GateProcess gate, String second) {
    CargoProjectFolder later =
        CargoProjectFolder.with(
            "tool = { git = \"%s\", rev = \"%s\" }".formatted(server.url("tool"), second));
    Cargo.fresh("").run(later.folder(), "generate-lockfile").ok();
    CliProcess cli = CliProcess.beside(gate).in(later.folder());
    cli.run("git-sources", "add", "Cargo.lock").ok();

    assertThat(cli.run("git-sources", "show", second.substring(0, 12)).ok().out())
        .containsPattern("[1-9]\\d* files of the tree differ from [0-9a-f]{40}, approved by")
        .contains("read by the test", "~ ");
  }
}
