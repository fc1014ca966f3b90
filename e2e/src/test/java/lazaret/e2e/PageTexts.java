package lazaret.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.e2e.SourceTexts.Kind;
import lazaret.e2e.SourceTexts.Text;

/// The texts of the pages of the desk. Templates have them outside of tags and expressions, in
/// attributes that browsers show or read aloud, and in string literals with a space; modules of
/// script have them in string literals with a space.
final class PageTexts {
  private static final Pattern CODE_LINE = Pattern.compile("\\s*(?:@import|@param|!\\{).*");
  private static final Pattern DIRECTIVE = Pattern.compile("@(?:if|elseif|for|template[.\\w]*)\\(");
  private static final Pattern MARK = Pattern.compile("@(?:else|endif|endfor)|@?`\\)?");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern SHOWN =
      Pattern.compile("\\b(?:aria-label|data-head|placeholder|title)=\"([^\"]*)\"");
  private static final Pattern INLINE =
      Pattern.compile("</?(?:a|b|bdi|code|em|i|kbd|small|span|strong|time|wbr)\\b[^>]*>");
  private static final Pattern LETTER = Pattern.compile("[A-Za-z]");

  private static final Pattern COMMENT = Pattern.compile("/\\*(?s:.*?)\\*/|(?m:(?:^|\\s)//[^\n]*)");
  private static final Pattern LITERAL = Pattern.compile("'(?:[^'\\\\\n]|\\\\.)*'|`[^`]*`");

  private PageTexts() {}

  /// Reads the templates and the modules of the desk under `root`.
  static List<Text> of(Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root.resolve("web-desk/src/main"))) {
      files = all.filter(file -> file.toString().matches(".*\\.(?:jte|js)")).sorted().toList();
    }
    List<Text> found = new ArrayList<>();
    for (Path file : files) {
      String path = root.relativize(file).toString();
      String content = Files.readString(file);
      found.addAll(path.endsWith(".js") ? script(path, content) : template(path, content));
    }
    return found;
  }

  /// Returns the texts of a template, each of one line.
  static List<Text> template(String path, String content) {
    List<Text> found = new ArrayList<>();
    int number = 0;
    for (String line : content.split("\n", -1)) {
      number++;
      if (CODE_LINE.matcher(line).matches()) {
        continue;
      }
      for (String text : line(line)) {
        found.add(new Text(Kind.PAGE, path + ":" + number, text, false));
      }
    }
    return found;
  }

  private static List<String> line(String line) {
    List<String> found = new ArrayList<>();
    String markup = markup(line, found);
    SHOWN.matcher(markup).results().map(match -> match.group(1)).forEach(found::add);
    String plain = INLINE.matcher(markup).replaceAll("").replaceAll("<[^>]*>", "\n");
    found.addAll(List.of(plain.split("\n", -1)));
    return found.stream()
        .map(text -> text.replaceAll("\\s+", " ").strip())
        .filter(text -> LETTER.matcher(text).find())
        .toList();
  }

  /// Returns a line without directives, and with a number in place of each expression.
  ///
  /// @param literals receives the string literals of expressions
  private static String markup(String line, List<String> literals) {
    StringBuilder markup = new StringBuilder();
    Matcher directive = DIRECTIVE.matcher(line);
    Matcher mark = MARK.matcher(line);
    int at = 0;
    while (at < line.length()) {
      if (line.startsWith("${", at)) {
        int end = end(line, at + 1, '{', '}');
        addLiterals(line.substring(at, end), literals);
        markup.append('1');
        at = end;
      } else if (directive.region(at, line.length()).lookingAt()) {
        at = end(line, directive.end() - 1, '(', ')');
      } else if (mark.region(at, line.length()).lookingAt()) {
        markup.append(' ');
        at = mark.end();
      } else {
        markup.append(line.charAt(at));
        at++;
      }
    }
    return markup.toString();
  }

  private static void addLiterals(String expression, List<String> literals) {
    QUOTED
        .matcher(expression)
        .results()
        .map(match -> match.group(1))
        .filter(text -> text.strip().contains(" "))
        .forEach(literals::add);
  }

  /// Returns the index after the bracket that closes the one at `from`: the end of the line if that
  /// bracket is in another one.
  private static int end(String line, int from, char opening, char closing) {
    int depth = 0;
    boolean quoted = false;
    for (int i = from; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == opening) {
        depth++;
      } else if (!quoted && c == closing) {
        depth--;
        if (depth == 0) {
          return i + 1;
        }
      }
    }
    return line.length();
  }

  /// Returns the string literals with a space of a module. Comments have none.
  static List<Text> script(String path, String content) {
    String code = COMMENT.matcher(content).replaceAll(PageTexts::lines);
    List<Text> found = new ArrayList<>();
    Matcher literal = LITERAL.matcher(code);
    while (literal.find()) {
      String quoted = literal.group();
      String text = quoted.substring(1, quoted.length() - 1).replaceAll("\\$\\{[^}]*\\}", "1");
      if (text.strip().contains(" ")) {
        long line = code.substring(0, literal.start()).chars().filter(c -> c == '\n').count() + 1;
        found.add(new Text(Kind.PAGE, path + ":" + line, text, false));
      }
    }
    return found;
  }

  /// Returns the ends of lines of a comment, so that the numbers of later lines stay.
  private static String lines(MatchResult comment) {
    return comment.group().replaceAll("[^\n]", "");
  }
}
