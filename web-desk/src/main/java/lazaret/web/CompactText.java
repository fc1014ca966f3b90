package lazaret.web;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A source of styles or script without the parts that browsers ignore: indentation, empty lines,
/// lines of comments, and casts of types. The modules become one: lines that begin with `import `
/// and the word `export ` at the start of a line are removed, therefore their top-level names are
/// unique.
final class CompactText {
  private static final String EXPORT = "export ";

  private static final Pattern CAST = Pattern.compile("/\\*\\* @type \\{[^*]*\\} \\*/ ");

  private CompactText() {}

  /// Returns the compact form; each line ends with a line feed. A comment has lines of its own, or
  /// is a cast inside a line of code. A text literal is in one line.
  static String of(String source) {
    return withoutComments(source)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("//") && !line.startsWith("import "))
        .map(line -> line.startsWith(EXPORT) ? line.substring(EXPORT.length()) : line)
        .map(line -> CAST.matcher(line).replaceAll(""))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static String withoutComments(String source) {
    StringBuilder code = new StringBuilder(source.length());
    boolean inside = false;
    for (String line : source.lines().map(String::strip).toList()) {
      boolean begins = inside || line.startsWith("/*");
      inside = begins && !line.endsWith("*/");
      if (!begins) {
        code.append(line).append('\n');
      }
    }
    return code.toString();
  }
}
