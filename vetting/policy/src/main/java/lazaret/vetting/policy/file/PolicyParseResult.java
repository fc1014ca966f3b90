package lazaret.vetting.policy.file;

import java.util.List;
import lazaret.vetting.policy.Policy;

/// The result of reading a policy file.
public sealed interface PolicyParseResult {
  /// The file is valid.
  ///
  /// @param policy policy of the file over its base
  /// @param examples examples in the file
  record Valid(Policy policy, List<PolicyExample> examples) implements PolicyParseResult {
    /// Copies the list.
    public Valid {
      examples = List.copyOf(examples);
    }
  }

  /// The file has mistakes; no part of it is used.
  ///
  /// @param mistakes all mistakes, in the order of the file; at least one
  record Invalid(List<PolicyMistake> mistakes) implements PolicyParseResult {
    /// Copies the list.
    public Invalid {
      mistakes = List.copyOf(mistakes);
    }
  }
}
