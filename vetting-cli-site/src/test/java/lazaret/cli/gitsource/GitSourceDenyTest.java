package lazaret.cli.gitsource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.ServerFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSourceDenyTest {
  @TempDir Path folder;

  @Test
  void aDenialIsForTheNamedSourceAlone() throws IOException {
    OneGitSource source = new OneGitSource(folder);
    String tree = source.source().treeHash().hex();
    try (ServerFixture gate = new ServerFixture(_ -> List.of(source))) {
      CliFixture cli = CliFixture.at(folder, gate);

      CliFixture.Ran other = deny(cli, tree, "https://git.example.org/tool?tag=v1");
      assertThat(other.exit()).isEqualTo(5);
      assertThat(other.err()).contains("expected one source with this commit and tree, found none");
      assertThat(source.decisions).isEmpty();

      CliFixture.Ran own = deny(cli, tree, OneGitSource.URL);
      assertThat(own.exit()).as(own.err()).isZero();
      assertThat(source.decisions)
          .singleElement()
          .satisfies(
              decision -> {
                assertThat(decision.key()).isEqualTo(OneGitSource.KEY);
                assertThat(decision.approved()).isFalse();
                assertThat(decision.reason()).isEqualTo("hostile");
              });
    }
  }

  private static CliFixture.Ran deny(CliFixture cli, String tree, String url) {
    return cli.run(
        "git-sources", "deny", OneGitSource.COMMIT, tree, "--source", url, "--reason", "hostile");
  }
}
