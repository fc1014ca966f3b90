package lazaret.vetting.inspect.literal;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/// Names of programs in texts, as a command of a shell or as a word of a sentence.
public final class ProgramName {
  /// Words before a command that are not a command themselves.
  private static final Set<String> BEFORE =
      Set.of(
          "sudo", "doas", "exec", "env", "nohup", "time", "then", "do", "else", "xargs", "command",
          "eval", "builtin", "-c", "/c", "/k", "start", "setsid", "nice", "!", "{", "if", "while",
          "until", "busybox", "timeout", "&", "&&", "|", "||", ";", "(");

  private ProgramName() {}

  /// Returns whether a name and the space after it have the position of a command.
  ///
  /// @param start the offset of the name
  /// @param end the offset after the space
  public static boolean at(byte[] bytes, int start, int end) {
    String before = new String(bytes, 0, start, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    if (!before.isEmpty() && Character.isLetterOrDigit(before.charAt(before.length() - 1))) {
      return false;
    }
    String next = word(bytes, end);
    if ((next.startsWith("-") && next.length() > 1) || next.contains("://")) {
      return true;
    }
    boolean argument =
        next.isEmpty()
            || next.startsWith("$")
            || next.startsWith("{")
            || next.startsWith("%")
            || next.startsWith("\"")
            || next.startsWith("'")
            || next.startsWith("`")
            || (next.indexOf('.') > 0 && next.indexOf('.') < next.length() - 1)
            || next.indexOf('/') > 0;
    return argument && begins(before);
  }

  /// Returns whether a command may begin after a text.
  private static boolean begins(String before) {
    String line = before.substring(before.lastIndexOf('\n') + 1).stripTrailing();
    if (line.isBlank() || "|&;(`'\"/={".indexOf(line.charAt(line.length() - 1)) >= 0) {
      return true;
    }
    String last = line.substring(line.lastIndexOf(' ') + 1);
    return BEFORE.contains(last) || last.indexOf('=') > 0;
  }

  private static String word(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] == ' ') {
      at++;
    }
    int to = at;
    while (to < bytes.length && bytes[to] > ' ') {
      to++;
    }
    return new String(bytes, at, to - at, StandardCharsets.UTF_8);
  }
}
