package lazaret.vetting.policy.file;

import java.util.List;
import lazaret.vetting.policy.Policy;

/// The result of reading a policy file.
public sealed interface PolicyOutcome {
  /// The file is valid.
  ///
  /// @param policy policy of the file over its base
  /// @param examples examples in the file
  record Right(Policy policy, List<PolicyExample> examples) implements PolicyOutcome {
    /// Copies the list.
    public Right {
      examples = List.copyOf(examples);
    }
  }

  /// The file has mistakes; no part of it is used.
  ///
  /// @param mistakes all mistakes, in the order of the file; at least one
  record Wrong(List<PolicyMistake> mistakes) implements PolicyOutcome {
    /// Copies the list.
    public Wrong {
      mistakes = List.copyOf(mistakes);
    }
  }
}
