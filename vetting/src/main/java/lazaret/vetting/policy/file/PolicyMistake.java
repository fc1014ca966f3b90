package lazaret.vetting.policy.file;

import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One mistake in a policy file, or in another tool's file that it names.
///
/// @param file path of the other file as in the policy file; null for the policy file itself
/// @param line line, from 1
/// @param column column, from 1
/// @param text the fault and the expected form
public record PolicyMistake(@Nullable String file, int line, int column, String text) {
  /// The reading order: the policy file first.
  static final Comparator<PolicyMistake> BY_PLACE =
      Comparator.comparing(PolicyMistake::file, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparingInt(PolicyMistake::line)
          .thenComparingInt(PolicyMistake::column);

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

  /// Creates a mistake of the policy file itself.
  public PolicyMistake(int line, int column, String text) {
    this(null, line, column, text);
  }

  /// Returns the mistake as one of another file.
  PolicyMistake of(String other) {
    return new PolicyMistake(other, line, column, text);
  }

  /// Returns `FILE:LINE:COLUMN: text`.
  ///
  /// @param policy path of the policy file
  public String in(String policy) {
    return "%s:%d:%d: %s".formatted(where(policy), line, column, text);
  }

  /// Returns the path of the file with the mistake. Paths in a policy are relative to its folder.
  ///
  /// @param policy path of the policy file
  public String where(String policy) {
    if (file == null) {
      return policy;
    }
    return file.startsWith("/") ? file : policy.substring(0, policy.lastIndexOf('/') + 1) + file;
  }
}
