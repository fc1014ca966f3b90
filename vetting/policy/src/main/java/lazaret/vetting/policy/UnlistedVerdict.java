package lazaret.vetting.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of the evaluation of a version that the index does not list. Such a version is never
/// served.
///
/// @param verdict verdict if a rule refuses the version; null otherwise
/// @param reasons all reasons from advisories and decisions, the gravest first; may be empty
public record UnlistedVerdict(@Nullable Verdict verdict, List<Reason> reasons) {
  /// Copies the list.
  public UnlistedVerdict {
    reasons = List.copyOf(reasons);
  }
}
