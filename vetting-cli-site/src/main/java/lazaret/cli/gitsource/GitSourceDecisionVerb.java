package lazaret.cli.gitsource;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.stream.Collectors;
import lazaret.cli.command.CliSession;
import lazaret.cli.desk.CliException;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.GitSourceOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.site.GitSourceDecisionRequest;
import lazaret.vetting.deskapi.site.GitSourceInfo;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A decision on a Git source, which names the commit and the hash of its tree. It counts for the
/// packages of the tree that lockfiles have, so that it can name the fetch that a person saw, too.
abstract class GitSourceDecisionVerb extends NamedGitSourceVerb<GitSourceDecisionRequest> {
  private static final int SHOWN = 12;

  private final boolean approved;

  @Option(
      names = "--seen-fetched",
      paramLabel = "TIME",
      description =
          "The time of the fetch that you saw, as 'git-sources show' prints it. A source that was"
              + " fetched again since, and may have other packages, refuses the decision.")
  @Nullable String seenFetched;

  @Option(
      names = "--seen-decision",
      paramLabel = "TIME",
      description =
          "The time of the last decision that you saw, as 'git-sources show' prints it. Another"
              + " decision since then refuses this one. With --seen-fetched alone, you saw none.")
  @Nullable String seenDecision;

  GitSourceDecisionVerb(CliSession session, boolean approved) {
    super(session, approved ? "approve" : "deny");
    this.approved = approved;
  }

  /// Returns the command that decides on a source as it is now.
  ///
  /// @param verb `approve` or `deny`
  static String command(String verb, GitSourceInfo source) {
    Instant decided = source.decidedAt();
    return "vetting-cli git-sources %s %s %s --source '%s' --seen-fetched %s%s --reason TEXT"
        .formatted(
            verb,
            source.commit().substring(0, SHOWN),
            source.treeHash().hex(),
            source.url(),
            source.fetched(),
            decided == null ? "" : " --seen-decision " + decided);
  }

  @Override
  protected final Operation<GitSourceDecisionRequest, GitSourceInfo> operation() {
    return GitSourceOperations.DECIDE_GIT_SOURCE;
  }

  @Override
  protected final GitSourceDecisionRequest request() {
    Instant fetched = time("--seen-fetched", seenFetched);
    Instant decided = time("--seen-decision", seenDecision);
    GitSourceInfo source = named();
    return new GitSourceDecisionRequest(
        source.key(),
        source.treeHash(),
        approved,
        reason,
        fetched == null ? source.fetched() : fetched,
        fetched == null && decided == null ? source.decidedAt() : decided);
  }

  private @Nullable Instant time(String option, @Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot %s: expected a time like 2027-01-31T12:00:00Z as %s, found '%s'; copy it from 'vetting-cli git-sources show'"
              .formatted(doing(), option, text),
          e);
    }
  }

  @Override
  protected final String attempt() {
    return "cannot decide on the Git source";
  }

  @Override
  protected final void print(GitSourceInfo source) {
    terminal()
        .line(
            "%s of %s is %s"
                .formatted(source.commit(), source.url(), KebabCase.of(source.state())));
    terminal()
        .line(
            "it counts for: "
                + source.packages().stream()
                    .map(each -> each.name() + " " + each.version())
                    .collect(Collectors.joining(", ")));
  }
}
