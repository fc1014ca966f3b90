package lazaret.cli.gitsource;

import java.util.List;
import java.util.stream.Collectors;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.desk.CliException;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.GitSourceOperations;
import lazaret.vetting.deskapi.site.GitSourceInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A command on one Git source, which it names by the commit and the hash of its tree.
///
/// @param <Q> the type of the request
abstract class NamedGitSourceVerb<Q extends Record> extends DeskVerb<Q, GitSourceInfo> {
  private static final int SHORTEST = 8;
  private static final int SHORTEST_TREE = 12;

  private final String doing;

  @Parameters(
      index = "0",
      paramLabel = "COMMIT",
      description = "The commit, or its first digits, as 'git-sources list' shows it.")
  String commit = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TREE",
      description =
          "The hash of the tree that you read, or at least its first 12 digits, as 'git-sources"
              + " show' prints it. Without it the command shows the source and asks.")
  @Nullable String tree;

  @Option(
      names = "--source",
      paramLabel = "URL",
      description =
          "The source as 'git-sources list' shows it, if several lockfiles name the commit"
              + " differently.")
  @Nullable String url;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "The reason, for the ledger.")
  String reason = "";

  /// Creates the command.
  ///
  /// @param doing what it does, as a verb
  NamedGitSourceVerb(CliSession session, String doing) {
    super(session);
    this.doing = doing;
  }

  /// Returns what the command does, as a verb.
  final String doing() {
    return doing;
  }

  /// Returns the source that the words name. Without the hash of a tree, a person confirms it.
  final GitSourceInfo named() {
    String digits = tree;
    requireDigits(digits);
    List<GitSourceInfo> found =
        desk()
            .call(GitSourceOperations.GIT_SOURCES, new EmptyRequest(), attempt())
            .sources()
            .stream()
            .filter(each -> each.commit().startsWith(commit))
            .filter(each -> url == null || each.url().equals(url))
            .toList();
    List<GitSourceInfo> same =
        found.stream()
            .filter(each -> digits == null || each.treeHash().hex().startsWith(digits))
            .toList();
    if (!found.isEmpty() && same.isEmpty()) {
      throw new CliException(
          ErrorCode.STALE,
          "cannot %s: expected the tree %s, found %s; read it with 'vetting-cli git-sources show %s'"
              .formatted(doing, digits, found.getFirst().treeHash().hex(), commit));
    }
    GitSourceInfo source = only(same);
    return digits == null ? confirmed(source) : source;
  }

  private void requireDigits(@Nullable String digits) {
    if (commit.length() < SHORTEST || (digits != null && digits.length() < SHORTEST_TREE)) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot %s: expected at least %d digits of the commit and %d of the tree, found fewer; copy them from 'vetting-cli git-sources list'"
              .formatted(doing, SHORTEST, SHORTEST_TREE));
    }
    if (digits == null && (session().json() || !terminal().looks().asks())) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot %s: expected the hash of the tree that you read, or a terminal to confirm it, found neither; copy the command that 'vetting-cli git-sources show %s' prints"
              .formatted(doing, commit));
    }
  }

  private GitSourceInfo only(List<GitSourceInfo> found) {
    if (found.isEmpty()) {
      throw new CliException(
          ErrorCode.UNKNOWN,
          "cannot %s: expected one source with this commit and tree, found none; see 'vetting-cli git-sources list'"
              .formatted(doing));
    }
    if (found.size() > 1) {
      // Lockfiles may name one commit by a branch, a tag and its id. Each is a source of its own.
      throw new CliException(
          ErrorCode.UNKNOWN,
          "cannot %s: expected one source with this commit and tree, found %d; add one of: %s"
              .formatted(
                  doing,
                  found.size(),
                  found.stream()
                      .map(each -> "--source '" + each.url() + "'")
                      .collect(Collectors.joining(", "))));
    }
    return found.getFirst();
  }

  /// Shows a source with its signals, and asks a person for it.
  private GitSourceInfo confirmed(GitSourceInfo source) {
    GitSourceShowVerb.print(terminal(), source);
    if (!terminal().confirms("%s this commit with this tree?".formatted(doing))) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot %s: expected 'yes', found another answer; nothing was recorded".formatted(doing));
    }
    return source;
  }
}
