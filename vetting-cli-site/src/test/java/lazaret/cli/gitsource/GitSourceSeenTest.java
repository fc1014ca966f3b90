package lazaret.cli.gitsource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.ServerFixture;
import lazaret.cli.report.TerminalCapabilities;
import lazaret.vetting.deskapi.site.GitSourceDecisionRequest;
import lazaret.vetting.deskapi.site.GitSourceStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A decision names what the person saw, and not what the gate has right before.
class GitSourceSeenTest {
  private static final String BRIEF = OneGitSource.COMMIT.substring(0, 12);

  @TempDir Path folder;

  private OneGitSource source;
  private ServerFixture gate;
  private CliFixture cli;
  private String tree;

  @BeforeEach
  void open() throws IOException {
    source = new OneGitSource(folder);
    source.state = GitSourceStatus.WAITING;
    tree = source.source().treeHash().hex();
    gate = new ServerFixture(_ -> List.of(source));
    cli = CliFixture.at(folder, gate);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private CliFixture.Ran approve(String... words) {
    return cli.run(
        Stream.concat(
                Stream.of("git-sources", "approve", OneGitSource.COMMIT, "--reason", "read"),
                Stream.of(words))
            .toArray(String[]::new));
  }

  private void onATerminal(String answer) {
    cli.looks = new TerminalCapabilities(true, false, false, false, 100);
    cli.typed = answer;
  }

  @Test
  void showAndListPrintTheCommandOfTheApproval() {
    String command =
        "vetting-cli git-sources approve %s %s --source '%s' --seen-fetched 2026-11-30T12:00:00Z --reason TEXT"
            .formatted(BRIEF, tree, OneGitSource.URL);

    assertThat(cli.run("git-sources", "show", BRIEF).out().lines())
        .contains("approve  " + command)
        .anyMatch(line -> line.startsWith("deny     vetting-cli git-sources deny " + BRIEF));
    assertThat(cli.run("git-sources", "list").out().lines()).contains(command);

    source.state = GitSourceStatus.APPROVED;
    assertThat(cli.run("git-sources", "show", BRIEF).out()).doesNotContain("git-sources approve");
    assertThat(cli.run("git-sources", "list").out()).doesNotContain("git-sources approve");
  }

  @Test
  void decisionStatesTheFetchThatThePersonSaw() {
    CliFixture.Ran ran = approve(tree, "--seen-fetched", "2026-11-30T11:00:00Z");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(source.decisions)
        .containsExactly(
            new GitSourceDecisionRequest(
                OneGitSource.KEY,
                source.source().treeHash(),
                true,
                "read",
                Instant.parse("2026-11-30T11:00:00Z"),
                null));
    assertThat(approve(tree, "--seen-decision", "yesterday").err())
        .contains("expected a time like 2027-01-31T12:00:00Z as --seen-decision");
  }

  @Test
  void otherTreeIsNotDecidedOn() {
    CliFixture.Ran ran = approve("0".repeat(64));

    assertThat(ran.exit()).isEqualTo(6);
    assertThat(ran.err()).contains("expected the tree 0000", "found " + tree);
    assertThat(approve(tree.substring(0, 11)).err()).contains("12 of the tree, found fewer");
    assertThat(source.decisions).isEmpty();
  }

  @Test
  void treeIsNamedWhereNobodyCanBeAsked() {
    CliFixture.Ran ran = approve();

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("'vetting-cli git-sources show " + OneGitSource.COMMIT + "'");
    assertThat(approve("--json").exit()).isEqualTo(2);
    assertThat(source.decisions).isEmpty();
  }

  @Test
  void personConfirmsTheTreeThatIsShown() {
    onATerminal("no\n");
    CliFixture.Ran no = approve();
    assertThat(no.exit()).isEqualTo(2);
    assertThat(no.err()).contains("nothing was recorded");
    assertThat(source.decisions).isEmpty();

    onATerminal("yes\n");
    CliFixture.Ran yes = approve();
    assertThat(yes.exit()).as(yes.err()).isZero();
    assertThat(yes.out()).contains("tree     " + tree, "package  tool 1.2.3");
    assertThat(yes.err()).contains("approve this commit with this tree? [y/N]");
    assertThat(source.decisions)
        .extracting(GitSourceDecisionRequest::treeHash)
        .containsExactly(source.source().treeHash());
  }
}
