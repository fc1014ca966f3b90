package lazaret.vetting.policy.file;

import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One mistake in a policy file, or in the `deny.toml` that it names.
///
/// @param file the `deny.toml` as the policy file names it; null for the policy file itself
/// @param line from 1
/// @param column from 1
/// @param text what is wrong and what was expected
public record PolicyMistake(@Nullable String file, int line, int column, String text) {
  /// In the order in which a person reads: the policy file first.
  static final Comparator<PolicyMistake> BY_PLACE =
      Comparator.comparing(PolicyMistake::file, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparingInt(PolicyMistake::line)
          .thenComparingInt(PolicyMistake::column);

  /// The words between the name of a key of another tool and the reason for which it has no meaning
  /// here.
  static final String NOT_TAKEN = " is not taken: ";

  /// A key without a meaning here, a scope that only a workspace has, or a clarification that is
  /// bound to the text of a license file. Without any of them the policy is not weaker.
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "'[^']*'("
              + NOT_TAKEN
              + "| can be all or none here: | of '[^']*' must name one version, ).*",
          Pattern.DOTALL);

  /// Returns whether it is a valid key of another tool that has no meaning for a registry, so that
  /// the rest of the file can be used without it.
  boolean canBeLeftOut() {
    return LEFT_OUT.matcher(text).matches();
  }

  /// Makes a mistake of the policy file itself.
  public PolicyMistake(int line, int column, String text) {
    this(null, line, column, text);
  }

  /// Returns the mistake as one of another file.
  PolicyMistake of(String other) {
    return new PolicyMistake(other, line, column, text);
  }

  /// Returns `FILE:LINE:COLUMN: text`.
  ///
  /// @param policy the path of the policy file
  public String in(String policy) {
    return "%s:%d:%d: %s".formatted(where(policy), line, column, text);
  }

  /// Returns the path of the file with the mistake: what a policy names is meant from its folder.
  ///
  /// @param policy the path of the policy file
  public String where(String policy) {
    if (file == null) {
      return policy;
    }
    return file.startsWith("/") ? file : policy.substring(0, policy.lastIndexOf('/') + 1) + file;
  }
}
