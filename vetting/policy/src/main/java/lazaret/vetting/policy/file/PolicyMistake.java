package lazaret.vetting.policy.file;

import java.util.Comparator;
import java.util.regex.Pattern;

/// One mistake in a policy file, or in a `deny.toml` that is converted.
///
/// @param line line, from 1
/// @param column column, from 1
/// @param text the fault and the expected form
public record PolicyMistake(int line, int column, String text) {
  /// The order of the file.
  static final Comparator<PolicyMistake> BY_PLACE =
      Comparator.comparingInt(PolicyMistake::line).thenComparingInt(PolicyMistake::column);

  /// The words between a key of another tool and the reason why it has no effect here.
  static final String NOT_TAKEN = " is not supported: ";

  /// The form of mistakes that can be omitted. They concern keys without an effect here, scopes
  /// that only a workspace has, and clarifications bound to the text of a license file. Omitting
  /// them does not weaken the policy.
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "'[^']*'("
              + NOT_TAKEN
              + "| can be all or none here: | of '[^']*' must name one version, ).*",
          Pattern.DOTALL);

  /// Returns whether it is a valid key of another tool without an effect for a registry. The rest
  /// of the file can be used without it.
  boolean canBeLeftOut() {
    return LEFT_OUT.matcher(text).matches();
  }

  /// Returns `FILE:LINE:COLUMN: text`.
  ///
  /// @param file path of the file
  public String in(String file) {
    return "%s:%d:%d: %s".formatted(file, line, column, text);
  }
}
