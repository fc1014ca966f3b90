package lazaret.vetting.policy.file;

import java.util.List;
import lazaret.vetting.policy.Policy;

/// The result of reading a policy file.
public sealed interface PolicyParseResult {
  /// The file is valid.
  ///
  /// @param policy policy of the file over its base
  /// @param examples examples in the file
  /// @param formerNames former names of keys and codes in the file, each with the name of today
  record Valid(Policy policy, List<PolicyExample> examples, List<PolicyMistake> formerNames)
      implements PolicyParseResult {
    /// Copies the lists.
    public Valid {
      examples = List.copyOf(examples);
      formerNames = List.copyOf(formerNames);
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
