package lazaret.vetting.inspect.code;

import java.util.Set;

/// Reads of files that belong to the crate for which a macro runs.
public final class ProjectFileReads {
  private static final Set<String> LEAVES =
      Set.of(
          "home_dir",
          "temp_dir",
          "parent",
          "ancestors",
          "config_dir",
          "cache_dir",
          "data_dir",
          "current_dir",
          "Command",
          "TcpStream",
          "OUT_DIR");

  private ProjectFileReads() {}

  /// Returns whether a macro only reads files of the crate that uses it, by paths from its input.
  /// The author of that crate writes them.
  public static boolean only(SourceTokens code) {
    boolean root = false;
    for (int i = 0; i < code.size(); i++) {
      String word = code.word(i);
      if (code.string(i)) {
        String text = code.literal(i);
        boolean asked = code.is(i - 1, '(') && code.word(i - 2).startsWith("var");
        root |= asked && text.equals("CARGO_MANIFEST_DIR");
        boolean other = asked && !text.equals("CARGO_MANIFEST_DIR");
        if (other || text.contains("..") || text.startsWith("/") || text.contains("/.")) {
          return false;
        }
      } else if (LEAVES.contains(word)
          || word.startsWith("include_")
          || (code.is(i, "env") && code.is(i + 1, '!'))) {
        if (!code.quoted(i)) {
          return false;
        }
      }
    }
    return root;
  }
}
