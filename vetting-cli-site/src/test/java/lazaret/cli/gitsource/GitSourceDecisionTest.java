package lazaret.cli.gitsource;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.ServerFixture;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.deskapi.GitSourceOperations;
import lazaret.vetting.deskapi.site.GitSourceDecisionRequest;
import lazaret.vetting.deskapi.site.GitSourceInfo;
import lazaret.vetting.deskapi.site.GitSourcePackageInfo;
import lazaret.vetting.deskapi.site.GitSourceRemovalRequest;
import lazaret.vetting.deskapi.site.GitSourceStatus;
import lazaret.vetting.deskapi.site.GitSourcesReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSourceDecisionTest {
  private static final String COMMIT = "4f2c1d0a9b37d5e6f708192a3b4c5d6e7f809102";
  private static final Sha256 TREE = Sha256.of(Bytes.utf8("tree"));
  private static final Instant FETCHED = Instant.parse("2026-11-30T12:00:00Z");
  private static final String BRANCH = "https://git.example.org/tool?branch=main";
  private static final String TAG = "https://git.example.org/tool?tag=v1";

  @TempDir Path folder;

  /// A gate with one commit that two lockfiles name in different ways.
  private static final class TwoSources implements HandlerSource {
    private final List<GitSourceDecisionRequest> decisions = new ArrayList<>();
    private final List<GitSourceRemovalRequest> removals = new ArrayList<>();

    @Override
    public void addTo(HandlerTable handlers) {
      handlers.add(
          GitSourceOperations.GIT_SOURCES,
          (_, _) -> new GitSourcesReply(List.of(source(BRANCH), source(TAG))));
      handlers.add(
          GitSourceOperations.DECIDE_GIT_SOURCE,
          (request, _) -> {
            decisions.add(request);
            return source(request.key().equals(key(TAG)) ? TAG : BRANCH);
          });
      handlers.add(
          GitSourceOperations.REMOVE_GIT_SOURCE,
          (request, _) -> {
            removals.add(request);
            return source(TAG);
          });
    }

    private static GitSourceInfo source(String url) {
      return new GitSourceInfo(
          key(url),
          url,
          COMMIT,
          TREE,
          1,
          List.of(new GitSourcePackageInfo("tool", "0.3.0", "", TREE, List.of())),
          GitSourceStatus.WAITING,
          FETCHED,
          "ada",
          null,
          null,
          null);
    }
  }

  private static Sha256 key(String url) {
    return Sha256.of(Bytes.utf8(url));
  }

  @Test
  void sourcesWithOneCommitAndTreeAreDistinguished() {
    TwoSources sources = new TwoSources();
    try (ServerFixture gate = new ServerFixture(_ -> List.of(sources))) {
      CliFixture cli = CliFixture.at(folder, gate);
      String tree = TREE.hex().substring(0, 12);

      CliFixture.Ran both = cli.run("git-sources", "approve", COMMIT, tree, "--reason", "read");
      assertThat(both.exit()).isEqualTo(5);
      assertThat(both.err()).contains("--source '" + BRANCH + "'", "--source '" + TAG + "'");
      assertThat(sources.decisions).isEmpty();

      CliFixture.Ran one =
          cli.run("git-sources", "approve", COMMIT, tree, "--source", TAG, "--reason", "read");
      assertThat(one.exit()).as(one.err()).isZero();
      assertThat(sources.decisions)
          .containsExactly(
              new GitSourceDecisionRequest(key(TAG), TREE, true, "read", FETCHED, null));
      assertThat(one.out()).contains("it counts for: tool 0.3.0");
    }
  }

  @Test
  void sourceIsRemovedByCommitAndTree() {
    TwoSources sources = new TwoSources();
    try (ServerFixture gate = new ServerFixture(_ -> List.of(sources))) {
      CliFixture cli = CliFixture.at(folder, gate);
      String tree = TREE.hex().substring(0, 12);

      CliFixture.Ran ran =
          cli.run("git-sources", "remove", COMMIT, tree, "--source", TAG, "--reason", "old");

      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(ran.out()).contains(COMMIT + " of " + TAG + " is removed");
      assertThat(sources.removals)
          .containsExactly(new GitSourceRemovalRequest(key(TAG), TREE, "old"));
      assertThat(cli.run("git-sources", "remove", COMMIT, tree, "--reason", "old").err())
          .contains("cannot remove: expected one source", "--source '" + BRANCH + "'");
    }
  }
}
