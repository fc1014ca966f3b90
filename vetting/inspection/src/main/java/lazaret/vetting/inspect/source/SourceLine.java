package lazaret.vetting.inspect.source;

import java.nio.charset.StandardCharsets;
import lazaret.vetting.inspect.rust.RustTokens;

/// The line of a token, in the form for reports.
final class SourceLine {
  private static final int MAX_LINE_BEFORE = 60;

  private SourceLine() {}

  /// Returns the line around a token, shortened on both sides.
  static String of(RustTokens tokens, int token) {
    byte[] source = tokens.source();
    int from = tokens.start(token);
    int earliest = Math.max(0, from - MAX_LINE_BEFORE);
    while (from > earliest && source[from - 1] != '\n') {
      from--;
    }
    int to = tokens.end(token);
    int latest = Math.min(tokens.end(tokens.size() - 1), from + 4 * MAX_LINE_BEFORE);
    while (to < latest && source[to] != '\n') {
      to++;
    }
    int length = Math.max(0, Math.min(to, from + 4 * MAX_LINE_BEFORE) - from);
    return new String(source, from, length, StandardCharsets.UTF_8).strip();
  }
}
