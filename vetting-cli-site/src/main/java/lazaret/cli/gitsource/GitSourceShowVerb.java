package lazaret.cli.gitsource;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.ProcessCode;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.GitSourceOperations;
import lazaret.vetting.deskapi.site.GitSourceInfo;
import lazaret.vetting.deskapi.site.GitSourcePackageInfo;
import lazaret.vetting.deskapi.site.GitSourceStatus;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `git-sources show`, which shows one source and what changed in it.
@Command(
    name = "show",
    header = "Show a Git source, and what changed since the commit approved before",
    description = {
      "",
      "The difference is that of the packages as cargo builds them. Files of the tree outside of them"
          + " are counted. The printed commands name what you saw: they are refused if the source"
          + " changed since."
    },
    footer = {
      "Examples:",
      "  vetting-cli git-sources show 4f2c1d0a9b37",
      "  vetting-cli git-sources show 4f2c1d0a9b37 --base 81ab5c20d3e4"
    },
    exitCodeList = {
      "0:success",
      "2:too few digits, or no right to read a tree before its approval",
      "3:gate unavailable",
      "4:a tree differs from its hash",
      "5:no such source"
    })
final class GitSourceShowVerb extends Verb {
  private static final int SHORTEST = 8;

  @Parameters(
      paramLabel = "COMMIT",
      description = "The commit, or its first digits, as 'git-sources list' shows it.")
  String commit = "";

  @Option(
      names = "--base",
      paramLabel = "COMMIT",
      description =
          "Compare with this commit. Default: that of the repository which was approved last.")
  @Nullable String base;

  @Option(
      names = "--source",
      paramLabel = "URL",
      description = "The source, if several lockfiles name the commit differently.")
  @Nullable String url;

  GitSourceShowVerb(CliSession session) {
    super(session);
  }

  /// The JSON of a source.
  ///
  /// @param base the earlier commit; null if there is none
  /// @param delta the difference; null without an earlier commit
  private record Document(
      GitSourceInfo source, @Nullable GitSourceInfo base, @Nullable GitSourceDelta delta) {}

  @Override
  public ProcessCode run() {
    List<GitSourceInfo> all =
        desk()
            .call(GitSourceOperations.GIT_SOURCES, new EmptyRequest(), GitSourceDelta.ATTEMPT)
            .sources();
    GitSourceInfo source =
        only(all.stream().filter(each -> url == null || each.url().equals(url)).toList(), commit);
    String named = base;
    GitSourceInfo before = named == null ? earlier(all, source) : only(all, named);
    GitSourceDelta delta = before == null ? null : GitSourceDelta.between(desk(), before, source);
    if (session().json()) {
      terminal().json(new Document(source, before, delta));
      return ExitCode.DONE;
    }
    print(terminal(), source);
    if (before == null || delta == null) {
      terminal().line("no commit of this repository was approved before: read the whole tree");
    } else {
      print(before, delta);
    }
    commands(source, all);
    return ExitCode.DONE;
  }

  /// Prints the other sources with the commit, and the commands that decide on this one.
  private void commands(GitSourceInfo source, List<GitSourceInfo> all) {
    all.stream()
        .filter(each -> each.commit().equals(source.commit()) && !each.key().equals(source.key()))
        .forEach(each -> terminal().line("another source has this commit: " + each.url()));
    if (source.state() != GitSourceStatus.APPROVED) {
      terminal().line("approve  " + GitSourceDecisionVerb.command("approve", source));
    }
    if (source.state() != GitSourceStatus.DENIED) {
      terminal().line("deny     " + GitSourceDecisionVerb.command("deny", source));
    }
  }

  private static GitSourceInfo only(List<GitSourceInfo> all, String digits) {
    if (digits.length() < SHORTEST) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot show the Git source: expected at least %d digits of the commit"
              .formatted(SHORTEST));
    }
    List<GitSourceInfo> found =
        all.stream().filter(each -> each.commit().startsWith(digits)).toList();
    if (found.stream().map(GitSourceInfo::commit).distinct().count() != 1) {
      throw new CliException(
          ErrorCode.UNKNOWN,
          "cannot show the Git source: expected one commit that begins so, found %d; see"
                  .formatted(found.stream().map(GitSourceInfo::commit).distinct().count())
              + " 'vetting-cli git-sources list'");
    }
    return found.getFirst();
  }

  /// Returns the commit of the same repository that was approved last before a source was decided
  /// on; null if there is none.
  static @Nullable GitSourceInfo earlier(List<GitSourceInfo> all, GitSourceInfo source) {
    Instant end = Objects.requireNonNullElse(source.decidedAt(), Instant.MAX);
    return all.stream()
        .filter(each -> each.state() == GitSourceStatus.APPROVED)
        .filter(each -> repository(each).equals(repository(source)))
        .filter(each -> !each.commit().equals(source.commit()))
        .filter(each -> decided(each).isBefore(end))
        .max(Comparator.comparing(GitSourceShowVerb::decided))
        .orElse(null);
  }

  private static Instant decided(GitSourceInfo source) {
    return Objects.requireNonNullElse(source.decidedAt(), Instant.MIN);
  }

  private static String repository(GitSourceInfo source) {
    int question = source.url().indexOf('?');
    return question < 0 ? source.url() : source.url().substring(0, question);
  }

  /// Prints a source with its packages and their signals.
  static void print(Terminal terminal, GitSourceInfo source) {
    terminal.line("source   " + source.url());
    terminal.line("commit   " + source.commit());
    terminal.line("tree     " + source.treeHash().hex());
    terminal.line("state    " + KebabCase.of(source.state()) + decision(source));
    for (GitSourcePackageInfo each : source.packages()) {
      terminal.line("package  %s %s".formatted(each.name(), each.version()));
      each.signals().forEach(signal -> terminal.line(Cell.of(TextStyle.WARN, "  " + signal)));
    }
  }

  private static String decision(GitSourceInfo source) {
    return source.decidedBy() == null
        ? ""
        : " by %s at %s: %s".formatted(source.decidedBy(), source.decidedAt(), source.reason());
  }

  private void print(GitSourceInfo before, GitSourceDelta delta) {
    terminal()
        .line(
            "%d files of the tree differ from %s, approved%s"
                .formatted(delta.files(), before.commit(), decision(before)));
    for (GitSourceDelta.PackageDelta each : delta.packages()) {
      terminal()
          .line(
              each.base() == null
                  ? "package %s %s is new".formatted(each.name(), each.version())
                  : "package %s %s, before %s".formatted(each.name(), each.version(), each.base()));
      each.lines().forEach(terminal()::line);
    }
  }
}
