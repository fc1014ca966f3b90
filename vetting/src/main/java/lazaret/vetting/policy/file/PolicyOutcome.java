package lazaret.vetting.policy.file;

import java.util.List;
import lazaret.vetting.policy.Policy;

/// How reading a policy file ended.
public sealed interface PolicyOutcome {
  /// It says what it should.
  ///
  /// @param policy what it says, over the policy that it was read over
  /// @param examples what is kept in it to test it by
  record Right(Policy policy, List<PolicyExample> examples) implements PolicyOutcome {
    /// Copies the list.
    public Right {
      examples = List.copyOf(examples);
    }
  }

  /// It has mistakes, and no part of it counts.
  ///
  /// @param mistakes all of them, in the order of the file; at least one
  record Wrong(List<PolicyMistake> mistakes) implements PolicyOutcome {
    /// Copies the list.
    public Wrong {
      mistakes = List.copyOf(mistakes);
    }
  }
}
