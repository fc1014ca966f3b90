package lazaret.vetting.inspect.behavior;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.SourceTokens;

/// `git` commands that return only the name of a commit or the address of a remote, and no content
/// of the repository.
final class GitRules {
  private static final Set<String> COMMANDS =
      Set.of("remote", "config", "ls-remote", "log", "show", "diff");
  private static final int BACK = 24;
  private static final int MOST = 12;

  /// Settings by which a `git` command starts other programs.
  private static final Pattern SETTING =
      Pattern.compile(
          "^-c$|^-c |(?:^|[ =])core\\.|--exec-path|--config-env|--ext-diff|--upload-pack"
              + "|^GIT_(?:EXTERNAL_DIFF|SSH|CONFIG|EXEC_PATH|PAGER|EDITOR|ASKPASS|PROXY|SEQUENCE)");

  private static final Pattern REMOTE =
      Pattern.compile(
          "remote get-url(?: --push| --all)?(?: [A-Za-z0-9_-]+)?|config (?:--local )?--get"
              + " (?:remote\\.[A-Za-z0-9_-]+\\.url|branch\\.[A-Za-z0-9_-]+\\.remote)|ls-remote"
              + " --get-url(?: [A-Za-z0-9_-]+)?");

  private static final Pattern COMMIT =
      Pattern.compile(
          "(?:log|show)(?: (?:-[0-9]+|-n"
              + " ?[0-9]+|-s|--no-[a-z-]+|HEAD[~^0-9]*|--max-count=[0-9]+|--date=[A-Za-z:%_-]++(?:(?!"
              + " HEAD) [A-Za-z:%_][A-Za-z:%_-]*+)*+|--abbrev(?:=[0-9]+)?|--abbrev-commit|--(?:format|pretty)=(?:t?format:)?(?:%(?:[hHtTnDd]|[ca][dDitIs])["
              + " .,:_+|;/-]*)+))+|diff(?: HEAD)?(?: (?:--quiet|--exit-code|--shortstat))+(?:"
              + " HEAD)?");

  private static final Set<String> NAMES =
      Set.of("--name-only", "--name-status", "--quiet", "--exit-code");
  private static final Set<String> REVISION =
      Set.of("rev-parse", "describe", "rev-list", "symbolic-ref", "status");

  /// The other commands: those that change, fetch, send or show more.
  private static final Set<String> OTHERS =
      Set.of(
          ("push fetch pull clone config remote ls-remote commit checkout switch apply am submodule"
                  + " credential archive send-email bundle worktree hook stash reset log show diff"
                  + " format-patch blame -c --exec-path --upload-pack bisect rebase merge"
                  + " filter-branch difftool mergetool daemon http-backend fast-import fast-export"
                  + " cat-file grep")
              .split(" ", -1));

  private final SourceTokens code;
  private final Receiver receiver;

  GitRules(SourceTokens code, Receiver receiver) {
    this.code = code;
    this.receiver = receiver;
  }

  void find() {
    revision();
    boolean changes =
        code.strings().length == 0
            || Arrays.stream(code.strings()).noneMatch(i -> COMMANDS.contains(code.literal(i)))
            || Arrays.stream(code.strings()).anyMatch(i -> SETTING.matcher(code.literal(i)).find());
    for (int i = 0; i < code.size() && !changes; i++) {
      if (code.string(i)) {
        String first = code.literal(i);
        boolean named =
            switch (first) {
              case "remote", "config", "ls-remote", "log", "show", "diff" -> true;
              default -> false;
            };
        if (named) {
          String command = String.join(" ", arguments(i));
          boolean commit =
              COMMIT.matcher(command).matches() && (first.equals("diff") || command.contains("%"));
          if (commit || REMOTE.matcher(command).matches()) {
            receiver.found(Behavior.GIT_QUERY, i, "");
          }
        }
      }
    }
  }

  /// Finds a `git` that only asks for the name of the current commit.
  private void revision() {
    int git = -1;
    boolean asks = false;
    if (Arrays.stream(code.strings()).noneMatch(i -> code.literal(i).equals("git"))) {
      return;
    }
    for (int i = 0; i < code.size(); i++) {
      if (code.string(i)) {
        String text = code.literal(i);
        boolean names =
            text.equals("diff") && code.string(i + 2) && NAMES.contains(code.literal(i + 2));
        asks |= names;
        if ((OTHERS.contains(text) && !names) || SETTING.matcher(text).find()) {
          return;
        }
        asks |= REVISION.contains(text);
        git = text.equals("git") ? i : git;
      }
    }
    if (git >= 0 && asks) {
      receiver.found(Behavior.GIT_QUERY, git, "");
    }
  }

  /// Returns the texts after a token in its array, or in the chain of calls that receives it. A
  /// value other than a text becomes an empty text, which matches no command.
  private List<String> arguments(int at) {
    List<String> all = new ArrayList<>();
    int open = at - 1;
    while (open > at - BACK && !code.opens(open) && !code.closes(open) && !code.is(open, ';')) {
      open--;
    }
    if (code.is(open, '[') || code.is(open, '(')) {
      listed(at, code.close(open), all);
    }
    int next = code.close(open) + 1;
    while (code.is(open, '(')
        && code.is(next, '.')
        && (code.is(next + 1, "arg") || code.is(next + 1, "args"))
        && code.is(next + 2, '(')
        && all.size() < MOST) {
      listed(next + 3, code.close(next + 2), all);
      next = code.close(next + 2) + 1;
    }
    return all;
  }

  private void listed(int from, int to, List<String> all) {
    for (int i = from; i < to && all.size() < MOST; i++) {
      if (code.string(i)) {
        all.add(code.literal(i));
      } else if (!code.is(i, ',') && !code.is(i, '&') && !code.is(i, '[') && !code.is(i, ']')) {
        all.add("");
      }
    }
  }
}
