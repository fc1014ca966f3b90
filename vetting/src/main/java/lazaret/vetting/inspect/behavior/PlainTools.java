package lazaret.vetting.inspect.behavior;

import java.util.Set;

/// Programs that only tell something of a project, or format a text that they are given, with
/// subcommands and options that stand in the source.
final class PlainTools {
  private static final int STATEMENT = 160;
  private static final Set<String> FORMATTERS =
      Set.of(
          "rustfmt", "prettyplease", "clang-format", "prettier", "sqlformat", "pg_format", "taplo");
  private static final Set<String> GIT =
      Set.of(
          ("diff status rev-parse describe ls-files log show symbolic-ref name-rev merge-base"
                  + " show-ref cat-file ls-tree rev-list diff-index diff-tree")
              .split(" ", -1));
  private static final Set<String> CARGO =
      Set.of(
          "metadata", "locate-project", "pkgid", "tree", "fmt", "verify-project", "read-manifest");

  private PlainTools() {}

  /// Returns whether `Command::new("git").args(["diff", ..])` and its like begin at a token.
  ///
  /// @param at the word `new`
  static boolean starts(Code code, int at) {
    if (!code.string(at + 2) || code.close(at + 1) != at + 3) {
      return false;
    }
    String program = code.literal(at + 2);
    Set<String> asked = program.equals("git") ? GIT : program.equals("cargo") ? CARGO : Set.of();
    boolean formats = FORMATTERS.contains(program);
    boolean compiler = program.equals("rustc") || program.equals("rustup");
    if (asked.isEmpty() && !formats && !compiler) {
      return false;
    }
    int end = Math.min(code.end(at + 4, false), at + STATEMENT);
    String first = "";
    for (int i = at + 4; i < end; i++) {
      boolean environment = code.is(i, "env") || code.is(i, "envs");
      if (environment || (code.string(i) && dangerous(code.literal(i)))) {
        return false;
      }
      first = first.isEmpty() && code.string(i) ? code.literal(i) : first;
    }
    boolean version = first.startsWith("-v") || first.startsWith("-V") || first.startsWith("--v");
    return formats || (compiler ? version || first.equals("--print") : asked.contains(first));
  }

  private static boolean dangerous(String text) {
    return (text.startsWith("-c") && text.length() < 3)
        || text.startsWith("--config")
        || text.startsWith("--exec")
        || text.startsWith("--output")
        || text.startsWith("--ext-diff")
        || text.startsWith("--textconv")
        || text.startsWith("--plugin");
  }
}
