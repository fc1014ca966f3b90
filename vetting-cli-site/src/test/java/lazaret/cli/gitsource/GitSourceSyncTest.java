package lazaret.cli.gitsource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.ServerFixture;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.deskapi.GitSourceOperations;
import lazaret.vetting.deskapi.site.GitSourceStatus;
import lazaret.vetting.deskapi.site.GitSourcesReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A project may have links where the command writes.
class GitSourceSyncTest {
  @TempDir Path folder;

  /// A gate without Git sources.
  private static final class NoSources implements HandlerSource {
    @Override
    public void addTo(HandlerTable handlers) {
      handlers.add(GitSourceOperations.GIT_SOURCES, (_, _) -> new GitSourcesReply(List.of()));
    }
  }

  @Test
  void linksOfAProjectAreNotFollowed() throws IOException {
    try (ServerFixture gate = new ServerFixture(_ -> List.of(new NoSources()))) {
      CliFixture cli = CliFixture.at(folder, gate);
      cli.write("Cargo.lock", "version = 4\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\n");
      Path own = cli.write("own.toml", "of the developer");
      Path root = Files.createDirectories(folder.resolve(".lazaret/git"));
      Files.createSymbolicLink(root.resolve("config.toml"), own);

      CliFixture.Ran ran = cli.run("git-sources", "sync");

      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(own).hasContent("of the developer");
      assertThat(root.resolve("config.toml")).isRegularFile();
      assertThat(Files.isSymbolicLink(root.resolve("config.toml"))).isFalse();

      Files.createSymbolicLink(folder.resolve("linked"), root);
      CliFixture.Ran linked = cli.run("git-sources", "sync", "--dir", "linked");
      assertThat(linked.exit()).isEqualTo(2);
      assertThat(linked.err()).contains("expected a folder, found the link");
    }
  }

  @Test
  void sourcesOfThisMachineAreADocument() throws IOException {
    OneGitSource source = new OneGitSource(folder);
    try (ServerFixture gate = new ServerFixture(_ -> List.of(source))) {
      CliFixture cli = CliFixture.at(folder, gate);
      cli.write("Cargo.lock", OneGitSource.LOCKFILE);

      CliFixture.Ran ran = cli.run("git-sources", "sync", "--json");

      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(ran.json().number("sources")).isEqualTo(1);
      assertThat(ran.json().texts("missing")).isEmpty();
      Path configuration = Path.of(ran.json().words("configuration"));
      assertThat(configuration).isEqualTo(folder.resolve(".lazaret/git/config.toml"));
      assertThat(Files.readString(configuration)).contains("git+" + OneGitSource.URL);
    }
  }

  @Test
  void missingSourcesAreADocument() throws IOException {
    OneGitSource source = new OneGitSource(folder);
    source.state = GitSourceStatus.WAITING;
    try (ServerFixture gate = new ServerFixture(_ -> List.of(source))) {
      CliFixture cli = CliFixture.at(folder, gate);
      cli.write("Cargo.lock", OneGitSource.LOCKFILE);

      CliFixture.Ran ran = cli.run("git-sources", "sync", "--json");

      assertThat(ran.exit()).isEqualTo(1);
      assertThat(ran.json().number("sources")).isZero();
      assertThat(ran.json().texts("missing"))
          .containsExactly(OneGitSource.URL + " at " + OneGitSource.COMMIT + " is waiting");
      assertThat(ran.json().text("configuration")).isEmpty();
      assertThat(folder.resolve(".lazaret")).doesNotExist();
    }
  }
}
