package lazaret.vetting.policy.file;

import java.util.Comparator;

/// One mistake in a policy file.
///
/// @param line from 1
/// @param column from 1
/// @param text what is wrong and what was expected
public record PolicyMistake(int line, int column, String text) {
  /// In the order in which a person reads.
  static final Comparator<PolicyMistake> BY_PLACE =
      Comparator.comparingInt(PolicyMistake::line).thenComparingInt(PolicyMistake::column);

  /// Returns `FILE:LINE:COLUMN: text`.
  public String in(String file) {
    return "%s:%d:%d: %s".formatted(file, line, column, text);
  }
}
