package lazaret.vetting.inspect.code;

import java.util.regex.Pattern;
import lazaret.vetting.inspect.code.SourceTokens.Range;

/// The conditions of one source and their blocks.
///
/// @param code the source
public record ConditionBlocks(SourceTokens code) {
  private static final Pattern GIVES_UP =
      Pattern.compile("return|Err|bail|panic|unreachable|break");
  private static final Pattern COMPARES =
      Pattern.compile("eq|eq_ignore_ascii_case|ct_eq|constant_time_eq|verify_slices_are_equal");

  /// Returns whether a block ends its function or loop.
  public boolean givesUp(int block) {
    for (int i = block; i < code.close(block); i++) {
      if (GIVES_UP.matcher(code.word(i)).matches()) {
        return true;
      }
    }
    return false;
  }

  /// Returns the position of the `==` or `!=` of a condition, or -1 if it has none or joins
  /// several.
  public int operator(Range condition, char first) {
    for (int i = condition.from(); i + 1 < condition.to(); i++) {
      if (code.is(i, first) && code.is(i + 1, '=') && !code.is(i - 1, '=')) {
        return i;
      }
      if (code.is(i, '&') && code.is(i + 1, '&')) {
        return -1;
      }
    }
    return -1;
  }

  /// Returns whether a condition calls a function that compares.
  public boolean compares(Range condition) {
    for (int i = condition.from(); i < condition.to(); i++) {
      if (COMPARES.matcher(code.word(i)).matches() && code.is(i + 1, '(')) {
        return true;
      }
    }
    return false;
  }
}
